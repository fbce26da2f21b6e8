package io.pouchtwin.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Freshness;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinRestart;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.ensemble.CellDesign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What testers really log, fed through the door that everything comes through. */
class LoggingOdditiesTest {
    private static final CellDesign DESIGN = new CellDesign("straight-line", 100, 1);

    @Test
    void aVoltageThatHangsIsSaidAndNotBelieved() {
        List<Sample> samples = Samples.run(3, 200, 0.06);
        CellTwin twin = twin();
        List<TwinState> before = states(twin, samples);
        Sample last = samples.get(199);
        List<Sample> hanging = new ArrayList<>();
        for (int k = 1; k <= 60; k++) {
            hanging.add(last.toBuilder()
                    .setSequence(200 + k)
                    .setTestTimeS(last.getTestTimeS() + 30.0 * k)
                    .setCurrentA(1)
                    .clearNetChargeAh()
                    .build());
        }
        List<TwinState> states = states(twin, hanging);
        assertThat(before).allMatch(s -> s.getFreshness() != Freshness.FRESHNESS_FROZEN);
        assertThat(states.get(59).getFreshness()).isEqualTo(Freshness.FRESHNESS_FROZEN);
        double gained =
                states.get(59).getSoc().getValue() - before.get(199).getSoc().getValue();
        assertThat(gained)
                .as("half an hour at 1 C, of which the voltage knows nothing")
                .isGreaterThan(0.3);
    }

    @Test
    void whatAMeterShowsAtRestIsNoCurrent() {
        List<Sample> samples = Samples.run(3, 40, 0.06);
        List<TwinState> quiet = states(twin(), rests(samples, 0));
        List<TwinState> noisy = states(twin(), rests(samples, 2e-3));
        for (int k = 0; k < quiet.size(); k++) {
            assertThat(noisy.get(k).getVoltagePredictedV())
                    .isEqualTo(quiet.get(k).getVoltagePredictedV());
        }
        List<TwinState> misnamed = states(twin(), rests(samples, 0.5));
        assertThat(misnamed.get(59).getVoltagePredictedV())
                .as("a step that is called a rest while half of 1 C flows is none")
                .isNotEqualTo(quiet.get(59).getVoltagePredictedV());
    }

    /** The samples, and after them twenty that are called a rest, at which the meter shows a current. */
    private static List<Sample> rests(List<Sample> samples, double shownA) {
        List<Sample> all = new ArrayList<>(samples);
        Sample last = samples.get(samples.size() - 1);
        for (int k = 1; k <= 20; k++) {
            all.add(last.toBuilder()
                    .setSequence(last.getSequence() + k)
                    .setTestTimeS(last.getTestTimeS() + 30.0 * k)
                    .setStepType(StepType.STEP_TYPE_REST)
                    .setCurrentA(k % 2 == 0 ? shownA : -shownA)
                    .clearNetChargeAh()
                    .build());
        }
        return all;
    }

    @Test
    void aSampleAfterALongSilenceSaysSo() {
        List<Sample> samples = Samples.run(3, 60, 0.06);
        CellTwin twin = twin();
        states(twin, samples);
        Sample last = samples.get(59);
        Sample late = last.toBuilder()
                .setSequence(61)
                .setTestTimeS(last.getTestTimeS() + 3600)
                .setVoltageV(last.getVoltageV() + 1e-4)
                .build();
        assertThat(states(twin, List.of(late)).get(0).getFreshness()).isEqualTo(Freshness.FRESHNESS_AFTER_SILENCE);
    }

    @Test
    void samplesWithoutTemperatureCarryTheTwin() {
        List<Sample> bare = Samples.run(3, 400, 0.08).stream()
                .map(sample -> sample.toBuilder().clearCellTemperatureDegc().build())
                .toList();
        List<TwinState> states = states(twin(), bare);
        TwinState last = states.get(399);
        assertThat(last.getTrust()).isEqualTo(TrustState.TRUST_STATE_TRUSTED);
        assertThat(last.getFilmResistanceOhmCm2().getValue() / 1e4).isCloseTo(0.08, within(0.003));
    }

