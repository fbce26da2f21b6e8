package io.pouchtwin.twin.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cell of the full-order model as testers really log it: the twin must find its state of charge and capacity all the same. */
class RealLoggingTest {
    private static final String DESIGN = "pouch-5c-ncm523-ppla";
    private static final List<Sample> SAMPLES = new ArrayList<>();
    private static final List<Truth> TRUTHS = new ArrayList<>();

    @BeforeAll
    static void cycleTheCell() {
        CellOnBench bench = new CellOnBench(DrawnCell.draw(DESIGN, 105), CellOnBench.FINE, 0.3, 5);
        CellOnBench.Log log = (sample, truth) -> {
            SAMPLES.add(sample);
            TRUTHS.add(truth);
        };
        bench.checkUp(900, log);
        bench.cycle(new Protocol(1, 1, 900, 30), log);
        bench.cycle(new Protocol(1, 1, 900, 30), log);
    }

    @Test
    void intervalsFromTenMillisecondsToTenMinutes() {
        List<Sample> kept = new ArrayList<>();
        double last = Double.NEGATIVE_INFINITY;
        int step = 0;
        double shortest = Double.POSITIVE_INFINITY;
        for (Sample sample : SAMPLES) {
            // After the check-up with its 10 ms readings: ten minutes between rows, and a row where a step begins.
            boolean keep =
                    sample.getCycleCount() == 1 || sample.getStepCount() != step || sample.getTestTimeS() - last >= 600;
            if (keep) {
                shortest = Math.min(shortest, sample.getTestTimeS() - last);
                kept.add(sample);
                last = sample.getTestTimeS();
                step = sample.getStepCount();
            }
        }
        assertThat(shortest).isLessThanOrEqualTo(0.011);
        findsTheCell(kept, 0.02);
    }

    @Test
    void noTemperature() {
        findsTheCell(
                changed(sample -> sample.toBuilder().clearCellTemperatureDegc().build()), 0.01);
    }

    @Test
    void noCounterOfCharge() {
        findsTheCell(changed(sample -> sample.toBuilder().clearNetChargeAh().build()), 0.02);
    }

    @Test
    void aVoltageSensorThatIsOffByAMillivolt() {
        findsTheCell(
                changed(sample -> sample.toBuilder()
                        .setVoltageV(sample.getVoltageV() + 1e-3)
                        .build()),
                0.01);
    }

    @Test
    void aVoltageThatIsReadInStepsOfAMillivolt() {
        findsTheCell(
                changed(sample -> sample.toBuilder()
                        .setVoltageV(Math.rint(sample.getVoltageV() * 1e3) / 1e3)
                        .build()),
                0.01);
    }

    @Test
    void twoRowsWithOneTimeStampAtEveryEdge() {
        List<Sample> doubled = new ArrayList<>();
        long sequence = 0;
        Sample before = SAMPLES.get(0);
        for (Sample sample : SAMPLES) {
            if (sample.getStepCount() != before.getStepCount()) {
                // The old step's last row once more, under the number of the new step and with its time: an event row.
                doubled.add(before.toBuilder()
                        .setSequence(++sequence)
                        .setStepCount(sample.getStepCount())
                        .setCycleCount(sample.getCycleCount())
                        .build());
            }
            doubled.add(sample.toBuilder().setSequence(++sequence).build());
            before = sample;
        }
        assertThat(doubled.size()).isGreaterThan(SAMPLES.size() + 20);
        findsTheCell(doubled, 0.01);
    }

    @Test
    void aTailAtConstantVoltageTeachesTheStateAndNotALeak() {
        CellTwin twin = EstimationCase.twin(ReducedCellModels.shipped(), DESIGN, "tail");
        int tails = 0;
        for (int k = 0; k < SAMPLES.size(); k++) {
            TwinState state = state(twin, SAMPLES.get(k));
            if (SAMPLES.get(k).getStepType() == StepType.STEP_TYPE_CV_CHARGE
                    && SAMPLES.get(k).getCycleCount() > 1) {
                tails++;
                assertThat(state.getSoc().getValue()).isCloseTo(TRUTHS.get(k).soc(), within(0.005));
            }
        }
        assertThat(tails).isGreaterThan(10);
    }

    @Test
    void aGapOfAnHourInWhichStepsChanged() {
        List<Sample> cut = new ArrayList<>();
        Sample gapBegins = SAMPLES.get(SAMPLES.size() / 2);
        boolean first = true;
        for (Sample sample : SAMPLES) {
            double since = sample.getTestTimeS() - gapBegins.getTestTimeS();
            if (since <= 0) {
                cut.add(sample.toBuilder().clearNetChargeAh().build());
            } else if (since > 3600) {
                cut.add(sample.toBuilder()
                        .clearNetChargeAh()
                        .setQualityFlags(first ? 1 : 0)
                        .build());
                first = false;
            }
        }
        assertThat(cut.size()).isLessThan(SAMPLES.size() - 50);
        findsTheCell(cut, 0.03);
    }

    private static List<Sample> changed(UnaryOperator<Sample> change) {
        return SAMPLES.stream().map(change).toList();
    }

    private static TwinState state(CellTwin twin, Sample sample) {
        return ((TwinOutcome.Advanced) twin.accept("run", sample)).state();
    }

    private static void findsTheCell(List<Sample> samples, double within) {
        CellTwin twin = EstimationCase.twin(ReducedCellModels.shipped(), DESIGN, "logged");
        TwinState last = TwinState.getDefaultInstance();
        for (Sample sample : samples) {
            last = state(twin, sample);
        }
        Truth truth = TRUTHS.get(TRUTHS.size() - 1);
        assertThat(last.getSoc().getValue()).isCloseTo(truth.soc(), within(within));
        assertThat(last.getCapacityAh().getValue()).isCloseTo(truth.capacityAh(), within(within * truth.capacityAh()));
        assertThat(last.getTrust()).isNotEqualTo(TrustState.TRUST_STATE_DIVERGED);
    }
}
