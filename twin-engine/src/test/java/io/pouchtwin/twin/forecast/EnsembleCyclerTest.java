package io.pouchtwin.twin.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EnsembleCyclerTest {
    private static final CellParameters CELL = ParameterLibrary.shipped().cell("pouch-5c-ncm523-ppla");
    private static final double FIVE_C = 5 * CELL.oneCAmpere();
    private static final double ROOM_K = 298.15;
    private static final double OHM_M2 = 2e-3;
    /** More discharges than a foil could give without a charge between them. */
    private static final int DISCHARGES = 12;

    private static double discharge(EnsembleCycler cycler, double holdUntilA) {
        cycler.resolve(Map.of(), OHM_M2, 1, new Programme(FIVE_C, FIVE_C, 4.4, 2.8, holdUntilA, ROOM_K, 600), ROOM_K);
        return cycler.dischargeC[0];
    }

    @Test
    void whatACycleGivesDoesNotDependOnHowManyWereResolvedBefore() {
        EnsembleCycler used = new EnsembleCycler(CapacityResponse.coarse(CELL), 2);
        for (int k = 1; k < DISCHARGES; k++) {
            discharge(used, 0.05 * FIVE_C);
        }
        double fresh = discharge(new EnsembleCycler(CapacityResponse.coarse(CELL), 2), 0.05 * FIVE_C);

        assertThat(fresh).isGreaterThan(0.5 * CELL.nominalCapacityC());
        assertThat(discharge(used, 0.05 * FIVE_C)).isCloseTo(fresh, Offset.offset(1e-9 * fresh));
    }
}
