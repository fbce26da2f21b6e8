package io.pouchtwin.twin.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The end of a discharge, where the voltage falls by half a volt from one row to the next. */
class CliffTest {
    private static final String DESIGN = "pouch-ncm523-ppla";

    /** Nearly out of lithium: half of all cells that the twin believes in at first would have ended before. */
    private static final long SEED = 9_000_006;

    private static final List<TwinState> STATES = new ArrayList<>();

    @BeforeAll
    static void followACell() {
        CellTwin twin = EstimationCase.twin(ReducedCellModels.shipped(), DESIGN, "cliff");
        CellOnBench bench = new CellOnBench(DrawnCell.draw(DESIGN, SEED), CellOnBench.FINE, 0.3, SEED);
        List<Sample> samples = new ArrayList<>();
        for (int cycle = 1; cycle <= 5; cycle++) {
            bench.cycle(Protocol.at(0.5), (sample, truth) -> samples.add(sample));
        }
        for (Sample sample : samples) {
            STATES.add(((TwinOutcome.Advanced) twin.accept("run", sample)).state());
        }
    }

    private static List<TwinState> discharging(int fromCycle, double lowestV, double highestV) {
        return STATES.stream()
                .filter(state -> state.getCycleCount() >= fromCycle
                        && state.getCurrentA() < -0.1
                        && state.getVoltageMeasuredV() >= lowestV
                        && state.getVoltageMeasuredV() < highestV)
                .toList();
    }

    private static double rmsInnovationV(List<TwinState> states) {
        return Math.sqrt(states.stream()
                .mapToDouble(state -> state.getInnovationV() * state.getInnovationV())
                .average()
                .orElseThrow());
    }

    @Test
    void theCliffOfADischargeIsLearntFromThoseBefore() {
        assertThat(rmsInnovationV(discharging(4, 0, 3.3))).isLessThan(0.09);
    }

    @Test
    void cellsThatWouldHaveEndedDoNotSpoilThePredictionOfOneThatGoesOn() {
        List<TwinState> plateau = discharging(2, 3.42, 4.4);
        assertThat(rmsInnovationV(plateau)).isLessThan(2e-3);
        assertThat(plateau).allMatch(state -> state.getVoltagePredictedV().getSigma() < 0.01);
    }
}
