package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Estimate;

/** The central 90 % of a normal distribution. */
final class Evidence90 {
    /** Half its width, in standard deviations. */
    static final double HALF_WIDTH_SIGMAS = 1.645;

    private Evidence90() {}

    static double low(Estimate estimate) {
        return estimate.getValue() - HALF_WIDTH_SIGMAS * estimate.getSigma();
    }

    static double high(Estimate estimate) {
        return estimate.getValue() + HALF_WIDTH_SIGMAS * estimate.getSigma();
    }
}
