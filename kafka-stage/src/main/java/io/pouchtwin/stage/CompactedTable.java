package io.pouchtwin.stage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A compacted topic as a map: the latest value of each key, complete when {@link #ready()} completes, then live. Reads may come from any thread. Keys are UTF-8 text.
 *
 * @param <V> what a value is decoded to; immutable
 */
public final class CompactedTable<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CompactedTable.class);

    /** Turns bytes into a value. */
    @FunctionalInterface
    public interface Decoder<V> {
        /** Decodes; an exception drops the record with a warning, and the key keeps its old value. */
        V decode(byte[] bytes) throws Exception;

        /** Decodes a record, for those who need more of it than its value. */
        default V decode(ConsumerRecord<byte[], byte[]> record) throws Exception {
            return decode(record.value());
        }
    }

    /** Hears of changes, on the table's thread. */
    @FunctionalInterface
    public interface Listener<V> {
        /** A key has a new value; {@code null}: it is gone. */
        void changed(String key, @Nullable V value);
    }

    private final Map<String, V> values = new ConcurrentHashMap<>();
    private final List<Listener<V>> listeners = new CopyOnWriteArrayList<>();
    private final String name;
    private final Decoder<V> decoder;
    private final Counter undecodable;
    private final TopicFollower follower;

    private CompactedTable(String name, KafkaSettings kafka, String topic, Decoder<V> decoder, MeterRegistry registry) {
        this.name = name;
        this.decoder = decoder;
        this.undecodable = Counter.builder("pouchtwin.table.undecodable")
                .description("records of a compacted topic that could not be decoded and were left out")
                .tag("table", name)
                .register(registry);
        this.follower =
                TopicFollower.start(name, kafka, List.of(topic), new TailStart.Beginning(), this::apply, registry);
    }

    /**
     * Starts following.
     *
     * @param name of the thread, the client and tag "table" in the metrics
     */
    public static <V> CompactedTable<V> start(
            String name, KafkaSettings kafka, String topic, Decoder<V> decoder, MeterRegistry registry) {
        return new CompactedTable<>(name, kafka, topic, decoder, registry);
    }

    /** Completes when the table holds everything that Kafka held at the start. */
    public CompletableFuture<Void> ready() {
        return follower.caughtUp();
    }

    /** The value of a key, if any. */
    public Optional<V> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** All keys and values of this moment. */
    public Map<String, V> snapshot() {
        return Map.copyOf(values);
    }

    /** Tells the listener everything the table holds, then every change. Some values may be told twice. */
    public void onChange(Listener<V> listener) {
        listeners.add(listener);
        values.forEach(listener::changed);
    }

    /**
     * Waits until the table holds everything that Kafka held when this was called: for a reader that finds a key missing and has to know that it is not merely late.
     *
     * @throws StageException when that takes too long
     */
    public void refresh(Duration patience) {
        try {
            follower.refresh().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new StageException(
                    "Table " + name + " is not up to date within " + patience + ": "
                            + follower.health().detail(),
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** How it is. */
    public StageHealth health() {
        return follower.health();
    }

    @Override
    public void close() {
        follower.close();
    }

    private void apply(List<ConsumerRecord<byte[], byte[]>> batch) {
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            if (record.key() == null || NextOffset.isPosition(record.key())) {
                continue;
            }
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                values.remove(key);
                listeners.forEach(listener -> listener.changed(key, null));
            } else {
                put(key, record);
            }
        }
    }

    @SuppressWarnings("CatchingUnchecked") // a decoder is the caller's: whatever it throws concerns one record only
    private void put(String key, ConsumerRecord<byte[], byte[]> record) {
        V value;
        try {
            value = decoder.decode(record);
        } catch (Exception e) {
            undecodable.increment();
            LOG.warn(
                    "Table {}: {}-{}@{} with key \"{}\" cannot be read and is left out: {}",
                    name,
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    key,
                    e.toString());
            return;
        }
        values.put(key, value);
        listeners.forEach(listener -> listener.changed(key, value));
    }
}
