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
 * @param memoryH time over which what was learnt of it fades towards the prior [h]: short where the cell ages or where
 *     the model's own error is as large as what the quantity does to the voltage
 */
record SlowQuantity(MemberParameter target, double centre, double sigma, boolean logarithmic, double memoryH) {
    /** Memory of what does not change in the life of a cell, but that the model explains only roughly [h]. */
    static final double LASTING_MEMORY_H = 15;

    /** Memory of the film, which grows and does little to the voltage [h]. */
    static final double FILM_MEMORY_H = 3;

    /** Memory of what is seen well and changes over hundreds of cycles [h]. */
    static final double AGEING_MEMORY_H = 100;

    SlowQuantity {
        if (!(sigma > 0) || !(memoryH > 0)) {
            throw new IllegalArgumentException(
                    target + ": sigma " + sigma + ", memory " + memoryH + " h, expected above 0");
        }
    }
}
