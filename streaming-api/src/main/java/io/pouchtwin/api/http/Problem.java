package io.pouchtwin.api.http;

import io.pouchtwin.api.json.Json;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request, as RFC 9457 problem details; thrown by handlers, written by the router.
 *
 * <p>{@code code} is stable and for programs, {@code detail} is for people and says what to do.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Pattern FIELD_VALUE_EXPECTED = Pattern.compile("([a-z_]+): (\\S+), expected (.+)");

    private final int status;
    private final String code;
    private final String title;
    private final String detail;
    private final @Nullable String field;
    private final String value;
    private final String expected;

    /** A problem. */
    public Problem(int status, String code, String title, String detail) {
        this(status, code, title, detail, null, "", "");
    }

    private Problem(
            int status,
            String code,
            String title,
            String detail,
            @Nullable String field,
            String value,
            String expected) {
        super(code + ": " + detail, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
        this.detail = detail;
        this.field = field;
        this.value = value;
        this.expected = expected;
    }

    /** 400: a parameter that cannot be. */
    public static Problem badParameter(String name, String value, String expected) {
        return ofField(400, "bad-parameter", "A parameter is not right", name, value, '"' + value + '"', expected);
    }

    /** Names the field, what it holds, how a sentence shows that, and what was expected. */
    private static Problem ofField(
            int status, String code, String title, String field, String value, String shown, String expected) {
        return new Problem(
                status, code, title, field + " is " + shown + ", expected " + expected, field, value, expected);
    }

    /** 422: a programme that cannot be run; what the forecaster says of it names the field where one is to blame: {@code field: value, expected ...}. */
    public static Problem impossibleProgramme(String said) {
        Matcher parts = FIELD_VALUE_EXPECTED.matcher(said);
        boolean named = parts.matches();
        return new Problem(
                422,
                "programme-not-possible",
                "This programme cannot be run",
                said,
                named ? parts.group(1) : null,
                named ? parts.group(2) : "",
                named ? parts.group(3) : "");
    }

    /** 422: parameters that are right one by one and make no sense together; no schema can say that. */
    public static Problem contradiction(String field, String value, String expected) {
        return ofField(422, "contradiction", "The parameters contradict each other", field, value, value, expected);
    }

    /** 400: a parameter that there is not. */
    public static Problem unknownParameter(String name, Set<String> known) {
        String expected = known.isEmpty() ? "no parameters" : "one of " + String.join(", ", known);
        return new Problem(
                400,
                "unknown-parameter",
                "There is no such parameter",
                "The parameter \"" + name + "\" is not known here, expected " + expected,
                name,
                "",
                expected);
    }

    /** 404: a cell of which nothing is known. */
    public static Problem unknownCell(String cell) {
        return new Problem(
                404,
                "unknown-cell",
                "No such cell",
                "Nothing is known of a cell \"" + cell + "\"; /api/v1/cells lists the known ones");
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Stable name. */
    public String code() {
        return code;
    }

    /** What is wrong and what to do. */
    public String detail() {
        return detail;
    }

    /** Answers a request with this problem, where a handler finds it later than it returns; on any thread. */
    public void answer(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (!response.headWritten() && !response.ended()) {
            write(response, context.request().path());
        }
    }

    /** Ends a response with this problem. */
    public void write(HttpServerResponse response, String path) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store")
                .end(Json.object(json -> {
                    json.writeStringField("type", "urn:pouchtwin:problem:" + code);
                    json.writeStringField("title", title);
                    json.writeNumberField("status", status);
                    json.writeStringField("code", code);
                    json.writeStringField("detail", detail);
                    json.writeStringField("instance", path);
                    if (field != null) {
                        json.writeStringField("field", field);
                        json.writeStringField("value", value);
                        json.writeStringField("expected", expected);
                    }
                }));
    }
}
