package io.pouchtwin.cell.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import org.junit.jupiter.api.Test;

class FullOrderCellTest {
    private static final CellParameters COIN = ParameterLibrary.shipped().cell("coin-ncm523-ppla");
    private static final Mesh MESH = new Mesh(5, 10, 20);

    @Test
    void aDischargeEndsExactlyAtTheLowerCutOff() {
        FullOrderCell cell = FullOrderCell.charged(COIN, MESH);

        StepReport report = cell.advance(new Drive.Current(-COIN.oneCAmpere()), 7200, Limits.window(COIN));

        assertThat(report.stop()).isEqualTo(Stop.VOLTAGE_MIN);
        assertThat(report.voltageV()).isCloseTo(2.8, within(1e-6));
        assertThat(report.elapsedS()).isBetween(2500.0, 3600.0);
    }

    @Test
    void chargePassedIsLithiumMovedAndNoneIsLost() {
        FullOrderCell cell = FullOrderCell.charged(COIN, MESH);
        double before = cell.lithiumInventoryMolPerM2() + cell.cathodeLithiumMolPerM2();
        double cathodeBefore = cell.cathodeLithiumMolPerM2();

        StepReport report = cell.advance(new Drive.Current(-COIN.oneCAmpere()), 1800, Limits.NONE);

        double after = cell.lithiumInventoryMolPerM2() + cell.lostLithiumMolPerM2() + cell.cathodeLithiumMolPerM2();
        assertThat(after / before - 1).isCloseTo(0, within(1e-10));
        double moved =
                (cell.cathodeLithiumMolPerM2() - cathodeBefore) * PhysicalConstants.FARADAY_C_PER_MOL * COIN.areaM2();
        assertThat(moved).isCloseTo(-report.chargeC(), within(1e-10 * moved));
    }
}
