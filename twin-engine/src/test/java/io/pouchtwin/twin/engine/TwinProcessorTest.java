package io.pouchtwin.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinSnapshot;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.stage.Output;
import io.pouchtwin.twin.CellTwins;
import io.pouchtwin.twin.Samples;
import io.pouchtwin.twin.StraightLineCell;
import io.pouchtwin.twin.TwinSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The processor without a broker: what it writes, and what it makes of what it reads back. */
class TwinProcessorTest {
    private static final List<Sample> SAMPLES = Samples.run(5, 120, 0.05);
    private static final byte[] KEY = "one".getBytes(StandardCharsets.UTF_8);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong nowNs = new AtomicLong();
    private final Map<String, String> designs = new HashMap<>(Map.of("one", "straight-line"));
    private final Map<String, LiveState> shown = new HashMap<>();
    private final Written written = new Written();

    @Test
    void aReplayGivesTheTwinOfTheUndisturbedRunAndAsksTheRegistryNothing() throws InvalidProtocolBufferException {
        TwinProcessor first = processor();
        for (int k = 0; k < 100; k++) {
            first.process(record(k, batch("run-1", k, k + 1)), written);
            first.beforeCommit(written);
        }
        assertThat(written.changelog).as("the beginning only").hasSize(1);
        assertThat(first.replayFrom(100)).isEqualTo(1);
        TwinState last = written.lastState();
        first.process(record(100, batch("run-1", 100, 101)), written);
        byte[] next = written.lastState().toByteArray();

        designs.put("one", "perpetuum");
        TwinProcessor second = processor();
        second.restore(KEY, written.changelog.get(0), 1);
        written.states.clear();
        for (int k = 0; k < 100; k++) {
            second.replay(record(k, batch("run-1", k, k + 1)));
        }
        second.restored();
        assertThat(written.states)
                .as("what was put out before is not put out again")
                .isEmpty();
        assertThat(shown).containsExactly(Map.entry("one", new LiveState(99, last.toByteString())));
        second.process(record(100, batch("run-1", 100, 101)), written);
        assertThat(written.lastState().toByteArray()).isEqualTo(next);
        assertThat(second.replayFrom(101)).as("still only the first is saved").isEqualTo(1);
    }

    @Test
    void aRunThatWasRefusedForItsDesignIsPassedOverInAReplayThoughTheDesignIsKnownNow()
            throws InvalidProtocolBufferException {
        TwinProcessor first = processor();
        first.process(record(0, batch("run-1", 0, 10)), written);
        first.beforeCommit(written);
        designs.put("one", "perpetuum");
        ConsumerRecord<byte[], byte[]> refused = record(1, batch("run-2", 0, 10));
        assertThatThrownBy(() -> first.process(refused, written)).isInstanceOf(TwinRejectedException.class);
        first.undo(refused);
        designs.put("one", "straight-line");
        first.process(record(2, batch("run-1", 10, 20)), written);
        byte[] undisturbed = written.lastState().toByteArray();

        TwinProcessor second = processor();
        second.restore(KEY, written.changelog.get(0), 1);
        second.replay(refused);
        second.process(record(2, batch("run-1", 10, 20)), written);
        assertThat(written.lastState().toByteArray()).isEqualTo(undisturbed);
    }

    @Test
    void aSnapshotOfAnotherVersionIsRefusedAndItsTwinBeginsAnewAndSaysSo() throws InvalidProtocolBufferException {
        TwinProcessor first = processor();
        first.process(record(0, batch("run-1", 0, 10)), written);
        first.beforeCommit(written);
        byte[] old = TwinSnapshot.parseFrom(written.changelog.get(0)).toBuilder()
                .setVersion(1)
                .build()
                .toByteArray();

        TwinProcessor second = processor();
        second.restore(KEY, old, 1);
        second.process(record(1, batch("run-1", 10, 20)), written);
        assertThat(meters.get("pouchtwin.twin.rejected")
                        .tag("reason", "snapshot-refused")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("pouchtwin.twin.restarts")
                        .tag("reason", "first-sample")
                        .counter()
                        .count())
                .isEqualTo(2);
        second.beforeCommit(written);
        assertThat(written.changelog).as("the new twin is saved at once").hasSize(2);
    }

