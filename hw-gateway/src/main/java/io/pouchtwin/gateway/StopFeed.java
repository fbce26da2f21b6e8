package io.pouchtwin.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.StopRequest;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TailReader;
import io.pouchtwin.stage.TailStart;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code channel.control} from a minute back: a request that came while the gateway was starting is met, an old one
 * is not. A request may be met again after a restart; the test's number then tells whether it is still about the same test.
 */
final class StopFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopFeed.class);
    private static final long MOST_IN_FLIGHT = 1_000;

    private final TailReader reader;

    /**
     * Starts.
     *
     * @param take takes a request and its age in ms; on the reader's thread
     */
    StopFeed(KafkaSettings kafka, Clocks clocks, ObjLongConsumer<StopRequest> take, MeterRegistry meters) {
        long nowMs = TimeUnit.MICROSECONDS.toMillis(clocks.unixMicros());
        reader = TailReader.start(
                "gateway-stops",
                kafka,
                List.of(Topic.CHANNEL_CONTROL.topicName()),
                new TailStart.FromTimestamp(nowMs - TimeUnit.SECONDS.toMillis(ProtectiveStops.FRESH_S)),
                MOST_IN_FLIGHT,
                batch -> {
                    batch.forEach(record -> read(record, clocks, take));
                    return CompletableFuture.completedStage(null);
                },
                meters);
    }

    private static void read(ConsumerRecord<byte[], byte[]> record, Clocks clocks, ObjLongConsumer<StopRequest> take) {
        try {
            long ageMs = TimeUnit.MICROSECONDS.toMillis(clocks.unixMicros()) - record.timestamp();
            take.accept(StopRequest.parseFrom(record.value()), Math.max(0, ageMs));
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("{}-{}@{} is not a StopRequest", record.topic(), record.partition(), record.offset());
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
