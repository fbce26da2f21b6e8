package io.pouchtwin.api.http;

import io.pouchtwin.api.json.Json;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * What went wrong with a request, as RFC 9457 problem details; thrown by handlers, written by the router.
 *
 * <p>{@code code} is stable and for programs, {@code detail} is for people and says what to do.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String title;
    private final String detail;

    /** A problem. */
    public Problem(int status, String code, String title, String detail) {
        super(code + ": " + detail, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
        this.detail = detail;
    }

    /** 400: a parameter that cannot be. */
    public static Problem badParameter(String name, String value, String expected) {
        return new Problem(
                400, "bad-parameter", "A parameter is not right", name + " is \"" + value + "\", expected " + expected);
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
    void answer(RoutingContext context) {
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
                }));
    }
}