    @Test
    void aCoarseVoltageReadingOnlyWidensWhatIsKnown() {
        List<Sample> coarse = Samples.run(3, 400, 0.08).stream()
                .map(sample -> sample.toBuilder()
                        .setVoltageV(Math.rint(sample.getVoltageV() * 500) / 500)
                        .build())
                .toList();
        List<TwinState> states = states(twin(), coarse);
        assertThat(states.get(399).getTrust()).isEqualTo(TrustState.TRUST_STATE_TRUSTED);
        assertThat(states.get(399).getFilmResistanceOhmCm2().getValue() / 1e4).isCloseTo(0.08, within(0.01));
    }

    @Test
    void whyATwinBeganAnewStandsInItsState() {
        CellTwin twin = twin();
        List<TwinState> states = states(twin, Samples.run(3, 3, 0.06));
        assertThat(states.get(0).getRestart()).isEqualTo(TwinRestart.TWIN_RESTART_FIRST_SAMPLE);
        assertThat(states.get(1).hasRestart()).isFalse();
    }

    @Test
    void aCycleThatEndsIsSummedUpWithTheFirstSampleOfTheNext() {
        CellTwin twin = twin();
        List<TwinOutcome.Advanced> outcomes = new ArrayList<>();
        long sequence = 0;
        double time = 0;
        double net = 0;
        for (int cycle = 1; cycle <= 3; cycle++) {
            for (int step = 0; step < 4; step++) {
                double current = step == 0 ? 1 : step == 2 ? -1 : 0;
                for (int k = 0; k < 30; k++) {
                    double interval = k == 0 ? 1 : 60;
                    time += interval;
                    net += current * interval / 3600;
                    sequence++;
                    double soc = 0.2 + net;
                    double ripple = ((sequence * 7) % 5 - 2) * 1e-4;
                    Sample sample = Sample.newBuilder()
                            .setSequence(sequence)
                            .setTestTimeS(time)
                            .setVoltageV(3.0 + 1.2 * soc + 0.06 * current + ripple)
                            .setCurrentA(current)
                            .setNetChargeAh(net)
                            .setStepCount(4 * (cycle - 1) + step + 1)
                            .setCycleCount(cycle)
                            .build();
                    outcomes.add((TwinOutcome.Advanced) twin.accept(Samples.RUN, sample));
                }
            }
        }
        List<CycleEstimate> cycles = outcomes.stream()
                .map(TwinOutcome.Advanced::finished)
                .flatMap(Optional::stream)
                .toList();
        assertThat(cycles).extracting(CycleEstimate::getCycleCount).containsExactly(1, 2);
        CycleEstimate second = cycles.get(1);
        double moved = (29 * 60 + 1) / 3600.0;
        assertThat(second.getComplete()).isTrue();
        assertThat(second.getChargeAh().getValue()).isCloseTo(moved, within(1e-9));
        assertThat(second.getDischargeAh().getValue()).isCloseTo(moved, within(1e-9));
        assertThat(second.getChargeEfficiency()).isCloseTo(1, within(1e-9));
        assertThat(second.getEnergyEfficiency()).isBetween(0.9, 1.0);
        assertThat(second.getRestAfterCharge().getVoltageV()).isCloseTo(3.0 + 1.2 * (0.2 + moved), within(1e-3));
        assertThat(second.getRestAfterCharge().getLengthS()).isCloseTo(29 * 60 + 1, within(1e-6));
        assertThat(second.getResistance1S().getSteps()).isEqualTo(4);
        assertThat(second.getResistance1S().getOhmCm2().getValue()).isCloseTo(6, within(0.1));
        assertThat(second.hasResistance10Ms()).isFalse();
        assertThat(second.getFirstSequence()).isEqualTo(121);
        assertThat(second.getLastSequence()).isEqualTo(240);
    }

    private static CellTwin twin() {
        return CellTwin.begin("odd", new StraightLineCell(DESIGN), TwinSettings.standard());
    }

    private static List<TwinState> states(CellTwin twin, List<Sample> samples) {
        return samples.stream()
                .map(sample -> ((TwinOutcome.Advanced) twin.accept(Samples.RUN, sample)).state())
                .toList();
    }
}
