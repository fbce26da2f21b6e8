package io.pouchtwin.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A file that is sent while it is read, on a thread that may wait: never more of it in memory than the client is about to take. */
final class ExportAnswer {
    private static final int PIECE_BYTES = 64 * 1024;
    private static final long PATIENCE_S = 60;

    private final RoutingContext context;
    private final HttpServerResponse response;
    private final String type;
    private final String fileName;

    ExportAnswer(RoutingContext context, String type, String fileName) {
        this.context = context;
        this.response = context.response();
        this.type = type;
        this.fileName = fileName;
    }

    /** Says what it would send. */
    void head() {
        headers();
        var unused = response.end();
    }

    /** Sends all that can be read. */
    void send(InputStream rows) throws IOException, InterruptedException {
        headers();
        response.setChunked(true);
        Semaphore room = new Semaphore(0);
        response.drainHandler(drained -> room.release());
        response.closeHandler(closed -> room.release());
        byte[] piece = new byte[PIECE_BYTES];
        for (int length = rows.read(piece); length >= 0; length = rows.read(piece)) {
            if (response.closed()) {
                return;
            }
            var unused = response.write(Buffer.buffer(length).appendBytes(piece, 0, length));
            while (response.writeQueueFull() && !response.closed()) {
                if (!room.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
                    // the client takes nothing any more
                    cut();
                    return;
                }
            }
        }
        var unused = response.end();
    }

    /** Says what went wrong; where part of the file is sent already, the connection ends so that the client does not take it for the whole. */
    void fail(Problem problem) {
        if (response.headWritten()) {
            cut();
        } else {
            problem.answer(context);
        }
    }

    private void cut() {
        var unused = context.request().connection().close();
    }

    private void headers() {
        response.putHeader("Content-Type", type)
                .putHeader("Content-Disposition", "attachment; filename=\"" + fileName + "\"")
                .putHeader("Cache-Control", "no-store");
    }
}
