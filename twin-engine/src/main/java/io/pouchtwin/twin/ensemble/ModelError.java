package io.pouchtwin.twin.ensemble;

/**
 * What the reduced model's voltage is off by, as a stochastic process that each member carries: an offset with
 * stationary standard deviation s(i) that forgets itself with time, with charge moved (the error depends on the state of
 * charge) and with changes of current (it depends on the current). Between samples it decays by phi and is refreshed so
 * that its variance stays that of s.
 *
 * <pre>
 *   phi = exp(-(dt / 3600 s + |dq| / (0.1 Q) + |di| / i_1C))
 *   s^2 = s_0^2 + (s_1 |i| / i_1C)^2
 * </pre>
 *
 * @param restSigmaV s_0: at rest, sensor offset and open-circuit curve [V]
 * @param perCRateSigmaV s_1: what each multiple of 1 C adds [V]
 */
record ModelError(double restSigmaV, double perCRateSigmaV) {
    private static final double MEMORY_S = 3600;
    private static final double MEMORY_CHARGE_SHARE = 0.1;

    /** Stationary standard deviation under a current [V]. */
    double sigmaV(double cRate) {
        return Math.sqrt(restSigmaV * restSigmaV + perCRateSigmaV * perCRateSigmaV * cRate * cRate);
    }

    /** Exponent of the decay over an interval. */
    static double forgetting(double lengthS, double chargeShare, double changeOfCRate) {
        return lengthS / MEMORY_S + Math.abs(chargeShare) / MEMORY_CHARGE_SHARE + Math.abs(changeOfCRate);
    }
}
