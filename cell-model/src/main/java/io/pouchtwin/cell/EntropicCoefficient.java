package io.pouchtwin.cell;

import io.pouchtwin.cell.math.Elementary;

/**
 * Entropic coefficient dU/dT(x) = sum_k a_k exp(-(x - c_k)^2 / w_k) [V/K]; an empty sum is zero.
 *
 * <p>The form of ORegan et al. 2022. The open-circuit voltage at T is U(x) + (T - T_ref) dU/dT(x).
 */
public final class EntropicCoefficient {
    private final double[] a;
    private final double[] c;
    private final double[] w;

    /** a_k [V/K], c_k and w_k dimensionless. */
    public EntropicCoefficient(double[] a, double[] c, double[] w) {
        this.a = a.clone();
        this.c = c.clone();
        this.w = w.clone();
    }

    /** No entropy change. */
    public static EntropicCoefficient zero() {
        return new EntropicCoefficient(new double[0], new double[0], new double[0]);
    }

    /** dU/dT at a stoichiometry [V/K]. */
    public double at(double x) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * Elementary.exp(-(x - c[k]) * (x - c[k]) / w[k]);
        }
        return sum;
    }

    /** d2U/dTdx at a stoichiometry [V/K]. */
    public double slope(double x) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum -= a[k] * Elementary.exp(-(x - c[k]) * (x - c[k]) / w[k]) * 2 * (x - c[k]) / w[k];
        }
        return sum;
    }

    /** True if the coefficient is zero everywhere. */
    public boolean isZero() {
        return a.length == 0;
    }
}
