package io.pouchtwin.api.contract;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The server's own OpenAPI 3.1 document. An address that it does not describe cannot be served: the server does not start.
 *
 * <p>Vert.x's own contract reader (vertx-openapi) is not used: it refuses documents with event streams and Parquet among the answers, lets unknown query parameters pass, and
 * does not say what it expected. Its JSON Schema validator (draft 2020-12, which OpenAPI 3.1 uses) does the checking here too.
 */
public final class Contract {
    private final JsonObject document;

    /** The law that a document lays down. */
    public Contract(JsonObject document) {
        this.document = document;
    }

    /** What is said of one method of one path. */
    public Operation operation(HttpMethod method, String path) {
        JsonObject item = document.getJsonObject("paths").getJsonObject(path, new JsonObject());
        JsonObject operation = item.getJsonObject(method.name().toLowerCase(Locale.ROOT));
        if (operation == null) {
            throw new IllegalStateException("openapi.json says nothing of " + method + " " + path);
        }
        List<Parameter> parameters = new ArrayList<>();
        for (Object parameter : operation.getJsonArray("parameters", new JsonArray())) {
            parameters.add(new Parameter(resolved((JsonObject) parameter)));
        }
        return new Operation(document, operation, List.copyOf(parameters));
    }

    private JsonObject resolved(JsonObject object) {
        String reference = object.getString("$ref");
        if (reference == null) {
            return object;
        }
        JsonObject at = document;
        for (String step : reference.substring(2).split("/", -1)) {
            at = at.getJsonObject(step);
        }
        return at;
    }
}
