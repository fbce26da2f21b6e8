package io.pouchtwin.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.api.contract.Contract;
import io.pouchtwin.api.contract.Operation;
import io.pouchtwin.api.http.Cors;
import io.pouchtwin.api.http.Gate;
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
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts addresses, the door, the contract and error answers together. */
final class ApiRouter {
    private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);
    private static final long PATIENCE_MS = 30_000;

    private final Router router;
    private final MeterRegistry meters;
    private final SecurityHeaders headers;
    private final Cors cors;
    private final Gate gate;

    ApiRouter(Vertx vertx, MeterRegistry meters, SecurityHeaders headers, Cors cors, Gate gate) {
        this.router = Router.router(vertx);
        this.meters = meters;
        this.headers = headers;
        this.cors = cors;
        this.gate = gate;
    }

    Router build(List<Endpoint> endpoints, Contract contract, PageFiles page) {
        router.route().handler(this::count);
        router.route().handler(context -> guard(context, () -> headers.handle(context)));
        router.route().handler(cors::handle);
        for (Endpoint endpoint : endpoints) {
            Operation operation = contract.operation(endpoint.method(), endpoint.path());
            Route route = router.route(endpoint.routerPath())
                    .method(endpoint.method())
                    .setName(endpoint.path())
                    .handler(context -> guard(
                            context,
                            () -> gate.enter(context, operation, () -> enforce(context, operation, endpoint))));
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

    /** What does not fit the contract does not reach a handler. */
    private static void enforce(RoutingContext context, Operation operation, Endpoint endpoint) {
        if (!operation.endless()) {
            limitTime(context);
        }
        operation.checkParameters(context);
        if (operation.body().isEmpty()) {
            endpoint.handler().handle(context);
            return;
        }
        operation
                .body()
                .get()
                .read(context)
                .onSuccess(read -> guard(context, () -> endpoint.handler().handle(context)))
                .onFailure(failure -> {
                    if (failure instanceof Problem problem) {
                        write(context, problem);
                    } else {
                        context.fail(failure);
                    }
                });
    }

    private static void limitTime(RoutingContext context) {
        Problem tooSlow = new Problem(
                503, "too-slow", "It took too long", "No answer within " + PATIENCE_MS / 1000 + " s; try again later");
        long timer = context.vertx().setTimer(PATIENCE_MS, id -> write(context, tooSlow));
        context.addEndHandler(done -> context.vertx().cancelTimer(timer));
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
                .collect(Collectors.joining(", "));
        allowed = allowed.isEmpty() ? "GET, HEAD" : allowed;
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
