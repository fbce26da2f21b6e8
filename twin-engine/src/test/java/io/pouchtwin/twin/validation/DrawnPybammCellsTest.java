package io.pouchtwin.twin.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.validation.DrawnReference;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import org.junit.jupiter.api.Test;

/** The twin on a cell that another program made. */
class DrawnPybammCellsTest {
    @Test
    void theTwinFindsChargeAndCapacityOfADrawnCellOfPybamm() {
        DrawnReference reference = DrawnReference.load("coin-ncm523-ppla-03");
        CellTwin twin = EstimationCase.twin(
                ReducedCellModels.shipped(), reference.parameters().design(), "drawn-3");
        double[] worstSoc = {0};
        double[] worstCapacity = {0};
        new PybammBench(reference).run((sample, truth) -> {
            TwinState state = ((TwinOutcome.Advanced) twin.accept("drawn", sample)).state();
            if (sample.getCycleCount() > 3) {
                worstSoc[0] = Math.max(worstSoc[0], Math.abs(state.getSoc().getValue() - truth.soc()));
                worstCapacity[0] = Math.max(
                        worstCapacity[0], Math.abs(state.getCapacityAh().getValue() / truth.capacityAh() - 1));
            }
        });
        assertThat(worstSoc[0]).isLessThan(0.02);
        assertThat(worstCapacity[0]).isLessThan(0.01);
    }
}
