package io.pouchtwin.api.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pouchtwin.api.json.Json;
import io.pouchtwin.api.metrics.CellExporter;
import io.pouchtwin.api.metrics.Shard;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/** Health for whoever starts and stops us, metrics for Prometheus. */
public final class SystemHandlers {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final int MOST_SHARDS = 1_000;

    private final PrometheusMeterRegistry registry;
    private final CellExporter exporter;
    private final Readiness readiness;

    /** Answers from a registry of meters, the cells' series and what is known of readiness. */
    public SystemHandlers(PrometheusMeterRegistry registry, CellExporter exporter, Readiness readiness) {
        this.registry = registry;
        this.exporter = exporter;
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
            // what is missing is said to those who may look
            for (Readiness.Check check : Gate.caller(context).isPresent() ? checks : List.<Readiness.Check>of()) {
                json.writeStartObject();
                json.writeStringField("name", check.name());
                json.writeBooleanField("ok", check.ok());
                json.writeStringField("words", check.words());
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }

    /** {@code GET /metrics}: process, pipeline, fleet and the cells that ask most; in the text format or OpenMetrics, as asked. */
    public void metrics(RoutingContext context) {
        Parameters.of(context);
        String type = openMetrics(context) ? OPEN_METRICS : TEXT;
        scrape(context, type, out -> registry.scrape(out, type));
    }

    /** {@code GET /metrics/cells}: every cell, or those of one shard. */
    public void cellMetrics(RoutingContext context) {
        Parameters parameters = Parameters.of(context, "shard", "shards");
        int shards = parameters.wholeNumber("shards", 1, MOST_SHARDS).orElse(1);
        int index = parameters.wholeNumber("shard", 0, MOST_SHARDS - 1).orElse(shards == 1 ? 0 : shards);
        if (index >= shards) {
            throw new Problem(
                    404,
                    "no-such-shard",
                    "There is no such shard",
                    "shard has to be a whole number from 0 to " + (shards - 1) + " where shards is " + shards);
        }
        boolean openMetrics = openMetrics(context);
        Shard shard = new Shard(index, shards);
        scrape(context, openMetrics ? OPEN_METRICS : TEXT, out -> exporter.write(out, shard, openMetrics));
    }

    private static boolean openMetrics(RoutingContext context) {
        String accept = context.request().getHeader("Accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text");
    }

    private interface Scrape {
        void write(OutputStream out) throws IOException;
    }

    /** Writing some thousand series takes longer than an event loop may. */
    private static void scrape(RoutingContext context, String type, Scrape scrape) {
        context.vertx()
                .executeBlocking(
                        () -> {
                            ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
                            scrape.write(out);
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
