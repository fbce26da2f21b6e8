package io.pouchtwin.app.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pouchtwin.twin.webhook.WebhookConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody who is told by webhook, on a port of this machine: counts how long after the gateway's time stamp of the sample that raised it an alert has arrived. Alerts of samples that did not leave the voltage window on purpose are answered and not
 * counted.
 */
final class AlertReceiver implements AutoCloseable {
    private static final String PATH = "/hook";
    private static final int NO_CONTENT = 204;

    private final ObjectMapper json = new ObjectMapper();
    private final LatencyTally tally = new LatencyTally();
    private final AtomicInteger unexpected = new AtomicInteger();
    private final Fleet fleet;
    private final HttpServer server;

    AlertReceiver(Fleet fleet) throws IOException {
        this.fleet = fleet;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(PATH, this::answer);
        server.start();
    }

    WebhookConfig webhook() {
        return WebhookConfig.of(
                "bench",
                "http://127.0.0.1:" + server.getAddress().getPort() + PATH,
                "known to this process and to nobody else");
    }

    LatencyTally tally() {
        return tally;
    }

    /** Messages of other alerts, of which the measurement knows no sample. */
    int unexpected() {
        return unexpected.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode message = json.readTree(exchange.getRequestBody());
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            JsonNode alert = message.path("data");
            String cell = alert.path("cell").asText();
            long sequence = alert.path("updated").path("sequence").asLong();
            boolean raised = "alert.raised".equals(message.path("type").asText());
            OptionalLong received =
                    raised && "limit-ahead".equals(alert.path("rule").asText())
                            ? fleet.receivedUnixUs(cell, sequence)
                            : OptionalLong.empty();
            if (received.isPresent()) {
                tally.add(now - received.getAsLong());
            } else {
                unexpected.incrementAndGet();
            }
            exchange.sendResponseHeaders(NO_CONTENT, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
