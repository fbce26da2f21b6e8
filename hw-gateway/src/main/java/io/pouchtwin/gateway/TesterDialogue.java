package io.pouchtwin.gateway;

import com.google.protobuf.ByteString;
import io.pouchtwin.gateway.neware.NewareReply;
import io.pouchtwin.gateway.neware.NewareRequest;
import io.pouchtwin.gateway.neware.Parsed;
import io.pouchtwin.gateway.neware.ReplyParser;
import io.pouchtwin.gateway.rejection.Rejection;
import io.vertx.core.Future;
import java.util.function.LongSupplier;

/** Questions and understood answers over one connection. Owned by one event loop. */
final class TesterDialogue {
    private final NewareConnection connection;
    private final GatewayMetrics metrics;
    private final LongSupplier nanoClock;

    /** A whole reply came, but it is not an answer to what was asked. The connection is still good. */
    static final class RefusedReply extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Rejection rejection;
        private final transient byte[] raw;

        RefusedReply(Rejection rejection, byte[] raw) {
            super(rejection.code() + ": " + rejection.reason(), null, false, false);
            this.rejection = rejection;
            this.raw = raw;
        }

        Rejection rejection() {
            return rejection;
        }

        byte[] raw() {
            return raw.clone();
        }
    }

    /** An answer and the bytes it came in. */
    record Answer<T extends NewareReply>(T reply, ByteString raw) {}

    TesterDialogue(NewareConnection connection, GatewayMetrics metrics, LongSupplier nanoClock) {
        this.connection = connection;
        this.metrics = metrics;
        this.nanoClock = nanoClock;
    }

    /** Asks; fails with {@link RefusedReply} if the reply is not of the expected kind, with anything else if the connection failed. */
    <T extends NewareReply> Future<Answer<T>> ask(NewareRequest request, Class<T> expected) {
        long asked = nanoClock.getAsLong();
        return connection.request(request).compose(frame -> {
            metrics.replied(request.command(), asked, nanoClock.getAsLong());
            Parsed parsed = ReplyParser.parse(frame);
            if (parsed instanceof Parsed.Refused refused) {
                return Future.failedFuture(new RefusedReply(refused.rejection(), frame));
            }
            NewareReply reply = ((Parsed.Understood) parsed).reply();
            if (!expected.isInstance(reply)) {
                return Future.failedFuture(new RefusedReply(
                        new Rejection(
                                "unexpected-reply",
                                "The tester answered another question than the one asked. Another program may be using the same"
                                        + " connection.",
                                "cmd",
                                reply.answers(),
                                request.command()),
                        frame));
            }
            return Future.succeededFuture(new Answer<>(expected.cast(reply), ByteString.copyFrom(frame)));
        });
    }

    void close() {
        connection.close();
    }
}
