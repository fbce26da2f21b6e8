package io.pouchtwin.api;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.pouchtwin.api.http.Credential;
import io.pouchtwin.api.http.Problem;
import io.pouchtwin.api.http.SecurityHeaders;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How much a connection may send and how long it may take about it, so that nobody holds the server up by being large, slow or many. Belongs to the server's thread. */
final class Connections {
    /** The request line, which holds the address: a thousand cells by name. */
    static final int MOST_LINE_BYTES = 64 * 1024;

    static final int MOST_HEADER_BYTES = 16 * 1024;
    private static final int MOST_WEB_SOCKET_BYTES = 256 * 1024;
    private static final int PER_STREAM = 4;
    private static final int FEWEST = 200;
    private static final long FIRST_REQUEST_MS = 10_000;
    private static final int IDLE_HEARTBEATS = 3;
    private static final int LEAST_IDLE_S = 60;

    private final Vertx vertx;
    private final ApiConfig config;
    private final int most;
    private final Set<HttpConnection> silent = new HashSet<>();
    private int open;

    Connections(Vertx vertx, ApiConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.most = Math.max(FEWEST, config.maxSubscribers() * PER_STREAM);
    }

    HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(config.host().replaceAll("[\\[\\]]", ""))
                .setPort(config.port())
                .setMaxInitialLineLength(MOST_LINE_BYTES)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                // in HTTP/2 the address is one of the headers
                .setInitialSettings(new Http2Settings().setMaxHeaderListSize(MOST_LINE_BYTES + MOST_HEADER_BYTES))
                .setMaxWebSocketFrameSize(MOST_WEB_SOCKET_BYTES)
                .setMaxWebSocketMessageSize(MOST_WEB_SOCKET_BYTES)
                .setWebSocketSubProtocols(List.of(Credential.SUBPROTOCOL))
                // a stream is never idle: it has a heartbeat
                .setIdleTimeout((int) Math.max(LEAST_IDLE_S, IDLE_HEARTBEATS * config.heartbeatS()))
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return config.tls().applyTo(options);
    }

    /** A connection; it is closed if it is one too many, or does not ask for anything soon. */
    void opened(HttpConnection connection) {
        if (open >= most) {
            var unused = connection.close();
            return;
        }
        open++;
        silent.add(connection);
        long timer = vertx.setTimer(FIRST_REQUEST_MS, id -> {
            if (silent.remove(connection)) {
                var unused = connection.close();
            }
        });
        connection.closeHandler(closed -> {
            open--;
            silent.remove(connection);
            vertx.cancelTimer(timer);
        });
    }

    /** A whole request line and header have come. */
    void asked(HttpServerRequest request) {
        silent.remove(request.connection());
    }

    /** A request that could not be read. */
    void unreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Problem problem = cause instanceof TooLongHttpLineException
                ? new Problem(
                        414, "address-too-long", "The address is too long", "At most " + MOST_LINE_BYTES + " bytes")
                : cause instanceof TooLongHttpHeaderException
                        ? new Problem(
                                431,
                                "headers-too-long",
                                "The headers are too long",
                                "At most " + MOST_HEADER_BYTES + " bytes")
                        : new Problem(
                                400, "bad-request", "The request is not right", "It cannot be understood as HTTP");
        SecurityHeaders.put(request.response());
        request.response().putHeader("Connection", "close").endHandler(done -> {
            var unused = request.connection().close();
        });
        problem.write(request.response(), "");
    }
}
