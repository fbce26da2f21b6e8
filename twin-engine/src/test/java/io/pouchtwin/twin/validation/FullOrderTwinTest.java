package io.pouchtwin.twin.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.SnapshotRefusedException;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.TwinSettings;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real twin on samples of a cell of the full-order model whose parameters it does not know. */
class FullOrderTwinTest {
    private static final String DESIGN = "pouch-5c-ncm523-ppla";
    private static final List<Sample> SAMPLES = new ArrayList<>();
    private static final List<Truth> TRUTHS = new ArrayList<>();

    @BeforeAll
    static void cycleTheCell() {
        CellOnBench bench = new CellOnBench(DrawnCell.draw(DESIGN, 104), CellOnBench.FINE, 0.3, 4);
        for (int cycle = 0; cycle < 2; cycle++) {
            bench.cycle(new Protocol(1, 1, 900, 30), (sample, truth) -> {
                SAMPLES.add(sample);
                TRUTHS.add(truth);
            });
        }
    }

    @Test
    void findsTheStateOfACellThatItHasNeverSeen() throws UnknownDesignException {
        List<TwinState> states = states(twin("a"), SAMPLES);
        int from = states.size() / 2;
        double squares = 0;
        for (int k = from; k < states.size(); k++) {
            TwinState state = states.get(k);
            assertThat(state.getSoc().getValue()).isCloseTo(TRUTHS.get(k).soc(), within(0.01));
            squares += state.getInnovationV() * state.getInnovationV();
        }
        TwinState last = states.get(states.size() - 1);
        assertThat(Math.sqrt(squares / (states.size() - from))).isLessThan(1e-2);
        assertThat(last.getCapacityAh().getValue())
                .isCloseTo(
                        TRUTHS.get(0).capacityAh(), within(0.01 * TRUTHS.get(0).capacityAh()));
        assertThat(last.getTrust()).isEqualTo(TrustState.TRUST_STATE_TRUSTED);
    }

    @Test
    void attachedInTheMiddleOfAChargeItFindsTheState() throws UnknownDesignException {
        int from = 60;
        List<TwinState> states = states(twin("late"), SAMPLES.subList(from, SAMPLES.size() / 2));
        TwinState last = states.get(states.size() - 1);
        assertThat(last.getSoc().getValue())
                .isCloseTo(TRUTHS.get(SAMPLES.size() / 2 - 1).soc(), within(0.02));
    }

    @Test
    void restoredFromASnapshotItGoesOnToTheBit() throws UnknownDesignException, SnapshotRefusedException {
        CellTwin undisturbed = twin("b");
        List<TwinState> expected = states(undisturbed, SAMPLES.subList(0, 300));
        for (int at : new int[] {1, 37, 150}) {
            CellTwin before = twin("b");
            List<TwinState> found = new ArrayList<>(states(before, SAMPLES.subList(0, at)));
            CellTwin after = CellTwin.restore(
                    before.snapshot(), ReducedCellModels.shipped().create(before.design()), TwinSettings.standard());
            found.addAll(states(after, SAMPLES.subList(at, 300)));
            assertThat(found).isEqualTo(expected);
            assertThat(after.snapshot()).isEqualTo(undisturbed.snapshot());
        }
    }

    @Test
    void aGapInWhichTheStepChangedUnseenIsSurvived() throws UnknownDesignException {
        List<Sample> cut = new ArrayList<>(SAMPLES.subList(0, 80));
        Sample after = SAMPLES.get(260);
        cut.add(after.toBuilder().clearNetChargeAh().setQualityFlags(1).build());
        for (Sample sample : SAMPLES.subList(261, 460)) {
            cut.add(sample.toBuilder().clearNetChargeAh().build());
        }
        List<TwinState> states = states(twin("gap"), cut);
        TwinState last = states.get(states.size() - 1);
        assertThat(last.getSoc().getValue()).isCloseTo(TRUTHS.get(459).soc(), within(0.03));
    }

    private static CellTwin twin(String cell) throws UnknownDesignException {
        ReducedCellModels models = ReducedCellModels.shipped();
        CellRegistration registration =
                CellRegistration.newBuilder().setCell(cell).setDesign(DESIGN).build();
        return CellTwin.begin(cell, models.create(models.designOf(registration)), TwinSettings.standard());
    }

    private static List<TwinState> states(CellTwin twin, List<Sample> samples) {
        List<TwinState> states = new ArrayList<>();
        for (Sample sample : samples) {
            states.add(((TwinOutcome.Advanced) twin.accept("run", sample)).state());
        }
        return states;
    }
}
