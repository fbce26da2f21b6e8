package io.pouchtwin.twin.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pouchtwin.contracts.RecordHeader;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinSnapshot;
import io.pouchtwin.stage.Output;
import io.pouchtwin.stage.PartitionProcessor;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.CellTwins;
import io.pouchtwin.twin.SnapshotRefusedException;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.TwinOutcome.Restart;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import io.pouchtwin.twin.trust.TrustMonitor.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The twins of the cells of one partition: clean samples in, one state for each out, a snapshot of every cell that moved
 * in the same transaction. Belongs to the stage's thread.
 */
final class TwinProcessor implements PartitionProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(TwinProcessor.class);

    private final CellTwins twins;
    private final TwinMetrics metrics;
    private final LiveStates live;
    private final Map<String, byte[]> saved = new LinkedHashMap<>();
    private final Set<String> moved = new LinkedHashSet<>();
    private final Map<String, byte[]> latest = new HashMap<>();
    private final Map<String, Verdict> verdicts = new HashMap<>();
    private long started;

    TwinProcessor(CellTwins twins, TwinMetrics metrics, LiveStates live) {
        this.twins = twins;
        this.metrics = metrics;
        this.live = live;
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value) {
        String cell = new String(key, StandardCharsets.UTF_8);
        if (value == null) {
            saved.remove(cell);
        } else {
            saved.put(cell, value);
        }
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record, Output output) {
        CleanBatch batch = parse(record);
        restoreSaved(batch.getCell());
        started = System.nanoTime();
        try {
            twins.accept(batch, (sample, outcome) -> take(batch, record, sample, outcome, output));
        } catch (UnknownDesignException e) {
            metrics.refused("design-unknown");
            throw new TwinRejectedException("design-unknown", e.getMessage(), batch, e);
        }
        moved.add(batch.getCell());
    }

    private static CleanBatch parse(ConsumerRecord<byte[], byte[]> record) {
        try {
            return CleanBatch.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new TwinRejectedException(
                    "not-protobuf",
                    "value is not a CleanBatch; see telemetry.proto",
                    CleanBatch.getDefaultInstance(),
                    e);
        }
    }

    /** Snapshots are unpacked when their cell comes up, so that taking over many cells does not take long. */
    private void restoreSaved(String cell) {
        byte[] snapshot = saved.remove(cell);
        if (snapshot == null) {
            return;
        }
        try {
            twins.restore(TwinSnapshot.parseFrom(snapshot));
        } catch (InvalidProtocolBufferException | SnapshotRefusedException | UnknownDesignException e) {
            metrics.refused("snapshot-refused");
            LOG.error("twin of cell {} begins anew: {}", cell, e.getMessage());
        }
    }

    private void take(
            CleanBatch batch,
            ConsumerRecord<byte[], byte[]> record,
            Sample sample,
            TwinOutcome outcome,
            Output output) {
        byte[] key = batch.getCell().getBytes(StandardCharsets.UTF_8);
        if (outcome instanceof TwinOutcome.Advanced advanced) {
            byte[] state = advanced.state().toByteArray();
            send(output, Topic.TWIN_STATE, key, state, record);
            latest.put(batch.getCell(), state);
            long now = System.nanoTime();
            metrics.advanced(now - started, advanced.state().getNormalisedInnovationSquared());
            started = now;
            if (advanced.restarted() != Restart.NONE) {
                metrics.restarted(advanced.restarted());
            }
        } else if (outcome instanceof TwinOutcome.Refused refused) {
            metrics.refused(refused.code());
            if (!refused.code().equals("already-seen")) {
                byte[] rejected =
                        Rejections.ofSample(batch, sample, refused, record).toByteArray();
                send(output, Topic.TELEMETRY_REJECTED, Rejections.key(batch), rejected, record);
            }
        }
    }

    private static void send(
            Output output, Topic topic, byte[] key, byte[] value, ConsumerRecord<byte[], byte[]> origin) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic.topicName(), key, value);
        Header received = origin.headers().lastHeader(RecordHeader.RECEIVED_UNIX_US);
        if (received != null) {
            record.headers().add(received);
        }
        output.send(record);
    }

    /**
     * A record on which the program itself failed may have left its twin half advanced: that twin begins anew, which it
     * says; the same after any restart, since the snapshot goes too.
     */
    @Override
    public void undo(ConsumerRecord<byte[], byte[]> record) {
        String cell = new String(record.key(), StandardCharsets.UTF_8);
        if (twins.twin(cell).isPresent()) {
            LOG.error(
                    "twin of cell {} begins anew: a record at offset {} could not be processed", cell, record.offset());
            twins.forget(cell);
            latest.remove(cell);
            moved.add(cell);
        }
    }

    @Override
    public void beforeCommit(Output output) {
        for (String cell : moved) {
            byte[] key = cell.getBytes(StandardCharsets.UTF_8);
            output.changelog(
                    key,
                    twins.twin(cell).map(twin -> twin.snapshot().toByteArray()).orElse(null));
        }
    }

    @Override
    public void afterCommit() {
        for (String cell : moved) {
            count(cell);
        }
        moved.clear();
        latest.forEach(live::offer);
        latest.clear();
        live.publish();
    }

    private void count(String cell) {
        @Nullable Verdict now = twins.twin(cell).map(CellTwin::verdict).orElse(null);
        @Nullable Verdict before = now == null ? verdicts.remove(cell) : verdicts.put(cell, now);
        if (now != before) {
            metrics.population(
                    (now == null ? 0 : 1) - (before == null ? 0 : 1),
                    (now == Verdict.CONVERGING ? 1 : 0) - (before == Verdict.CONVERGING ? 1 : 0),
                    (now == Verdict.DIVERGED ? 1 : 0) - (before == Verdict.DIVERGED ? 1 : 0));
            if (now == Verdict.DIVERGED) {
                LOG.warn("twin of cell {} diverged: its innovations are larger than its uncertainty explains", cell);
            }
        }
    }

    @Override
    public void close() {
        for (Verdict verdict : verdicts.values()) {
            metrics.population(-1, verdict == Verdict.CONVERGING ? -1 : 0, verdict == Verdict.DIVERGED ? -1 : 0);
        }
        verdicts.clear();
    }
}
