package io.pouchtwin.twin.ensemble;

/**
 * What the reduced model's voltage is off by, as each member carries it: e = s_r j u_r + s(j) u, with j the current
 * density and u_r, u standard normal over the members.
 *
 * <p>The first part lasts: a resistance that the model does not have. The second forgets itself slowly with time and
 * charge (the error depends on the state of charge) and at once where the current changes (it depends on the current).
 * Between samples u decays by phi and is refreshed so that its variance stays 1.
 *
 * <pre>
 *   phi = exp(-(dt / 4 h + |dq| / Q + |di| / (5 i_1C)))
 *   s^2 = s_0^2 + (s_1 j)^2 + (s_x dU/dx)^2
 * </pre>
 *
 * @param restSigmaV s_0: at rest, sensor offset and open-circuit curve [V]
 * @param roughOhmM2 s_1: what grows with the current density [V / (A/m2)]
 * @param resistiveOhmM2 s_r: what grows with the current density and lasts [V / (A/m2)]
 * @param surfaceSigma s_x: what the stoichiometry at the particles' surface is off by [1]; it matters where U is steep
 */
record ModelError(double restSigmaV, double roughOhmM2, double resistiveOhmM2, double surfaceSigma) {
    private static final double MEMORY_S = 14_400;
    private static final double MEMORY_CHARGE_SHARE = 1;
    private static final double MEMORY_C_RATE = 5;

    /** Steeper than this the members' own spread says enough [V]. */
    private static final double STEEPEST_V = 40;

    /**
     * Standard deviation of the part that forgets itself [V].
     *
     * @param currentDensity [A/m2]
     * @param slopeV slope of the open-circuit voltage at the particles' surface [V]
     */
    double sigmaV(double currentDensity, double slopeV) {
        double byCurrent = roughOhmM2 * currentDensity;
        double bySurface = surfaceSigma * Math.min(slopeV, STEEPEST_V);
        return Math.sqrt(restSigmaV * restSigmaV + byCurrent * byCurrent + bySurface * bySurface);
    }

    /** Exponent of the decay over an interval. */
    static double forgetting(double lengthS, double chargeShare, double changeOfCRate) {
        return lengthS / MEMORY_S
                + Math.abs(chargeShare) / MEMORY_CHARGE_SHARE
                + Math.abs(changeOfCRate) / MEMORY_C_RATE;
    }
}
