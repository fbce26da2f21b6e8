package io.pouchtwin.twin.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A full-order cell whose lithium runs out in one of its first discharges, and the twin that believed in much more. */
class LithiumExhaustionTest {
    private static final String DESIGN = "pouch-5c-ncm523-ppla";
    private static final double START_SOC = 0.3;
    private static final int CYCLES = 8;
    private static final List<TwinState> STATES = new ArrayList<>();
    private static final List<Truth> TRUTHS = new ArrayList<>();
    private static int restarts;

    @BeforeAll
    static void cycleTheCell() {
        DrawnCell drawn = DrawnCell.draw(DESIGN, 104);
        double milliampHourPerCm2 = PhysicalConstants.FARADAY_C_PER_MOL / 3.6e4;
        CellOnBench before = new CellOnBench(drawn.withLost(0), CellOnBench.FINE, START_SOC, 4);
        Truth[] first = new Truth[2];
        before.cycle(new Protocol(1, 1, 900, 30), (sample, truth) -> {
            first[0] = first[0] == null ? truth : first[0];
            first[1] = truth;
        });
        double capacity = first[0].capacityAh() * 1e3 / (drawn.parameters().areaM2() * 1e4);
        // Enough for two discharges as deep as the cell goes by itself; each cycle costs a percent of its charge.
        double enough = (first[0].soc() - first[1].soc() + 0.01) * capacity;
        double full = first[0].inventoryMilliampHourPerCm2();
        CellOnBench bench =
                new CellOnBench(drawn.withLost((full - enough) / milliampHourPerCm2), CellOnBench.FINE, START_SOC, 4);
        CellTwin twin = EstimationCase.twin(ReducedCellModels.shipped(), DESIGN, "runs-out");
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            bench.cycle(new Protocol(1, 1, 900, 30), (sample, truth) -> take(twin, sample, truth));
        }
    }

    private static void take(CellTwin twin, Sample sample, Truth truth) {
        TwinOutcome.Advanced outcome = (TwinOutcome.Advanced) twin.accept("run", sample);
        restarts += outcome.restarted() == TwinOutcome.Restart.DIVERGED ? 1 : 0;
        STATES.add(outcome.state());
        TRUTHS.add(truth);
    }

    private static int lastOfCycle(int cycle) {
        int last = 0;
        for (int k = 0; k < STATES.size(); k++) {
            last = STATES.get(k).getCycleCount() == cycle ? k : last;
        }
        return last;
    }

    @Test
    void theCellRunsOut() {
        assertThat(TRUTHS.get(lastOfCycle(CYCLES)).soc())
                .isGreaterThan(TRUTHS.get(lastOfCycle(1)).soc() + 0.01);
    }

    @Test
    void whileThereIsLithiumTheIntervalCoversWhatIsLeft() {
        TwinState state = STATES.get(lastOfCycle(1));
        double truth = TRUTHS.get(lastOfCycle(1)).inventoryMilliampHourPerCm2();
        assertThat(state.getLithiumInventoryMahCm2().getSigma()).isGreaterThan(0.3);
        assertThat(Math.abs(state.getLithiumInventoryMahCm2().getValue() - truth))
                .isLessThan(2.5 * state.getLithiumInventoryMahCm2().getSigma());
    }

    @Test
    void afterItRanOutTheTwinKnowsWhatIsLeft() {
        TwinState state = STATES.get(lastOfCycle(CYCLES));
        double truth = TRUTHS.get(lastOfCycle(CYCLES)).inventoryMilliampHourPerCm2();
        assertThat(state.getLithiumInventoryMahCm2().getValue()).isCloseTo(truth, within(0.05));
        assertThat(state.getLithiumInventoryMahCm2().getSigma()).isLessThan(0.1);
    }

    @Test
    void itIsNotMistakenForALossOfTheCathode() {
        TwinState state = STATES.get(lastOfCycle(CYCLES));
        double truth = TRUTHS.get(lastOfCycle(CYCLES)).capacityAh();
        assertThat(state.getCapacityAh().getValue()).isCloseTo(truth, within(0.01 * truth));
        assertThat(state.getSoc().getValue())
                .isCloseTo(TRUTHS.get(lastOfCycle(CYCLES)).soc(), within(0.01));
    }

    @Test
    void theTwinNeitherStartsAnewNorLosesItsTrust() {
        assertThat(restarts).isZero();
        assertThat(STATES.get(lastOfCycle(CYCLES)).getTrust()).isEqualTo(TrustState.TRUST_STATE_TRUSTED);
    }
}
