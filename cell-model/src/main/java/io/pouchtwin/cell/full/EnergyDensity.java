package io.pouchtwin.cell.full;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.MassVolumeBudget;
import io.pouchtwin.cell.parameters.ParameterSet;

/**
 * Energy that a new cell gives at C/5, the pouches' own rate, from a full charge to its lower cut-off, over its mass and volume.
 *
 * @param design name of the parameter set
 * @param ampereHour charge given [Ah]
 * @param wattHour energy given [Wh]
 * @param wattHourPerKg over the mass of the whole cell
 * @param wattHourPerLitre over the volume of the whole cell
 * @param budget what was counted
 */
public record EnergyDensity(
        String design,
        double ampereHour,
        double wattHour,
        double wattHourPerKg,
        double wattHourPerLitre,
        MassVolumeBudget budget) {
    private static final double RATE = 0.2;
    private static final double LONGEST_S = 10 * 3600;

    /** Discharges the full-order cell of a parameter set once. */
    public static EnergyDensity of(ParameterSet set) {
        CellParameters cell = set.toCellParameters();
        MassVolumeBudget budget = MassVolumeBudget.of(set);
        StepReport report = FullOrderCell.charged(cell, Mesh.REFERENCE)
                .advance(new Drive.Current(-RATE * cell.oneCAmpere()), LONGEST_S, Limits.window(cell));
        double joule = -report.energyJ();
        return new EnergyDensity(
                set.design(),
                -report.chargeC() / 3600,
                joule / 3600,
                budget.wattHourPerKg(joule),
                budget.wattHourPerLitre(joule),
                budget);
    }
}
