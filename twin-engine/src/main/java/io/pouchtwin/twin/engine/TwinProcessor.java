package io.pouchtwin.twin.engine;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
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
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The twins of the cells of one partition: clean samples in, one state for each out. Snapshots go out now and then, see
 * {@link SnapshotSchedule}; after a restart a twin is restored from its snapshot and fed again what came since. Belongs
 * to the stage's thread.
 *
 * <p>What a twin begins with is asked of the registry, which may say another thing later; so a twin that begins, or
 * begins a run, is saved with that very commit, and a replay never asks.
 */
final class TwinProcessor implements PartitionProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(TwinProcessor.class);

    /** A snapshot that was read back, and the first input offset that it has not seen. */
    private record Saved(ByteString snapshot, long nextOffset) {}

    private final CellTwins twins;
    private final TwinMetrics metrics;
    private final LiveView view;
    private final SnapshotSchedule schedule;
    private final LongSupplier nanoClock;
    /** Unpacked when their cell comes up, so that taking over many cells does not take long. */
    private final Map<String, Saved> saved = new LinkedHashMap<>();
    /** While records are replayed: the first offset of each cell that its snapshot has not seen. */
    private final Map<String, Long> snapshotSaw = new HashMap<>();

    private final Set<String> moved = new LinkedHashSet<>();
    private final Map<String, LiveState> latest = new HashMap<>();
    private final Map<String, Verdict> verdicts = new HashMap<>();
    /** Cell of the record in hand, once its twin may have been touched. */
    private String inHand = "";

    private long started;

    TwinProcessor(
            CellTwins twins, TwinMetrics metrics, LiveView view, SnapshotSchedule schedule, LongSupplier nanoClock) {
        this.twins = twins;
        this.metrics = metrics;
        this.view = view;
        this.schedule = schedule;
        this.nanoClock = nanoClock;
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value, long nextOffset) {
        String cell = new String(key, StandardCharsets.UTF_8);
        if (value == null) {
            saved.remove(cell);
        } else {
            saved.put(cell, new Saved(UnsafeByteOperations.unsafeWrap(value), nextOffset));
        }
    }

    @Override
    public void replay(ConsumerRecord<byte[], byte[]> record) {
        inHand = "";
        CleanBatch batch = parse(record);
        String cell = batch.getCell();
        unpack(cell);
        boolean seen = record.offset() < snapshotSaw.getOrDefault(cell, Long.MAX_VALUE);
        // A batch of another run was refused when it first came: had it not been, the snapshot would have seen it.
        if (seen || !inRun(batch)) {
            return;
        }
        inHand = cell;
        try {
            twins.accept(batch, (sample, outcome) -> {
                if (outcome instanceof TwinOutcome.Advanced advanced) {
                    latest.put(
                            cell,
                            new LiveState(record.offset(), advanced.state().toByteString()));
                }
            });
        } catch (UnknownDesignException e) {
            throw new IllegalStateException("the twin of cell " + cell + " is in this run, so it has a design", e);
        }
        schedule.moved(cell, record.offset(), batch.getSamplesCount());
        moved.add(cell);
    }

    @Override
    public void restored() {
        saved.forEach(this::showLatest);
        latest.forEach((cell, state) -> {
            metrics.heard(cell, nanoClock.getAsLong());
            view.offer(cell, state);
        });
        view.publish();
        moved.forEach(this::count);
        moved.clear();
        snapshotSaw.clear();
    }

    /** Shows the state that came with a snapshot which nothing was replayed on. */
    private void showLatest(String cell, Saved snapshot) {
        try {
            remember(cell, TwinSnapshot.parseFrom(snapshot.snapshot()), snapshot.nextOffset());
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("snapshot of cell {} cannot be read: {}", cell, e.getMessage());
        }
    }

    private void remember(String cell, TwinSnapshot snapshot, long nextOffset) {
        if (!snapshot.getLatestState().isEmpty()) {
            latest.put(cell, new LiveState(nextOffset - 1, snapshot.getLatestState()));
        }
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record, Output output) {
        inHand = "";
        CleanBatch batch = parse(record);
        String cell = batch.getCell();
        unpack(cell);
        started = System.nanoTime();
        boolean begins = !inRun(batch);
        inHand = cell;
        try {
            twins.accept(batch, (sample, outcome) -> take(batch, record, sample, outcome, output));
        } catch (UnknownDesignException e) {
            inHand = "";
            metrics.refused("design-unknown");
            throw new TwinRejectedException("design-unknown", e.getMessage(), batch, e);
        }
        schedule.moved(cell, record.offset(), batch.getSamplesCount());
        if (begins) {
            schedule.insist(cell);
        }
        moved.add(cell);
        if (batch.getRunComplete()) {
            metrics.finished(cell);
        } else {
            metrics.heard(cell, nanoClock.getAsLong());
        }
    }

    private boolean inRun(CleanBatch batch) {
        return twins.twin(batch.getCell())
                .filter(twin -> twin.inRun(batch.getTestRun()))
                .isPresent();
    }

    private static CleanBatch parse(ConsumerRecord<byte[], byte[]> record) {
        try {
            return CleanBatch.parseFrom(record.value() == null ? new byte[0] : record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new TwinRejectedException(
                    "not-protobuf",
                    "value is not a CleanBatch; see telemetry.proto",
                    CleanBatch.getDefaultInstance(),
                    e);
        }
    }

    private void unpack(String cell) {
        Saved snapshot = saved.remove(cell);
        if (snapshot == null) {
            return;
        }
        try {
            TwinSnapshot message = TwinSnapshot.parseFrom(snapshot.snapshot());
            twins.restore(message);
            snapshotSaw.put(cell, snapshot.nextOffset());
            if (!latest.containsKey(cell)) {
                remember(cell, message, snapshot.nextOffset());
            }
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
            advanced.finished().ifPresent(cycle -> send(output, Topic.TWIN_CYCLE, key, cycle.toByteArray(), record));
            twins.twin(batch.getCell())
                    .flatMap(CellTwin::endedCycle)
                    .ifPresent(basis -> send(output, Topic.FORECAST_BASIS, key, basis.toByteArray(), record));
            latest.put(batch.getCell(), new LiveState(record.offset(), UnsafeByteOperations.unsafeWrap(state)));
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
        String cell = inHand;
        inHand = "";
        if (twins.twin(cell).isPresent()) {
            LOG.error(
                    "twin of cell {} begins anew: a record at offset {} could not be processed", cell, record.offset());
            twins.forget(cell);
            latest.remove(cell);
            moved.add(cell);
            schedule.insist(cell);
        }
    }

    @Override
    public void beforeCommit(Output output) {
        for (String cell : schedule.take(nanoClock.getAsLong())) {
            byte[] key = cell.getBytes(StandardCharsets.UTF_8);
            output.changelog(
                    key, twins.twin(cell).map(twin -> snapshot(cell, twin)).orElse(null));
        }
    }

    private byte[] snapshot(String cell, CellTwin twin) {
        TwinSnapshot.Builder snapshot = twin.snapshot().toBuilder();
        LiveState state = latest.get(cell);
        if (state != null) {
            snapshot.setLatestState(state.state());
        }
        byte[] bytes = snapshot.build().toByteArray();
        metrics.saved(bytes.length);
        return bytes;
    }

    @Override
    public long replayFrom(long nextOffset) {
        return schedule.replayFrom(nextOffset);
    }

    @Override
    public void afterCommit() {
        for (String cell : moved) {
            count(cell);
            LiveState state = latest.get(cell);
            if (state != null) {
                view.offer(cell, state);
            }
        }
        moved.clear();
        view.publish();
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
        latest.keySet().forEach(metrics::finished);
    }
}
