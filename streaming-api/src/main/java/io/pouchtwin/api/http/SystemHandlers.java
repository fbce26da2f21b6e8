package io.pouchtwin.api.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pouchtwin.api.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;

/** Health for whoever starts and stops us, metrics for Prometheus. */
public final class SystemHandlers {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final Readiness readiness;

    /** Answers from a registry of meters and from what is known of readiness. */
    public SystemHandlers(PrometheusMeterRegistry registry, Readiness readiness) {
        this.registry = registry;
        this.readiness = readiness;
    }

    /** {@code GET /health/live}: that this process answers is all there is to say. */
    public void live(RoutingContext context) {
        Parameters.of(context);
        Responses.json(context, Json.object(json -> json.writeStringField("status", "live")));
    }

    /** {@code GET /health/ready}: 503 with the reasons until everything is there. */
    public void ready(RoutingContext context) {
        Parameters.of(context);
        List<Readiness.Check> checks = readiness.checks();
        boolean ready = checks.stream().allMatch(Readiness.Check::ok);
        context.response().setStatusCode(ready ? 200 : 503);
        Responses.json(context, Json.object(json -> {
            json.writeStringField("status", ready ? "ready" : "not ready");
            json.writeArrayFieldStart("checks");
            for (Readiness.Check check : checks) {
                json.writeStartObject();
                json.writeStringField("name", check.name());
                json.writeBooleanField("ok", check.ok());
                json.writeStringField("words", check.words());
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }

    /** {@code GET /metrics}: in the text format or OpenMetrics, as asked. */
    public void metrics(RoutingContext context) {
        Parameters.of(context);
        String accept = context.request().getHeader("Accept");
        boolean openMetrics =
                accept != null && accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text");
        String type = openMetrics ? OPEN_METRICS : TEXT;
        context.vertx()
                .executeBlocking(
                        () -> {
                            ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
                            registry.scrape(out, type);
                            return Buffer.buffer(out.toByteArray());
                        },
                        false)
                .onSuccess(scraped -> context.response()
                        .putHeader("Content-Type", type)
                        .putHeader("Cache-Control", "no-store")
                        .end(scraped))
                .onFailure(context::fail);
    }
}