    @Test
    void theLatestStateIsShownAfterARestartThoughNothingNewCame() throws InvalidProtocolBufferException {
        TwinProcessor first = processor();
        first.process(record(0, batch("run-1", 0, 10)), written);
        first.beforeCommit(written);
        TwinProcessor second = processor();
        second.restore(KEY, written.changelog.get(0), 1);
        second.restored();
        assertThat(shown)
                .containsExactly(
                        Map.entry("one", new LiveState(0, written.lastState().toByteString())));
    }

    @Test
    void aCellThatFallsSilentIsCountedAsStaleUntilItIsHeardOfOrItsRunEnds() {
        TwinProcessor processor = processor();
        processor.process(record(0, batch("run-1", 0, 10)), written);
        nowNs.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(stale()).isZero();
        nowNs.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(stale()).isEqualTo(1);
        processor.process(record(1, batch("run-1", 10, 11)), written);
        assertThat(stale()).isZero();
        processor.process(
                record(
                        2,
                        batch("run-1", 11, 12).toBuilder().setRunComplete(true).build()),
                written);
        nowNs.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(stale()).isZero();
    }

    @Test
    void aRecordThatIsNoBatchTouchesNoTwin() {
        TwinProcessor processor = processor();
        processor.process(record(0, batch("run-1", 0, 10)), written);
        ConsumerRecord<byte[], byte[]> noise = new ConsumerRecord<>("telemetry.clean", 0, 1, KEY, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> processor.process(noise, written)).isInstanceOf(TwinRejectedException.class);
        processor.undo(noise);
        processor.process(record(2, batch("run-1", 10, 20)), written);
        assertThat(written.states).hasSize(20);
        assertThat(meters.get("pouchtwin.twin.restarts").counters()).hasSize(1);
    }

    private double stale() {
        return meters.get("pouchtwin.twin.stale").gauge().value();
    }

    private TwinProcessor processor() {
        CellTwins twins = new CellTwins(
                StraightLineCell.models(),
                cell -> Optional.ofNullable(designs.get(cell))
                        .map(design -> CellRegistration.newBuilder()
                                .setCell(cell)
                                .setDesign(design)
                                .build()),
                TwinSettings.standard());
        LiveView view = new LiveView() {
            @Override
            public void offer(String cell, LiveState state) {
                shown.put(cell, state);
            }

            @Override
            public void publish() {
                // shown already
            }
        };
        return new TwinProcessor(
                twins,
                new TwinMetrics(meters, Duration.ofSeconds(30), nowNs::get),
                view,
                new SnapshotSchedule(1_000, Duration.ofHours(1), 0),
                nowNs::get);
    }

    private static CleanBatch batch(String run, int from, int to) {
        return Samples.batch("one", SAMPLES.subList(from, to)).toBuilder()
                .setTestRun(run)
                .build();
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, MessageLite value) {
        return new ConsumerRecord<>("telemetry.clean", 0, offset, KEY, value.toByteArray());
    }

    /** Keeps what is put out. */
    private static final class Written implements Output {
        final List<byte[]> states = new ArrayList<>();
        final List<byte[]> changelog = new ArrayList<>();

        @Override
        public void send(ProducerRecord<byte[], byte[]> record) {
            if (record.topic().equals("twin.state")) {
                states.add(record.value());
            }
        }

        @Override
        public void changelog(byte[] key, byte @Nullable [] value) {
            if (value != null) {
                changelog.add(value);
            }
        }

        TwinState lastState() throws InvalidProtocolBufferException {
            return TwinState.parseFrom(states.get(states.size() - 1));
        }
    }
}
