package io.pouchtwin.stage;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Follows topics from a chosen place and hands the committed records over, each once, in order per partition. It belongs to no group and commits nothing: each reader sees
 * everything. Runs on one thread of its own; when the receiver is behind, it stops fetching and holds its place.
 */
public final class TailReader implements AutoCloseable {

    /** Receives batches on the reader's thread, and says when each is dealt with. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes a batch; must not block.
         *
         * @return completes when the batch is dealt with, so that others may follow; an exceptional completion counts as dealt with
         */
        CompletionStage<?> accept(List<ConsumerRecord<byte[], byte[]>> batch);
    }

    private final TopicFollower follower;

    private TailReader(TopicFollower follower) {
        this.follower = follower;
    }

    /**
     * Starts reading.
     *
     * @param name of the thread, the client and tag "reader" in the metrics
     * @param topics have to exist, else it waits for them and says so in {@link #health()}
     * @param maxRecordsInFlight it pauses while more records than this are handed over and not dealt with
     */
    public static TailReader start(
            String name,
            KafkaSettings kafka,
            List<String> topics,
            TailStart from,
            long maxRecordsInFlight,
            Receiver receiver,
            MeterRegistry registry) {
        AtomicLong inFlight = new AtomicLong();
        TopicFollower.Handler handler = new TopicFollower.Handler() {
            @Override
            public boolean hasRoom() {
                return inFlight.get() < maxRecordsInFlight;
            }

            @Override
            public void accept(List<ConsumerRecord<byte[], byte[]>> batch) {
                int size = batch.size();
                inFlight.addAndGet(size);
                var unused = receiver.accept(batch).whenComplete((done, failure) -> inFlight.addAndGet(-size));
            }
        };
        return new TailReader(TopicFollower.start(name, kafka, topics, from, handler, registry));
    }

    /** Completes when everything that Kafka held at the start was handed over. */
    public CompletableFuture<Void> caughtUp() {
        return follower.caughtUp();
    }

    /** How it is. */
    public StageHealth health() {
        return follower.health();
    }

    /** Records in Kafka that were not handed over yet. */
    public long lag() {
        return follower.lag();
    }

    @Override
    public void close() {
        follower.close();
    }
}
