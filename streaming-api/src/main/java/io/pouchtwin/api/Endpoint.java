package io.pouchtwin.api;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * One address of the API. All answer GET (and HEAD).
 *
 * @param path as OpenAPI writes it, with {@code {name}} for a parameter
 * @param handler answers
 */
record Endpoint(String path, Handler<RoutingContext> handler) {

    /** The path as the router writes it. */
    String routerPath() {
        return path.replaceAll("\\{(\\w+)}", ":$1");
    }
}
