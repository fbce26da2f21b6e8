package io.pouchtwin.api.http;

import io.pouchtwin.api.security.AccessConfig;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Which pages of other sites may read the answers: none, unless they are named. They need a key of their own: cookies are not theirs to send. */
public final class Cors {
    private static final String PREFLIGHT_LASTS_S = "600";

    private final List<String> origins;

    /** Those that the configuration names. */
    public Cors(AccessConfig access) {
        this.origins = access.originList();
    }

    /** Puts the headers, answers a browser's question beforehand, goes on. */
    public void handle(RoutingContext context) {
        String origin = context.request().getHeader("Origin");
        HttpServerResponse response = context.response();
        if (origin == null || !origins.contains(origin)) {
            context.next();
            return;
        }
        response.putHeader("Access-Control-Allow-Origin", origin)
                .putHeader("Vary", "Origin")
                .putHeader("Access-Control-Expose-Headers", "ETag, Retry-After")
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin");
        boolean preflight = context.request().method().equals(HttpMethod.OPTIONS)
                && context.request().getHeader("Access-Control-Request-Method") != null;
        if (preflight) {
            response.putHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE")
                    .putHeader(
                            "Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match, Last-Event-ID")
                    .putHeader("Access-Control-Max-Age", PREFLIGHT_LASTS_S)
                    .setStatusCode(204)
                    .end();
        } else {
            context.next();
        }
    }
}
