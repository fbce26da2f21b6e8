package io.pouchtwin.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.api.http.PageFiles;
import io.pouchtwin.api.http.Problem;
import io.pouchtwin.api.http.SecurityHeaders;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts addresses, security headers and error answers together. */
final class ApiRouter {
    private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);

    private final Router router;
    private final MeterRegistry meters;

    ApiRouter(Vertx vertx, MeterRegistry meters) {
        this.router = Router.router(vertx);
        this.meters = meters;
    }

    Router build(List<Endpoint> endpoints, PageFiles page) {
        router.route().handler(this::count);
        router.route().handler(ApiRouter::guarded);
        for (Endpoint endpoint : endpoints) {
            Route route = router.route(endpoint.routerPath())
                    .method(endpoint.method())
                    .setName(endpoint.path())
                    .handler(context -> guard(context, () -> endpoint.handler().handle(context)));
            if (endpoint.method().equals(HttpMethod.GET)) {
                route.method(HttpMethod.HEAD);
            }
        }
        for (String path : page.paths()) {
            router.route(path)
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .setName("page")
                    .handler(context -> guard(context, () -> page.serve(path, context)));
        }
        router.errorHandler(
                404,
                context -> write(
                        context,
                        new Problem(
                                404, "not-found", "Nothing is here", "There is no such address; see /openapi.json")));
        router.errorHandler(405, context -> methodNotAllowed(context, endpoints));
        router.errorHandler(
                400,
                context -> write(
                        context,
                        new Problem(
                                400, "bad-request", "The request is not right", "The request cannot be understood")));
        router.errorHandler(500, ApiRouter::unexpected);
        return router;
    }

    private static void guarded(RoutingContext context) {
        guard(context, () -> SecurityHeaders.handle(context));
    }

    private static void guard(RoutingContext context, Runnable work) {
        try {
            work.run();
        } catch (Problem problem) {
            write(context, problem);
        }
    }

    private static void methodNotAllowed(RoutingContext context, List<Endpoint> endpoints) {
        String allowed = endpoints.stream()
                .filter(endpoint -> context.request()
                        .path()
                        .matches(endpoint.path().replaceAll("\\{\\w+}", "[^/]+").replace(".", "\\.")))
                .map(Endpoint::allowed)
                .findFirst()
                .orElse("GET, HEAD");
        context.response().putHeader("Allow", allowed);
        write(
                context,
                new Problem(
                        405,
                        "method-not-allowed",
                        "Not this method",
                        context.request().method() + " is not answered here, but " + allowed));
    }

    private static void unexpected(RoutingContext context) {
        LOG.error("{} {} failed", context.request().method(), context.request().path(), context.failure());
        write(
                context,
                new Problem(
                        500,
                        "internal",
                        "The server failed",
                        "This is a fault of the server; its log has the details"));
    }

    private static void write(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (!response.headWritten() && !response.ended()) {
            SecurityHeaders.put(response);
            problem.write(response, context.request().path());
        }
    }

    private void count(RoutingContext context) {
        context.addEndHandler(done -> {
            String route =
                    context.currentRoute() == null || context.currentRoute().getName() == null
                            ? "none"
                            : context.currentRoute().getName();
            Counter.builder("pouchtwin.api.requests")
                    .description("requests answered")
                    .tag("route", route)
                    .tag("status", Integer.toString(context.response().getStatusCode()))
                    .register(meters)
                    .increment();
        });
        context.next();
    }
}
