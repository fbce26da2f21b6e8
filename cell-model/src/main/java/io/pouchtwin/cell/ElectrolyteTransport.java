package io.pouchtwin.cell;

import io.pouchtwin.cell.math.Elementary;

/**
 * Bulk conductivity kappa [S/m] and salt diffusivity D [m2/s] of a binary electrolyte as functions of salt concentration [mol/m3]
 * and temperature [K]. A layer multiplies both by its transport efficiency (porosity^Bruggeman).
 */
public sealed interface ElectrolyteTransport {
    /** kappa(c, T) [S/m]. */
    double conductivity(double concentrationMolPerM3, double temperatureK);

    /** D(c, T) [m2/s]. */
    double diffusivity(double concentrationMolPerM3, double temperatureK);

    /**
     * Independent of concentration, Arrhenius in temperature.
     *
     * @param conductivitySPerM kappa at the reference temperature
     * @param diffusivityM2PerS D at the reference temperature
     * @param arrhenius the same for both
     */
    record Constant(double conductivitySPerM, double diffusivityM2PerS, ArrheniusLaw arrhenius)
            implements ElectrolyteTransport {
        @Override
        public double conductivity(double concentrationMolPerM3, double temperatureK) {
            return conductivitySPerM * arrhenius.factor(temperatureK);
        }

        @Override
        public double diffusivity(double concentrationMolPerM3, double temperatureK) {
            return diffusivityM2PerS * arrhenius.factor(temperatureK);
        }

        /**
         * Salt diffusivity of an ideal dilute binary salt from its conductivity (Nernst and Einstein):
         * D = 2 t+ t- kappa R T / (F^2 c) [m2/s].
         */
        public static double idealDiffusivity(
                double conductivitySPerM, double transference, double concentrationMolPerM3, double temperatureK) {
            return 2
                    * transference
                    * (1 - transference)
                    * conductivitySPerM
                    * PhysicalConstants.GAS_J_PER_MOL_K
                    * temperatureK
                    / (PhysicalConstants.FARADAY_C_PER_MOL
                            * PhysicalConstants.FARADAY_C_PER_MOL
                            * concentrationMolPerM3);
        }
    }

    /** LiPF6 in carbonates, Valoen and Reimers 2005 as PyBaMM's Xu2019 set has it; c in mol/l inside. */
    record Valoen2005() implements ElectrolyteTransport {
        @Override
        public double conductivity(double concentrationMolPerM3, double temperatureK) {
            double c = concentrationMolPerM3 / 1000;
            double t = temperatureK;
            double bracket = (-10.5 + 0.0740 * t - 6.96e-5 * t * t)
                    + c * (0.668 - 0.0178 * t + 2.80e-5 * t * t)
                    + c * c * (0.494 - 8.86e-4 * t);
            return 0.1 * c * bracket * bracket;
        }

        @Override
        public double diffusivity(double concentrationMolPerM3, double temperatureK) {
            double c = concentrationMolPerM3 / 1000;
            return 1e-4 * Elementary.pow(10, -4.43 - 54 / (temperatureK - 229 - 5 * c) - 0.22 * c);
        }
    }
}
