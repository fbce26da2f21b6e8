package io.pouchtwin.ingest.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.pouchtwin.contracts.v1.CycleSummary;
import io.pouchtwin.contracts.v1.LivePoint;
import io.pouchtwin.contracts.v1.QualityFlag;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.ingest.Rows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static final List<RawSample> ROWS = Rows.cycles(1, 10);

    @Test
    void missingNumbersAreAcceptedWithAFlagAndTheCycleIsNotComplete() {
        List<RawSample> rows = new ArrayList<>(ROWS);
        rows.subList(3, 6).clear();
        Collected out =
                Collected.of(Rows.batch(rows).toBuilder().setRunComplete(true).build());
        assertThat(out.gaps).isEqualTo(1);
        assertThat(out.flagged(QualityFlag.QUALITY_FLAG_AFTER_GAP)).containsExactly(7L);
        assertThat(out.cycles).extracting(CycleSummary::getComplete).containsExactly(false);
        assertThat(out.samples.get(3).getTestTimeS()).isEqualTo(70);
    }

    @Test
    void aRowThatComesAfterItsSuccessorsIsLateOnceAndThenADuplicate() {
        List<RawSample> late = List.of(ROWS.get(0), ROWS.get(1), ROWS.get(4), ROWS.get(2), ROWS.get(5), ROWS.get(2));
        Collected out = Collected.of(late);
        assertThat(out.codes()).containsExactly("late");
        assertThat(out.duplicates).isEqualTo(1);
        assertThat(out.samples).extracting(Sample::getSequence).containsExactly(1L, 2L, 5L, 6L);
    }

    @Test
    void theSameNumberWithOtherContentIsAConflictAndTheFirstStands() {
        RawSample other = ROWS.get(1).toBuilder().setVoltageV(3.9).build();
        Collected out = Collected.of(List.of(ROWS.get(0), ROWS.get(1), other, ROWS.get(1), ROWS.get(2)));
        assertThat(out.codes()).containsExactly("conflicting-duplicate");
        assertThat(out.duplicates).isEqualTo(1);
        assertThat(out.samples).hasSize(3);
        assertThat(out.flagged(QualityFlag.QUALITY_FLAG_AFTER_GAP)).isEmpty();
    }

    @Test
    void rowsWithoutANumberOrWithAnAbsurdOneDoNotStopTheRun() {
        RawSample none = ROWS.get(1).toBuilder().setSequence(0).build();
        RawSample absurd = ROWS.get(1).toBuilder().setSequence(4_000_000_000L).build();
        Collected out = Collected.of(List.of(ROWS.get(0), none, absurd, ROWS.get(1)));
        assertThat(out.codes()).containsExactly("sequence-missing", "sequence-jump");
        assertThat(out.samples).extracting(Sample::getSequence).containsExactly(1L, 2L);
    }

    @Test
    void aRunThatIsMetLateSaysSo() {
        Collected out = Collected.of(ROWS.subList(4, 40));
        assertThat(out.samples.get(0).getCycleCount()).isEqualTo(1);
        assertThat(out.flagged(QualityFlag.QUALITY_FLAG_AFTER_GAP)).containsExactly(5L);
        assertThat(out.flagged(QualityFlag.QUALITY_FLAG_TIME_ESTIMATED)).containsExactly(5L);
    }

    @Test
    void aNewRunEndsTheOldOneWhoseRepeatsAreThenLeftOut() {
        RawBatch old = Rows.batch(ROWS.subList(0, 20));
        RawBatch fresh =
                Rows.batch(ROWS.subList(0, 5)).toBuilder().setTestRun("144").build();
        RawBatch straggler = Rows.batch(ROWS.subList(18, 21));
        Collected out = Collected.of(old, fresh, straggler, fresh);
        assertThat(out.samples).hasSize(25);
        assertThat(out.duplicates).isEqualTo(2 + 5);
        assertThat(out.codes()).containsExactly("late");
        assertThat(out.cycles).singleElement().satisfies(cycle -> {
            assertThat(cycle.getTestRun()).isEqualTo("143");
            assertThat(cycle.getComplete()).isFalse();
        });
    }

    @Test
    void aRunThatIsCompleteIsSummedUpOnceHoweverOftenThatIsSaid() {
        RawBatch all = Rows.batch(ROWS).toBuilder().setRunComplete(true).build();
        Collected out = Collected.of(all, all);
        assertThat(out.cycles).singleElement().satisfies(cycle -> {
            assertThat(cycle.getCell()).isEqualTo("cell-1");
            assertThat(cycle.getComplete()).isTrue();
            assertThat(cycle.getFirstSequence()).isEqualTo(1);
            assertThat(cycle.getLastSequence()).isEqualTo(40);
            assertThat(cycle.getStartTestTimeS()).isZero();
            assertThat(cycle.getEndTestTimeS()).isEqualTo(400);
            assertThat(cycle.getChargeAh()).isCloseTo(500 / 3_600.0, offset(1e-12));
            assertThat(cycle.getDischargeAh()).isCloseTo(500 / 3_600.0, offset(1e-12));
            assertThat(cycle.getChargeEnergyWh()).isGreaterThan(cycle.getDischargeEnergyWh());
        });
        assertThat(out.batches)
                .allSatisfy(batch -> assertThat(batch.getRunComplete()).isTrue());
    }

    @Test
    void anUnknownChannelIsRefusedAsAWholeAndAMereLookAtItIsNot() {
        Collected out = new Collected();
        ChannelSegmenter unknown = new ChannelSegmenter("bts", "nowhere");
        out.feed(unknown, Rows.batch(ROWS));
        assertThat(out.batchFaults).singleElement().satisfies(fault -> {
            assertThat(fault.code().code()).isEqualTo("unknown-channel");
            assertThat(fault.reason()).contains("Add it to the gateway's configuration");
            assertThat(fault.value()).isEqualTo("bts/nowhere");
        });
        out.feed(unknown, live(3.7));
        assertThat(out.batchFaults).hasSize(1);
        assertThat(out.samples).isEmpty();
        assertThat(out.batches).isEmpty();
    }

    @Test
    void aBatchWithoutARunIsRefusedAsAWhole() {
        Collected out = Collected.of(Rows.batch(ROWS).toBuilder().clearTestRun().build());
        assertThat(out.batchFaults).extracting(fault -> fault.code().code()).containsExactly("test-run-missing");
    }

    @Test
    void aLiveReadingIsPassedOnEvenWithoutARunAndNeverWithoutNumbers() {
        Collected out = Collected.of(live(3.7), live(Double.NaN));
        assertThat(out.batches).singleElement().satisfies(batch -> {
            assertThat(batch.getCell()).isEqualTo("cell-1");
            assertThat(batch.getLive().getVoltageV()).isEqualTo(3.7);
        });
    }

    @Test
    void aSavedStateOfAnotherVersionIsRefusedWithWhatToDo() {
        ChannelSegmenter channel = new ChannelSegmenter("bts", "27-21-1-1");
        assertThatThrownBy(() -> ChannelSegmenter.load(
                        channel.save().toBuilder().setVersion(7).build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 7, expected 1")
                .hasMessageContaining("delete topic ingest.state");
    }

    private static RawBatch live(double voltageV) {
        return Rows.batch(List.of()).toBuilder()
                .clearTestRun()
                .setLive(LivePoint.newBuilder().setVoltageV(voltageV).setChannelState("finish"))
                .build();
    }
}
