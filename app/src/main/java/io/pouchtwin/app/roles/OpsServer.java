package io.pouchtwin.app.roles;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pouchtwin.api.ApiConfig;
import io.pouchtwin.api.security.KeyFile;
import io.pouchtwin.app.config.OpsConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Metrics and health of a role that runs alone: {@code /metrics}, {@code /health/live}, {@code /health/ready}.
 *
 * <p>Ready means that every named check says the empty text; anything else is the reason why it is not.
 */
public final class OpsServer {

    private static final int OK = 200;
    private static final int UNKNOWN = 401;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private static final long KEY_FILE_MS = 10_000;
    private static final String BEARER = "Bearer ";

    private final HttpServer server;

    private OpsServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts serving.
     *
     * @param api whose certificate and keys hold here too where others can reach this
     * @param checks name to a supplier of the reason why that part is not ready, empty if it is
     */
    public static Future<OpsServer> start(
            OpsConfig config,
            ApiConfig api,
            Vertx vertx,
            PrometheusMeterRegistry meters,
            Map<String, Supplier<String>> checks) {
        Optional<KeyFile> keys = api.access().keysFile().isEmpty()
                ? Optional.empty()
                : Optional.of(new KeyFile(Path.of(api.access().keysFile())));
        keys.ifPresent(file -> vertx.setPeriodic(
                KEY_FILE_MS,
                id -> vertx.executeBlocking(() -> {
                    file.refresh();
                    return null;
                })));
        HttpServer server = vertx.createHttpServer(api.tls().applyTo(new HttpServerOptions()))
                .requestHandler(request -> {
                    if (allowed(request, keys)) {
                        answer(request, vertx, meters, new TreeMap<>(checks));
                    } else {
                        request.response().putHeader("WWW-Authenticate", "Bearer realm=\"pouchtwin\"");
                        reply(request, UNKNOWN, "{\"status\":\"not known\"}");
                    }
                });
        return server.listen(config.port(), config.host())
                .map(OpsServer::new)
                .recover(failure -> Future.failedFuture(new IllegalStateException("port " + config.port() + " on "
                        + config.host() + " cannot be listened on (" + failure.getMessage()
                        + "); stop what uses it, or choose another with --set ops.port=PORT")));
    }

    /** The port that is listened on. */
    public int port() {
        return server.actualPort();
    }

    /** Stops serving. */
    public Future<Void> close() {
        return server.close();
    }

    private static boolean allowed(HttpServerRequest request, Optional<KeyFile> keys) {
        String header = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
        return request.path().equals("/health/live")
                || keys.map(file -> header.startsWith(BEARER)
                                && file.keys()
                                        .find(header.substring(BEARER.length()).strip())
                                        .isPresent())
                        .orElse(true);
    }

    private static void answer(
            HttpServerRequest request,
            Vertx vertx,
            PrometheusMeterRegistry meters,
            Map<String, Supplier<String>> checks) {
        switch (request.path()) {
            case "/metrics" -> scrape(request, vertx, meters);
            case "/health/live" -> reply(request, OK, "{\"status\":\"live\"}");
            case "/health/ready" -> ready(request, checks);
            default -> reply(request, NOT_FOUND, "{\"status\":\"not found\"}");
        }
    }

    private static void scrape(HttpServerRequest request, Vertx vertx, PrometheusMeterRegistry meters) {
        String type = Objects.requireNonNullElse(request.getHeader("Accept"), "text/plain");
        String served = type.contains("openmetrics")
                ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                : "text/plain; version=0.0.4; charset=utf-8";
        var unused = vertx.executeBlocking(() -> meters.scrape(served), false)
                .onSuccess(text ->
                        request.response().putHeader("Content-Type", served).end(text))
                .onFailure(failure -> reply(request, UNAVAILABLE, "{\"status\":\"metrics failed\"}"));
    }

    private static void ready(HttpServerRequest request, Map<String, Supplier<String>> checks) {
        String reasons = checks.entrySet().stream()
                .map(check -> Map.entry(check.getKey(), check.getValue().get()))
                .filter(check -> !check.getValue().isEmpty())
                .map(check -> quoted(check.getKey() + ": " + check.getValue()))
                .collect(Collectors.joining(","));
        reply(
                request,
                reasons.isEmpty() ? OK : UNAVAILABLE,
                "{\"status\":\"" + (reasons.isEmpty() ? "ready" : "not ready") + "\",\"reasons\":[" + reasons + "]}");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
    }

    private static void reply(HttpServerRequest request, int status, String json) {
        var unused = request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(json);
    }
}
