package io.pouchtwin.cell.risk;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;

/**
 * Current density at which the salt at the lithium is used up: of a dilute binary salt in a membrane,
 *
 * <pre>i_lim = 4 t+ sigma R T / (F L)</pre>
 *
 * <p>independent of the concentration. 119 mA/cm2 for PPLA: this is not the membrane's weak point, and the number says so.
 *
 * @see "Chazalviel, Phys. Rev. A 42 (1990) 7355, for the meaning of the limit"
 */
public final class LimitingCurrent {
    private LimitingCurrent() {}

    /** The limit [A/m2] of a cell's membrane. */
    public static double of(CellParameters cell, double temperatureK) {
        CellParameters.Electrolyte electrolyte = cell.electrolyte();
        double sigma = electrolyte.transport().conductivity(electrolyte.concentrationMolPerM3(), temperatureK)
                * cell.membrane().transportEfficiency();
        return of(electrolyte.transference(), sigma, cell.membrane().thicknessM(), temperatureK);
    }

    /** The limit [A/m2]. */
    public static double of(double transference, double conductivitySPerM, double thicknessM, double temperatureK) {
        return 4 * transference * conductivitySPerM * PhysicalConstants.thermalVoltage(temperatureK) / thicknessM;
    }
}
