package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.reduced.MemberParameter;

/**
 * A quantity of the cell that the twin learns and that hardly changes from sample to sample. The filter moves it in the
 * coordinate z, in which the prior is standard normal: value = centre e^(sigma z) where the quantity is positive by
 * nature, centre + sigma z where it is not.
 *
 * @param target the model's parameter
 * @param centre value at z = 0, in the parameter's unit
 * @param sigma prior standard deviation: of ln(value) where logarithmic, else in the parameter's unit
 * @param logarithmic which of the two
 * @param memoryH time over which what was learnt of it fades towards the prior [h]
 */
record SlowQuantity(MemberParameter target, double centre, double sigma, boolean logarithmic, double memoryH) {
    /** Memory of what does not change in the life of a cell [h]. */
    static final double LASTING_MEMORY_H = 1000;

    /** A film changes by so much in an hour [1/sqrt(h)]: some percent in a cycle of a coin, {@code docs/calibration.md}. */
    static final double FILM_WALK = 0.015;

    /** Active material disconnects by so much in an hour [1/sqrt(h)]: 0.03 % in a cycle. */
    static final double CAPACITY_WALK = 2e-4;

    SlowQuantity {
        if (!(sigma > 0) || !(memoryH > 0)) {
            throw new IllegalArgumentException(
                    target + ": sigma " + sigma + ", memory " + memoryH + " h, expected above 0");
        }
    }

    /** The same, moving about by so much of ln(value), or of the value, per square root of an hour. */
    SlowQuantity walking(double perSqrtHour) {
        double share = perSqrtHour / sigma;
        return new SlowQuantity(target, centre, sigma, logarithmic, 2 / (share * share));
    }
}
