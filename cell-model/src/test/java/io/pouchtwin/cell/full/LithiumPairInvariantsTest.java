package io.pouchtwin.cell.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.ButlerVolmer;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import net.jqwik.api.Example;

class LithiumPairInvariantsTest extends CellInvariants {
    private static final CellParameters PAIR = ParameterLibrary.shipped().cell("symmetric-li-ppla");
    private static final CellParameters COPPER = ParameterLibrary.shipped().cell("licu-ppla");

    @Override
    SimulatedCell cell() {
        return LithiumPairCell.fresh(PAIR, Mesh.REFERENCE);
    }

    @Override
    double allLithium(SimulatedCell cell) {
        return cell.lithiumInventoryMolPerM2()
                + cell.lostLithiumMolPerM2()
                + ((LithiumPairCell) cell).workingInventoryMolPerM2();
    }

    @Override
    double salt(SimulatedCell cell) {
        return ((LithiumPairCell) cell).relativeSalt();
    }

    @Example
    void theVoltageAtTheCriticalCurrentIsKineticsAndOhms() {
        double density = 21.1;
        StepReport report = cell().advance(new Drive.Current(density * PAIR.areaM2()), 0, Limits.NONE);

        double ohms = 2 * PAIR.lithium().filmResistanceOhmM2()
                + PAIR.contactResistanceOhmM2()
                + PAIR.membrane().thicknessM() / PAIR.electrolyte().transport().conductivity(1000, 298.15);
        assertThat(report.voltageV())
                .isCloseTo(2 * ButlerVolmer.overpotential(density, 2.3, 298.15) + density * ohms, within(1e-4));
    }

    @Example
    void copperGivesBackTheEfficiencyOfWhatWasPlated() {
        LithiumPairCell cell = LithiumPairCell.fresh(COPPER, Mesh.REFERENCE);
        double ampere = 5 * COPPER.areaM2();

        StepReport plated = cell.advance(new Drive.Current(-ampere), 3600, Limits.NONE);
        StepReport stripped = cell.advance(new Drive.Current(ampere), 7200, Limits.NONE);

        assertThat(plated.voltageV()).isNegative();
        assertThat(stripped.stop()).isEqualTo(Stop.LITHIUM_EXHAUSTED);
        assertThat(stripped.chargeC() / -plated.chargeC()).isCloseTo(0.9519, within(1e-9));
    }

    @Example
    void bareCopperHasNothingToStrip() {
        LithiumPairCell cell = LithiumPairCell.fresh(COPPER, Mesh.REFERENCE);

        assertThat(cell.advance(new Drive.Current(1e-4), 10, Limits.NONE).stop())
                .isEqualTo(Stop.LITHIUM_EXHAUSTED);
    }
}
