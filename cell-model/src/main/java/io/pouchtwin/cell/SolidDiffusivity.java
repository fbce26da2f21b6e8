package io.pouchtwin.cell;

import io.pouchtwin.cell.math.Elementary;

/**
 * Diffusivity of lithium in the cathode's particles, D(x, T) = D(x, T_ref) A(T) [m2/s], with an {@link ArrheniusLaw} A.
 *
 * <p>Laws hold x within [0, 1].
 */
public sealed interface SolidDiffusivity {
    /** D at the reference temperature [m2/s]. */
    double atReference(double stoichiometry);

    /** Temperature dependence. */
    ArrheniusLaw arrhenius();

    /** D(x, T) [m2/s]. */
    default double at(double x, double temperatureK) {
        return atReference(x) * arrhenius().factor(temperatureK);
    }

    /** The same at every stoichiometry. */
    record Constant(double referenceM2PerS, ArrheniusLaw arrhenius) implements SolidDiffusivity {
        @Override
        public double atReference(double x) {
            return referenceM2PerS;
        }
    }

    /** D = D_ref exp(-b (x - x_ref)): falls as the cathode fills. */
    record Exponential(double referenceM2PerS, double slope, double referenceStoichiometry, ArrheniusLaw arrhenius)
            implements SolidDiffusivity {
        @Override
        public double atReference(double x) {
            double held = Math.min(Math.max(x, 0), 1);
            return referenceM2PerS * Elementary.exp(-slope * (held - referenceStoichiometry));
        }
    }

    /** D = p 10^(e - sum_k a_k exp(-(x - c_k)^2 / w_k)): ORegan et al. 2022 for NMC811. */
    final class LogGaussian implements SolidDiffusivity {
        private final double prefactor;
        private final double exponent;
        private final double[] a;
        private final double[] c;
        private final double[] w;
        private final ArrheniusLaw arrhenius;

        /** Prefactor p [m2/s]; the rest dimensionless. */
        public LogGaussian(
                double prefactor, double exponent, double[] a, double[] c, double[] w, ArrheniusLaw arrhenius) {
            this.prefactor = prefactor;
            this.exponent = exponent;
            this.a = a.clone();
            this.c = c.clone();
            this.w = w.clone();
            this.arrhenius = arrhenius;
        }

        @Override
        public double atReference(double x) {
            double held = Math.min(Math.max(x, 0), 1);
            double sum = exponent;
            for (int k = 0; k < a.length; k++) {
                sum -= a[k] * Elementary.exp(-(held - c[k]) * (held - c[k]) / w[k]);
            }
            return prefactor * Elementary.exp(sum * 2.302585092994046);
        }

        @Override
        public ArrheniusLaw arrhenius() {
            return arrhenius;
        }
    }
}
