package io.pouchtwin.twin.softshort;

/**
 * What a sign exceeds its habit by, in its own unit.
 *
 * @param mean over the values since the onset
 * @param sigma standard deviation of the mean
 * @param speaksFrom mean over as many values at which the sign would speak
 */
public record Excess(double mean, double sigma, double speaksFrom) {
    /** Half the width of the central 90 % of a normal distribution, in standard deviations. */
    private static final double HALF_WIDTH_SIGMAS = 1.645;

    /** Lower end of the 90 % interval. */
    public double low() {
        return mean - HALF_WIDTH_SIGMAS * sigma;
    }

    /** Upper end. */
    public double high() {
        return mean + HALF_WIDTH_SIGMAS * sigma;
    }
}
