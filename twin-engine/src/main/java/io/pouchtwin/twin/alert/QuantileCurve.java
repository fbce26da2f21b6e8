package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Quantiles;

/** A distribution that is known at 5, 25, 50, 75 and 95 %, straight between. */
final class QuantileCurve {
    private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95};

    private QuantileCurve() {}

    /** Probability that the quantity is below a value; 0 below the lowest quantile, 1 above the highest. */
    static double probabilityBelow(Quantiles quantiles, double value) {
        double[] at = {
            quantiles.getP05(), quantiles.getP25(), quantiles.getP50(), quantiles.getP75(), quantiles.getP95()
        };
        if (value < at[0]) {
            return 0;
        }
        for (int i = 1; i < at.length; i++) {
            if (value < at[i]) {
                double part = (value - at[i - 1]) / (at[i] - at[i - 1]);
                return SHARES[i - 1] + part * (SHARES[i] - SHARES[i - 1]);
            }
        }
        return 1;
    }
}
