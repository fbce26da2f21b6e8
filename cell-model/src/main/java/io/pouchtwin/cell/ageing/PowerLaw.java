package io.pouchtwin.cell.ageing;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.math.Elementary;

/** (x / reference)^exponent and Arrhenius factors with the same bits on every JDK. */
final class PowerLaw {
    /** Temperature at which all rate constants of ageing are given [K]. */
    static final double REFERENCE_K = 298.15;

    private PowerLaw() {}

    /** (x / reference)^exponent for x of zero or more; zero to the power zero is one. */
    static double of(double x, double reference, double exponent) {
        if (exponent == 0) {
            return 1;
        }
        return x <= 0 ? 0 : Elementary.exp(exponent * Elementary.log(x / reference));
    }

    /** exp[Ea/R (1/298.15 K - 1/T)]. */
    static double activated(double activationEnergyJPerMol, double temperatureK) {
        return Elementary.exp(
                activationEnergyJPerMol / PhysicalConstants.GAS_J_PER_MOL_K * (1 / REFERENCE_K - 1 / temperatureK));
    }
}
