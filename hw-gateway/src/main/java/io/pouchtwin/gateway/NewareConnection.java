package io.pouchtwin.gateway;

import io.pouchtwin.gateway.neware.FrameException;
import io.pouchtwin.gateway.neware.FrameSplitter;
import io.pouchtwin.gateway.neware.NewareRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection to a Neware tester: one request in flight, each with a time limit. After any failure the connection is closed, since a
 * late reply could be taken for the answer to the next question. Owned by one event loop.
 */
final class NewareConnection {
    private final Vertx vertx;
    private final NetSocket socket;
    private final long timeoutMs;
    private final FrameSplitter splitter;
    private @Nullable Promise<byte[]> waiting;
    private @Nullable Throwable failure;

    /** A reply did not come in time. */
    static final class ReplyTimeout extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient byte[] soFar;

        ReplyTimeout(String command, long timeoutMs, byte[] soFar) {
            super("no reply to " + command + " within " + timeoutMs + " ms, " + soFar.length + " bytes came");
            this.soFar = soFar;
        }

        /** The bytes that came without becoming a reply. */
        byte[] soFar() {
            return soFar.clone();
        }
    }

    private NewareConnection(Vertx vertx, NetSocket socket, TesterConfig config) {
        this.vertx = vertx;
        this.socket = socket;
        this.timeoutMs = config.timeouts().reply().toMillis();
        this.splitter = new FrameSplitter(config.polling().largestReplyBytes());
        socket.handler(this::received);
        socket.exceptionHandler(this::fail);
        socket.closeHandler(v -> closedByPeer());
    }

    static Future<NewareConnection> open(Vertx vertx, NetClient client, TesterConfig config) {
        return client.connect(config.port(), config.host()).map(socket -> new NewareConnection(vertx, socket, config));
    }

    /** Sends a request and waits for the whole reply. */
    Future<byte[]> request(NewareRequest request) {
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        if (waiting != null) {
            return Future.failedFuture(new IllegalStateException("a request is in flight already"));
        }
        Promise<byte[]> reply = Promise.promise();
        waiting = reply;
        long timer = vertx.setTimer(timeoutMs, id -> {
            if (waiting == reply) {
                fail(new ReplyTimeout(request.command(), timeoutMs, splitter.pendingBytes()));
            }
        });
        var unused = socket.write(Buffer.buffer(request.toBytes())).onFailure(this::fail);
        return reply.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    /** Closes; a waiting request fails. */
    void close() {
        fail(new IOException("closed by the gateway"));
    }

    private void received(Buffer bytes) {
        try {
            for (byte[] frame : splitter.feed(bytes.getBytes())) {
                Promise<byte[]> asked = waiting;
                if (asked == null) {
                    fail(new IOException("the tester sent a reply that was not asked for"));
                    return;
                }
                waiting = null;
                asked.complete(frame);
            }
        } catch (FrameException e) {
            fail(e);
        }
    }

    private void closedByPeer() {
        try {
            splitter.end();
            fail(new IOException("the tester closed the connection"));
        } catch (FrameException e) {
            fail(e);
        }
    }

    private void fail(Throwable cause) {
        if (failure != null) {
            return;
        }
        failure = cause;
        Promise<byte[]> asked = waiting;
        waiting = null;
        var unused = socket.close();
        if (asked != null) {
            asked.fail(cause);
        }
    }
}
