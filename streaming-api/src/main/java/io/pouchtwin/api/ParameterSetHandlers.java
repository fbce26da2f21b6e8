package io.pouchtwin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pouchtwin.api.http.Parameters;
import io.pouchtwin.api.http.Problem;
import io.pouchtwin.api.http.Responses;
import io.pouchtwin.api.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameter sets that twins may run on. They do not change while the program runs. */
final class ParameterSetHandlers {
    private final Buffer list;
    private final Map<String, Buffer> sets = new LinkedHashMap<>();

    ParameterSetHandlers(List<ParameterSetView> views) {
        this.list = Json.object(json -> {
            json.writeNumberField("total", views.size());
            json.writeArrayFieldStart("parameter_sets");
            for (ParameterSetView view : views) {
                json.writeStartObject();
                writeHead(json, view);
                json.writeNumberField("values", view.values().size());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        views.forEach(view -> sets.put(view.design(), Json.object(json -> write(json, view))));
    }

    /** {@code GET /api/v1/parameter-sets}. */
    void list(RoutingContext context) {
        Parameters.of(context);
        answer(context, list);
    }

    /** {@code GET /api/v1/parameter-sets/{design}}. */
    void show(RoutingContext context) {
        Parameters.of(context);
        String design = context.pathParam("design");
        Buffer set = sets.get(design);
        if (set == null) {
            throw new Problem(
                    404,
                    "unknown-parameter-set",
                    "No such parameter set",
                    "There is no parameter set \"" + design + "\"; /api/v1/parameter-sets lists them");
        }
        answer(context, set);
    }

    private static void answer(RoutingContext context, Buffer body) {
        Responses.unlessKnown(context, body);
    }

    private static void writeHead(JsonGenerator json, ParameterSetView view) throws IOException {
        json.writeStringField("design", view.design());
        json.writeStringField("kind", view.kind());
        json.writeStringField("title", view.title());
        json.writeStringField("note", view.note());
    }

    private static void write(JsonGenerator json, ParameterSetView view) throws IOException {
        writeHead(json, view);
        json.writeArrayFieldStart("values");
        for (ParameterSetView.Value value : view.values()) {
            json.writeStartObject();
            json.writeStringField("key", value.key());
            if (value.law().isEmpty()) {
                json.writeNumberField("value", value.value());
                json.writeNullField("law");
            } else {
                json.writeNullField("value");
                json.writeStringField("law", value.law());
            }
            json.writeStringField("unit", value.unit());
            json.writeObjectFieldStart("spread");
            json.writeStringField("law", value.spread());
            json.writeNumberField("sigma", value.sigma());
            json.writeEndObject();
            json.writeStringField("status", value.status());
            json.writeStringField("source", value.source());
            json.writeStringField("note", value.note());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
