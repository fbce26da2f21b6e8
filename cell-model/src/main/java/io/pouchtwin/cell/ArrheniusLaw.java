package io.pouchtwin.cell;

import io.pouchtwin.cell.math.Elementary;

/**
 * Thermally activated rate relative to a reference temperature:
 *
 * <pre>factor(T) = exp[ Ea/R (1/T_ref - 1/T) ]</pre>
 *
 * @param activationEnergyJPerMol Ea [J/mol]; 0 means no dependence
 * @param referenceK T_ref [K]
 */
public record ArrheniusLaw(double activationEnergyJPerMol, double referenceK) {
    /** The factor at a temperature [K]; 1 at the reference. */
    public double factor(double temperatureK) {
        if (activationEnergyJPerMol == 0) {
            return 1;
        }
        return Elementary.exp(
                activationEnergyJPerMol / PhysicalConstants.GAS_J_PER_MOL_K * (1 / referenceK - 1 / temperatureK));
    }
}
