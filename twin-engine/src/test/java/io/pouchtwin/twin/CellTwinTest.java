package io.pouchtwin.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinSnapshot;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.TwinOutcome.Restart;
import io.pouchtwin.twin.ensemble.CellDesign;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTwinTest {
    private static final CellDesign DESIGN = new CellDesign("straight-line", 100, 1);

    @Test
    void findsTheStateAndTheResistanceOfTheCell() {
        List<TwinState> states = states(twin("a"), Samples.run(1, 400, 0.08));
        TwinState last = states.get(states.size() - 1);
        assertThat(last.getFilmResistanceOhmCm2().getValue() / 1e4).isCloseTo(0.08, within(0.002));
        assertThat(last.getTrust()).isEqualTo(TrustState.TRUST_STATE_TRUSTED);
        assertThat(last.getSoc().getSigma()).isLessThan(0.01);
        assertThat(states.subList(100, 400))
                .allSatisfy(
                        state -> assertThat(Math.abs(state.getInnovationV())).isLessThan(5e-3));
    }

    @Test
    void itsUncertaintyIsThatOfItsInnovations() {
        double sum = 0;
        List<TwinState> states = states(twin("a"), Samples.run(5, 2000, 0.08));
        for (TwinState state : states.subList(200, 2000)) {
            sum += state.getNormalisedInnovationSquared();
        }
        assertThat(sum / 1800).isBetween(0.7, 1.3);
    }

    @Test
    void predictsBeforeItSees() {
        List<Sample> samples = Samples.run(1, 120, 0.05);
        for (int k : new int[] {0, 1, 39, 40, 41, 100}) {
            List<Sample> disturbed = new ArrayList<>(samples);
            disturbed.set(
                    k,
                    samples.get(k).toBuilder()
                            .setVoltageV(3.9)
                            .setCellTemperatureDegc(31)
                            .build());
            TwinState as = states(twin("a"), samples).get(k);
            TwinState would = states(twin("a"), disturbed).get(k);
            assertThat(would.getVoltagePredictedV()).isEqualTo(as.getVoltagePredictedV());
            assertThat(would.getTemperaturePredictedDegc().getValue())
                    .as("first temperature is where the model starts")
                    .matches(
                            t -> k == 0 || t == as.getTemperaturePredictedDegc().getValue());
            assertThat(would.getInnovationV()).isNotEqualTo(as.getInnovationV());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40, 41, 150, 299})
    void restoredFromASnapshotAtAnySampleItGoesOnToTheBit(int at) throws SnapshotRefusedException {
        List<Sample> samples = Samples.run(3, 300, 0.06);
        CellTwin undisturbed = twin("b");
        List<TwinState> expected = states(undisturbed, samples);

        CellTwin before = twin("b");
        List<TwinState> found = new ArrayList<>(states(before, samples.subList(0, at)));
        byte[] kept = before.snapshot().toByteArray();
        CellTwin after = CellTwin.restore(parse(kept), new StraightLineCell(DESIGN), TwinSettings.standard());
        found.addAll(states(after, samples.subList(at, 300)));

        assertThat(found).isEqualTo(expected);
        assertThat(after.snapshot().toByteArray())
                .isEqualTo(undisturbed.snapshot().toByteArray());
    }

    @Test
    void refusesWhatItCannotUseAndStaysAsItWas() {
        List<Sample> samples = Samples.run(3, 60, 0.06);
        CellTwin twin = twin("c");
        states(twin, samples);
        byte[] before = twin.snapshot().toByteArray();
        Sample next = samples.get(59).toBuilder().setSequence(61).build();
        assertThat(code(twin, next.toBuilder().setVoltageV(Double.NaN))).isEqualTo("not-finite");
        assertThat(code(twin, next.toBuilder().setCurrentA(Double.POSITIVE_INFINITY)))
                .isEqualTo("not-finite");
        assertThat(code(twin, next.toBuilder().setTestTimeS(Double.NaN))).isEqualTo("not-finite");
        assertThat(code(twin, next.toBuilder().setNetChargeAh(Double.NaN))).isEqualTo("not-finite");
        assertThat(code(twin, next.toBuilder().setTestTimeS(1))).isEqualTo("time-backwards");
        assertThat(code(twin, next.toBuilder().setSequence(60))).isEqualTo("already-seen");
        assertThat(code(twin, next.toBuilder().setCurrentA(101))).isEqualTo("current-implausible");
        assertThat(code(twin, next.toBuilder().setVoltageV(3700))).isEqualTo("voltage-out-of-range");
        assertThat(twin.snapshot().toByteArray()).isEqualTo(before);
    }

    @Test
    void twoSamplesWithOneTimeStampBothCountAndTheChargeIsCarriedOver() {
        List<Sample> samples = new ArrayList<>(Samples.run(3, 60, 0.06));
        Sample at = samples.get(50);
        samples.set(
                51,
                samples.get(51).toBuilder()
                        .setTestTimeS(at.getTestTimeS())
                        .setNetChargeAh(at.getNetChargeAh() + 1e-4)
                        .build());
        assertThat(states(twin("d"), samples))
                .hasSize(60)
                .allSatisfy(state ->
                        assertThat(Double.isFinite(state.getSoc().getValue())).isTrue());
    }

    @Test
    void aNewRunKeepsWhatWasLearntOfTheCell() {
        CellTwin twin = twin("e");
        List<TwinState> first = states(twin, Samples.run(3, 400, 0.11));
        TwinOutcome outcome = twin.accept("run-2", Samples.run(4, 1, 0.11).get(0));
        assertThat(outcome).isInstanceOf(TwinOutcome.Advanced.class);
        TwinOutcome.Advanced advanced = (TwinOutcome.Advanced) outcome;
        assertThat(advanced.restarted()).isEqualTo(Restart.NEW_RUN);
        assertThat(advanced.state().getFilmResistanceOhmCm2())
                .isEqualTo(first.get(399).getFilmResistanceOhmCm2());
        assertThat(advanced.state().getTrust()).isEqualTo(TrustState.TRUST_STATE_CONVERGING);
    }

    @Test
    void saysThatItDivergedThenBeginsAnew() {
        List<Sample> samples = new ArrayList<>(Samples.run(3, 200, 0.06));
        double time = samples.get(199).getTestTimeS();
        // Voltage jumps about as no cell's can.
        for (int k = 200; k < 500; k++) {
            samples.add(samples.get(199).toBuilder()
                    .setSequence(k + 1)
                    .setTestTimeS(time + 2 * (k - 199))
                    .setVoltageV(k % 2 == 0 ? 4.4 : 2.6)
                    .build());
        }
        CellTwin twin = twin("f");
        List<TwinOutcome.Advanced> all = outcomes(twin, samples);
        assertThat(all.subList(50, 200)).allMatch(o -> o.state().getTrust() != TrustState.TRUST_STATE_DIVERGED);
        assertThat(all.subList(200, 500))
                .anyMatch(o -> o.state().getTrust() == TrustState.TRUST_STATE_DIVERGED)
                .anyMatch(o -> o.restarted() == Restart.DIVERGED);
    }

    @Test
    void aSnapshotThatDoesNotFitIsRefusedWithTheReason() {
        CellTwin twin = twin("g");
        states(twin, Samples.run(3, 10, 0.06));
        TwinSnapshot snapshot = twin.snapshot();
        assertRefused(snapshot.toBuilder().setVersion(99), "version is 99, expected 8");
        assertRefused(snapshot.toBuilder().setParameterDigest("2"), "parameter_digest is 2, expected 1");
        assertRefused(snapshot.toBuilder().setLayout("other"), "layout is other");
        assertRefused(snapshot.toBuilder().setAreaCm2(7), "design is");
        assertRefused(snapshot.toBuilder().clearEnsemble(), "ensemble is 0 bytes");
    }

    private static void assertRefused(TwinSnapshot.Builder snapshot, String message) {
        assertThatThrownBy(
                        () -> CellTwin.restore(snapshot.build(), new StraightLineCell(DESIGN), TwinSettings.standard()))
                .isInstanceOf(SnapshotRefusedException.class)
                .hasMessageContaining(message);
    }

    private static String code(CellTwin twin, Sample.Builder sample) {
        return ((TwinOutcome.Refused) twin.accept(Samples.RUN, sample.build())).code();
    }

    private static CellTwin twin(String cell) {
        return CellTwin.begin(cell, new StraightLineCell(DESIGN), TwinSettings.standard());
    }

    private static List<TwinState> states(CellTwin twin, List<Sample> samples) {
        return outcomes(twin, samples).stream().map(TwinOutcome.Advanced::state).toList();
    }

    private static List<TwinOutcome.Advanced> outcomes(CellTwin twin, List<Sample> samples) {
        List<TwinOutcome.Advanced> outcomes = new ArrayList<>();
        for (Sample sample : samples) {
            outcomes.add((TwinOutcome.Advanced) twin.accept(Samples.RUN, sample));
        }
        return outcomes;
    }

    private static TwinSnapshot parse(byte[] bytes) {
        try {
            return TwinSnapshot.parseFrom(bytes);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
