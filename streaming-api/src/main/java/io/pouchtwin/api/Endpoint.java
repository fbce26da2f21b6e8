package io.pouchtwin.api;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * One address of the API.
 *
 * @param method GET (then HEAD too) or POST
 * @param path as OpenAPI writes it, with {@code {name}} for a parameter
 * @param handler answers
 */
record Endpoint(HttpMethod method, String path, Handler<RoutingContext> handler) {

    /** An address to look at. */
    Endpoint(String path, Handler<RoutingContext> handler) {
        this(HttpMethod.GET, path, handler);
    }

    /** The methods that it answers, as HTTP lists them. */
    String allowed() {
        return method.equals(HttpMethod.GET) ? "GET, HEAD" : method.name();
    }

    /** The path as the router writes it. */
    String routerPath() {
        return path.replaceAll("\\{(\\w+)}", ":$1");
    }
}
