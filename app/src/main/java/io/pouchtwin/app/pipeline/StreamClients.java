package io.pouchtwin.app.pipeline;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.parsetools.RecordParser;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Subscribers over real connections, on a Vert.x of their own. */
final class StreamClients implements AutoCloseable {
    private static final String RECEIVED = "\"received_time\":\"";
    private static final int MOST_CONNECTIONS = 2_000;
    private static final int LARGEST_MESSAGE_BYTES = 1 << 20;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http;
    private final WebSocketClient webSockets;
    private final LatencyTally tally;
    private final AtomicLong conflated = new AtomicLong();
    private final AtomicLong slowlyRead = new AtomicLong();

    StreamClients(int port, LatencyTally tally) {
        this.tally = tally;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        this.webSockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(port)
                .setMaxConnections(MOST_CONNECTIONS)
                .setMaxMessageSize(LARGEST_MESSAGE_BYTES));
    }

    /** A reader of server-sent events; no cells: of all cells. */
    void sse(List<String> cells) throws Exception {
        String path = cells.isEmpty() ? "/api/v1/stream" : "/api/v1/stream?cells=" + String.join(",", cells);
        http.request(HttpMethod.GET, path)
                .compose(HttpClientRequest::send)
                .map(this::read)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private HttpClientResponse read(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the stream answers " + response.statusCode());
        }
        RecordParser events = RecordParser.newDelimited("\n\n", this::take);
        return response.handler(events);
    }

    /** A reader of a WebSocket; no cells: of all cells. */
    void webSocket(List<String> cells) throws Exception {
        webSockets
                .connect(new WebSocketConnectOptions().setURI("/api/v1/ws"))
                .onSuccess(socket -> {
                    socket.textMessageHandler(text -> take(Buffer.buffer(text)));
                    var unused = socket.writeTextMessage(subscription(cells));
                })
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    /** A reader of all cells that reads one frame a second and is not counted. */
    void slow() throws Exception {
        webSockets
                .connect(new WebSocketConnectOptions().setURI("/api/v1/ws"))
                .onSuccess(socket -> {
                    var unused = socket.writeTextMessage(subscription(List.of()));
                    socket.handler(frame -> slowlyRead.incrementAndGet());
                    socket.pause();
                    long timer = vertx.setPeriodic(1000, tick -> socket.fetch(1));
                    socket.closeHandler(closed -> vertx.cancelTimer(timer));
                })
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private static String subscription(List<String> cells) {
        String which = cells.isEmpty()
                ? "\"all\""
                : cells.stream().map(cell -> '"' + cell + '"').collect(Collectors.joining(",", "[", "]"));
        return "{\"type\":\"subscribe\",\"cells\":" + which + "}";
    }

    private void take(Buffer event) {
        String text = event.toString();
        int at = text.indexOf(RECEIVED);
        if (at >= 0) {
            int from = at + RECEIVED.length();
            Instant received = Instant.parse(text.substring(from, text.indexOf('"', from)));
            tally.add(ChronoUnit.MICROS.between(received, Instant.now()));
        } else if (text.contains("conflated")) {
            conflated.incrementAndGet();
        }
    }

    /** How often a counted reader was told that states were left out. */
    long conflated() {
        return conflated.get();
    }

    /** How many frames the slow reader has read. */
    long slowlyRead() {
        return slowlyRead.get();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
