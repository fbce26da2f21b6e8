package io.pouchtwin.twin.alerting;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pouchtwin.twin.webhook.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who is told, and who is sometimes out of order. */
final class Receiver implements AutoCloseable {
    static final String SECRET = "a secret of more than 24 bytes";

    final List<String> accepted = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final List<String> badSignatures = new CopyOnWriteArrayList<>();
    final AtomicInteger refused = new AtomicInteger();
    volatile boolean outOfOrder;
    private HttpServer server;

    Receiver() {
        server = listen(0);
    }

    private HttpServer listen(int port) {
        try {
            HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            listening.createContext("/hook", this::answer);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing listens any more: who knocks is refused. */
    void goAway() {
        server.stop(0);
    }

    /** On the same port as before. */
    void comeBack() {
        server = listen(server.getAddress().getPort());
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (outOfOrder) {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            long sent = Long.parseLong(exchange.getRequestHeaders().getFirst("webhook-timestamp"));
            if (!Signature.of(SECRET, id, sent, body)
                    .equals(exchange.getRequestHeaders().getFirst("webhook-signature"))) {
                badSignatures.add(id);
            }
            accepted.add(id);
            bodies.add(body);
            exchange.sendResponseHeaders(204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
