package io.pouchtwin.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.ingest.segment.CellDirectory;
import io.pouchtwin.stage.CompactedTable;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.StageException;
import io.pouchtwin.stage.StageHealth;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The cell registry by channel. Where several cells were registered on one channel, the latest is there. Lookups may come from any thread.
 *
 * <p>A channel that is missing may merely not have arrived: {@link #upTo} makes sure of that before a batch is judged.
 */
final class CellRegistry implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Clocks of the processes that write batches and registrations may differ this much. [ms] */
    private static final long CLOCK_DIFFERENCE_MS = 2_000;

    /** A registration with the time that Kafka says it was written. */
    private record Entry(CellRegistration cell, long writtenUnixMs) {}

    private static final Comparator<Entry> LATEST = Comparator.comparingLong(Entry::writtenUnixMs)
            .thenComparing(entry -> entry.cell().getCell());

    private final CompactedTable<Entry> table;
    private final Map<String, Map<String, Entry>> byChannel = new HashMap<>();
    private final Map<String, String> channelOf = new HashMap<>();
    private final Map<String, CellRegistration> latest = new ConcurrentHashMap<>();
    private volatile long completeUntilUnixMs = Long.MIN_VALUE;

    CellRegistry(KafkaSettings kafka, MeterRegistry meters) {
        table = CompactedTable.start(
                "ingest-cell-registry", kafka, Topic.CELL_REGISTRY.topicName(), new EntryDecoder(), meters);
        table.onChange(this::changed);
    }

    /** The directory as a batch written at this time has to see it. */
    CellDirectory upTo(long writtenUnixMs) {
        return (tester, channel) -> {
            String key = Ingest.channelKey(tester, channel);
            CellRegistration found = latest.get(key);
            if (found == null && writtenUnixMs + CLOCK_DIFFERENCE_MS >= completeUntilUnixMs) {
                long now = System.currentTimeMillis();
                table.refresh(PATIENCE);
                completeUntilUnixMs = now;
                found = latest.get(key);
            }
            return Optional.ofNullable(found);
        };
    }

    /** Waits until everything is there that was registered before; throws while it is not. */
    void requireReady() {
        if (!table.ready().isDone()) {
            table.refresh(PATIENCE);
        }
        if (!table.ready().isDone()) {
            throw new StageException(
                    "The cell registry is not read yet: " + table.health().detail());
        }
    }

    StageHealth health() {
        return table.health();
    }

    @Override
    public void close() {
        table.close();
    }

    private synchronized void changed(String cell, @Nullable Entry entry) {
        String before = channelOf.remove(cell);
        if (before != null) {
            byChannel.getOrDefault(before, new HashMap<>()).remove(cell);
            settle(before);
        }
        if (entry != null) {
            String channel =
                    Ingest.channelKey(entry.cell().getTester(), entry.cell().getChannel());
            channelOf.put(cell, channel);
            byChannel.computeIfAbsent(channel, any -> new HashMap<>()).put(cell, entry);
            settle(channel);
        }
    }

    private void settle(String channel) {
        byChannel.getOrDefault(channel, Map.of()).values().stream()
                .max(LATEST)
                .ifPresentOrElse(entry -> latest.put(channel, entry.cell()), () -> latest.remove(channel));
    }

    private static final class EntryDecoder implements CompactedTable.Decoder<Entry> {
        @Override
        public Entry decode(byte[] bytes) throws InvalidProtocolBufferException {
            return new Entry(CellRegistration.parseFrom(bytes), 0);
        }

        @Override
        public Entry decode(ConsumerRecord<byte[], byte[]> record) throws InvalidProtocolBufferException {
            CellRegistration cell = CellRegistration.parseFrom(record.value());
            if (!(cell.getNominalCapacityAh() > 0)) {
                throw new IllegalArgumentException("nominal_capacity_ah: " + cell.getNominalCapacityAh()
                        + ", expected more than 0, for cell " + cell.getCell());
            }
            return new Entry(cell, record.timestamp());
        }
    }
}
