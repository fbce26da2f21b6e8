package io.pouchtwin.api.contract;

import io.pouchtwin.api.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON body: how much of it is read, how long that may take, and what it must be. */
public final class RequestBody {
    /** Most bytes of a body. */
    public static final int MOST_BYTES = 8 * 1024;

    private static final String KEY = RequestBody.class.getName();
    private static final long PATIENCE_MS = 10_000;
    private static final int SHOWN_CHARACTERS = 60;

    private final JsonObject schema;
    private final Validator validator;
    private final boolean required;

    RequestBody(JsonObject document, JsonObject description) {
        this.schema = description
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema");
        this.validator = Schemas.validator(document, schema);
        this.required = description.getBoolean("required", false);
    }

    /** The body of a request that was checked. */
    public static JsonObject of(RoutingContext context) {
        JsonObject body = context.get(KEY);
        return body == null ? new JsonObject() : body;
    }

    /** Reads and checks the body of a request; fails with a {@link Problem}. */
    public Future<Void> read(RoutingContext context) {
        requireJson(context.request());
        return bytes(context).map(bytes -> {
            context.put(KEY, checked(bytes));
            return null;
        });
    }

    private static void requireJson(HttpServerRequest request) {
        // a page from elsewhere can send plain text without being asked first, JSON it cannot
        String type = Optional.ofNullable(request.getHeader("Content-Type"))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            throw new Problem(
                    415,
                    "not-json",
                    "The body is not JSON",
                    "Send Content-Type: application/json, not \"" + shown(type) + "\"");
        }
        String length = request.getHeader("Content-Length");
        if (length != null && (!length.matches("[0-9]{1,6}") || Integer.parseInt(length) > MOST_BYTES)) {
            throw tooLong();
        }
    }

    private static Problem tooLong() {
        return new Problem(
                413, "body-too-long", "The body is too long", "The body has more than " + MOST_BYTES + " bytes");
    }

    private static Future<Buffer> bytes(RoutingContext context) {
        HttpServerRequest request = context.request();
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        long timer = context.vertx()
                .setTimer(
                        PATIENCE_MS,
                        id -> whole.tryFail(new Problem(
                                408,
                                "too-slow",
                                "The body did not come",
                                "The body has to come within " + PATIENCE_MS / 1000 + " s")));
        request.handler(piece -> {
            if (body.length() + piece.length() > MOST_BYTES) {
                whole.tryFail(tooLong());
            } else {
                body.appendBuffer(piece);
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(v -> whole.tryComplete(body));
        request.resume();
        return whole.future().onComplete(done -> context.vertx().cancelTimer(timer));
    }

    private JsonObject checked(Buffer bytes) {
        if (bytes.length() == 0 && !required) {
            return new JsonObject();
        }
        JsonObject said;
        try {
            said = bytes.toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            throw new Problem(400, "not-json", "The body is not JSON", "The body is no JSON object");
        }
        OutputUnit result = validator.validate(said);
        if (!result.getValid()) {
            throw wrong(said, result);
        }
        return said;
    }

    /** Names the field that does not fit. */
    private Problem wrong(JsonObject said, OutputUnit result) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (String name : said.fieldNames()) {
            if (!properties.containsKey(name)) {
                return Problem.badParameter(
                        name,
                        shown(said.getValue(name)),
                        "one of " + String.join(", ", properties.fieldNames()) + " only");
            }
        }
        List<OutputUnit> errors = result.getErrors() == null ? List.of() : result.getErrors();
        OutputUnit deepest = errors.isEmpty() ? result : errors.get(errors.size() - 1);
        String location = Optional.ofNullable(deepest.getInstanceLocation()).orElse("#");
        String field = location.replaceFirst("^#?/?", "").replace('/', '.');
        for (Object needed : schema.getJsonArray("required", new io.vertx.core.json.JsonArray())) {
            if (!said.containsKey((String) needed)) {
                field = (String) needed;
            }
        }
        Object value = field.isEmpty() ? said : said.getValue(field.replaceFirst("\\..*", ""));
        JsonObject description = properties.getJsonObject(field, new JsonObject());
        String expected = description.getString(
                "x-expected", description.getString("description", String.valueOf(deepest.getError())));
        return Problem.badParameter(field.isEmpty() ? "body" : field, shown(value), expected);
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
    }
}
