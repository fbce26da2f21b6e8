package io.pouchtwin.gateway.publish;

import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.GatewayPosition;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.contracts.v1.StopRecord;
import io.vertx.core.Future;
import java.util.Map;

/**
 * Where the gateway's records go. A future succeeds only when the record is safe (for Kafka: acknowledged by all replicas); records of one
 * key keep their order. No method blocks; futures may complete on any thread.
 */
public interface TelemetryPublisher {
    /** Publishes what a poll brought. */
    Future<Void> publish(RawBatch batch);

    /** Publishes what could not be accepted. */
    Future<Void> publish(Rejected rejected);

    /** Publishes which cell is on a channel. */
    Future<Void> publish(CellRegistration registration);

    /** Publishes what became of a request to stop a channel. */
    Future<Void> publish(StopRecord record);

    /** Remembers how far a channel was read. */
    Future<Void> publish(GatewayPosition position);

    /** The positions remembered earlier, by {@link #key}. */
    Future<Map<String, GatewayPosition>> positions();

    /** Gives everything back; what is not acknowledged by then fails. */
    Future<Void> close();

    /** The key of a channel's records: {@code "<tester>/<channel>"}, or {@code "<tester>"} where the channel is not known. */
    static String key(String tester, String channel) {
        return channel.isEmpty() ? tester : tester + "/" + channel;
    }
}
