package io.pouchtwin.ingest.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.pouchtwin.contracts.v1.CycleSummary;
import io.pouchtwin.contracts.v1.QualityFlag;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.Temperature;
import io.pouchtwin.ingest.Rows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentationTest {

    @Test
    void elapsedTimeIsPutTogetherFromTheTimeWithinSteps() {
        Collected out = Collected.of(Rows.cycles(2, 3));
        assertThat(out.samples).extracting(Sample::getTestTimeS).containsExactlyElementsOf(multiplesOfTen(24));
        assertThat(out.samples).extracting(Sample::getStepTimeS).startsWith(10.0, 20.0, 30.0, 10.0);
        assertThat(out.samples)
                .allSatisfy(sample -> assertThat(sample.getQualityFlags()).isZero());
    }

    @Test
    void stepsNeverRepeatAndCyclesNeverDecrease() {
        Collected out = Collected.of(Rows.cycles(2, 1));
        assertThat(out.samples).extracting(Sample::getStepCount).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(out.samples).extracting(Sample::getCycleCount).containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
        assertThat(out.cycles).extracting(CycleSummary::getCycleCount).containsExactly(1);
    }

    @Test
    void cyclesCountOnWhereTheTestersNumberBeginsAnew() {
        List<RawSample> rows = new ArrayList<>();
        int[] ids = {0, 1, 2, 0, 1};
        for (int i = 0; i < ids.length; i++) {
            rows.add(row(i + 1).setCycleId(ids[i]).setStepId(1).build());
        }
        assertThat(Collected.of(rows).samples).extracting(Sample::getCycleCount).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void whereTheEndOfAStepWasNotLoggedTimeIsALowerBoundAndSaysSo() {
        List<RawSample> rows = new ArrayList<>(Rows.cycles(1, 10));
        rows.remove(9);
        Collected out = Collected.of(rows);
        assertThat(out.flagged(QualityFlag.QUALITY_FLAG_TIME_ESTIMATED)).containsExactly(11L);
        assertThat(out.samples.get(9).getTestTimeS()).isEqualTo(100);
    }

    @Test
    void timeRunningBackwardsWithinAStepIsRefusedAndTheRunGoesOn() {
        List<RawSample> rows = new ArrayList<>(Rows.cycles(1, 10));
        rows.set(5, rows.get(5).toBuilder().setStepTimeS(20).build());
        Collected out = Collected.of(rows);
        assertThat(out.codes()).containsExactly("time-backwards");
        assertThat(out.faults.get(0).field()).isEqualTo("step_time_s");
        assertThat(out.samples).hasSize(39);
        assertThat(out.samples.get(5).getTestTimeS()).isEqualTo(70);
    }

    @Test
    void testTimeRunningBackwardsIsRefused() {
        Collected out = Collected.of(List.of(timed(1, 5, 0, 3.7), timed(2, 4, 0, 3.7), timed(3, 6, 0, 3.7)));
        assertThat(out.codes()).containsExactly("time-backwards");
        assertThat(out.faults.get(0).expected()).isEqualTo("not less than 5.0");
        assertThat(out.samples).hasSize(2);
    }

    @Test
    void twoSamplesOfOneTimeAreBothAcceptedWithAFlag() {
        Collected out = Collected.of(List.of(timed(1, 5, 0, 3.7), timed(2, 5, 0, 3.7)));
        assertThat(out.samples).hasSize(2);
        assertThat(out.flagged(QualityFlag.QUALITY_FLAG_REPEATED_TIME)).containsExactly(2L);
    }

    @Test
    void aProgrammeThatLoopsOverOneStepMakesANewStepEachTimeItsCountersFallBack() {
        List<RawSample> rows = List.of(
                row(1).setStepId(1).setStepTimeS(10).setStepChargeAh(0.01).build(),
                row(2).setStepId(1).setStepTimeS(20).setStepChargeAh(0.02).build(),
                row(3).setStepId(1).setStepTimeS(10).setStepChargeAh(0.01).build());
        Collected out = Collected.of(rows);
        assertThat(out.samples).extracting(Sample::getStepCount).containsExactly(1, 1, 2);
        assertThat(out.samples).extracting(Sample::getTestTimeS).containsExactly(10.0, 20.0, 30.0);
    }

    @ParameterizedTest
    @CsvSource({
        "cc, CC_CHARGE",
        "dc, CC_DISCHARGE",
        "cv, CV_CHARGE",
        "dv, CV_DISCHARGE",
        "cccv, CCCV_CHARGE",
        "cccd, CCCV_DISCHARGE",
        "pcccv, CCCV_CHARGE",
        "cp, CONSTANT_POWER",
        "dp, CONSTANT_POWER",
        "cr, CONSTANT_RESISTANCE",
        "dr, CONSTANT_RESISTANCE",
        "rest, REST",
        "pause, PAUSE",
        "sim, PROFILE",
        "control, CONTROL",
        "pulse, PULSE",
        "end, END",
        "CC Chg, CC_CHARGE",
        "CCCV_DChg, CCCV_DISCHARGE"
    })
    void testersWordsAreUnderstood(String word, String type) {
        Collected out = Collected.of(List.of(row(1).setStepType(word).build()));
        assertThat(out.samples.get(0).getStepType()).isEqualTo(StepType.valueOf("STEP_TYPE_" + type));
    }

    @Test
    void withoutWordsTheCurrentTellsStepsAndCycles() {
        List<RawSample> rows = new ArrayList<>();
        double[][] currentAndVoltage = {
            {0, 3.5},
            {5, 3.8},
            {5, 4.0},
            {5, 4.2},
            {4, 4.2},
            {2, 4.2},
            {0.005, 4.19},
            {-5, 4.0},
            {-5, 3.4},
            {0, 3.5},
            {5, 3.8}
        };
        for (int i = 0; i < currentAndVoltage.length; i++) {
            rows.add(timed(i + 1, 10 * i, currentAndVoltage[i][0], currentAndVoltage[i][1]));
        }
        Collected out = Collected.of(rows);
        assertThat(out.samples).extracting(Sample::getStepCount).containsExactly(1, 2, 2, 2, 3, 3, 4, 5, 5, 6, 7);
        assertThat(out.samples)
                .extracting(sample -> sample.getStepType().name().substring("STEP_TYPE_".length()))
                .containsExactly(
                        "REST",
                        "CC_CHARGE",
                        "CC_CHARGE",
                        "CC_CHARGE",
                        "CV_CHARGE",
                        "CV_CHARGE",
                        "REST",
                        "CC_DISCHARGE",
                        "CC_DISCHARGE",
                        "REST",
                        "CC_CHARGE");
        assertThat(out.samples).extracting(Sample::getCycleCount).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2);
    }

    @Test
    void netChargeFollowsTheTestersCountersThroughChargeAndDischarge() {
        Collected out = Collected.of(Rows.cycles(1, 10));
        double chargedAh = 5 * 100 / 3_600.0;
        assertThat(out.samples.get(9).getNetChargeAh()).isCloseTo(chargedAh, offset(1e-12));
        assertThat(out.samples.get(19).getNetChargeAh()).isCloseTo(chargedAh, offset(1e-12));
        assertThat(out.samples.get(39).getNetChargeAh()).isCloseTo(0, offset(1e-12));
    }

    @Test
    void aCounterThatDisagreesWithTheCurrentIsFlaggedAndOneThatAgreesIsNot() {
        List<RawSample> wrong = new ArrayList<>();
        for (RawSample row : Rows.cycles(1, 30)) {
            wrong.add(
                    row.toBuilder().setStepChargeAh(1.1 * row.getStepChargeAh()).build());
        }
        // 10 % of 1 C leaves the tolerance of 0.1 % of capacity + 2 % after 50 s
        assertThat(Collected.of(wrong).flagged(QualityFlag.QUALITY_FLAG_CHARGE_DISAGREES))
                .contains(10L, 30L, 70L)
                .doesNotContain(1L, 31L, 45L);
        assertThat(Collected.of(Rows.cycles(1, 30)).flagged(QualityFlag.QUALITY_FLAG_CHARGE_DISAGREES))
                .isEmpty();
    }

    @Test
    void unitsGoneWrongAreRefusedWithAHint() {
        Collected milli = Collected.of(List.of(timed(1, 1, 0, 3_700), timed(2, 2, 5_000, 3.7)));
        assertThat(milli.codes()).containsExactly("voltage-out-of-range", "current-implausible");
        assertThat(milli.faults.get(0).reason()).contains("looks like millivolts");
        assertThat(milli.faults.get(1).reason()).contains("may be milliamperes");
    }

    @Test
    void aSensorsSentinelIsDroppedWithAFlagAndTheSampleStays() {
        RawSample row = timed(1, 1, 0, 3.7).toBuilder()
                .addTemperatures(temperature("cell", -2501))
                .addTemperatures(temperature("ambient", 25))
                .build();
        Collected out = Collected.of(List.of(row));
        assertThat(out.flagged(QualityFlag.QUALITY_FLAG_TEMPERATURE_DROPPED)).containsExactly(1L);
        assertThat(out.samples.get(0).hasCellTemperatureDegc()).isFalse();
        assertThat(out.samples.get(0).getAmbientTemperatureDegc()).isEqualTo(25);
    }

    @Test
    void theHourThatComesTwiceInAutumnIsToldApartByTheElapsedTime() {
        List<RawSample> rows = List.of(
                at(1, 0, "2025-10-26 01:30:00"),
                at(2, 3_600, "2025-10-26 02:30:00"),
                at(3, 7_200, "2025-10-26 02:30:00"),
                at(4, 10_800, "2025-10-26 03:30:00"));
        Collected out = Collected.of(rows);
        double first = 1_761_435_000; // 2025-10-25T23:30:00Z
        assertThat(out.samples)
                .extracting(Sample::getUnixTimeS)
                .containsExactly(first, first + 3_600, first + 7_200, first + 10_800);
        assertThat(out.flagged(QualityFlag.QUALITY_FLAG_CLOCK_DISAGREES)).isEmpty();
    }

    @Test
    void aWallClockThatJumpsOrCannotBeReadIsFlagged() {
        List<RawSample> rows = List.of(
                at(1, 0, "2026-03-02 10:00:00"),
                at(2, 10, "2026-03-02 09:00:10"),
                at(3, 20, "yesterday"),
                at(4, 30, "2026-03-02T09:00:30.5"));
        Collected out = Collected.of(rows);
        assertThat(out.flagged(QualityFlag.QUALITY_FLAG_CLOCK_DISAGREES)).containsExactly(2L, 3L);
        assertThat(out.samples.get(2).hasUnixTimeS()).isFalse();
        assertThat(out.samples.get(3).getUnixTimeS() % 1).isEqualTo(0.5);
    }

    private static RawSample.Builder row(long sequence) {
        return RawSample.newBuilder()
                .setSequence(sequence)
                .setStepTimeS(10.0 * sequence)
                .setVoltageV(3.7)
                .setCurrentA(0);
    }

    private static RawSample timed(long sequence, double testTimeS, double currentA, double voltageV) {
        return RawSample.newBuilder()
                .setSequence(sequence)
                .setTestTimeS(testTimeS)
                .setCurrentA(currentA)
                .setVoltageV(voltageV)
                .build();
    }

    private static RawSample at(long sequence, double testTimeS, String wallTime) {
        return timed(sequence, testTimeS, 0, 3.7).toBuilder()
                .setWallTime(wallTime)
                .build();
    }

    private static Temperature temperature(String sensor, double degC) {
        return Temperature.newBuilder().setSensor(sensor).setValueDegc(degC).build();
    }

    private static List<Double> multiplesOfTen(int count) {
        List<Double> values = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            values.add(10.0 * i);
        }
        return values;
    }
}
