package io.pouchtwin.twin.ensemble;

/**
 * Recognises a discharge that ends for want of lithium while the members believe in plenty.
 *
 * <p>The lithium covers the area until its last thousandth; then the overpotential of stripping grows without bound within
 * seconds and the tester stops, though the cathode could take more. Two things tell this from a cathode that is full and
 * from a resistance: the voltage falls far below the prediction where the open-circuit curve is flat, and once the current
 * stops it returns to what the twin expects of the cathode at this charge. The first alone makes a suspicion, and the
 * readings under it teach nothing; only with the second the lithium counts as used up. A cell whose rest voltage does not
 * return has lost something else, and is learnt from as ever.
 *
 * <p>What it cannot tell: a contact that opens at the very end of a discharge and closes again at rest.
 */
final class LithiumEnd {
    /** Number of doubles in a saved watch. */
    static final int SAVED_LENGTH = 2;

    /** Fall below the prediction that raises the suspicion [V]. */
    private static final double FALL_V = 0.08;

    /** The same, squared and in terms of the prediction's own variance [1]. */
    private static final double FALL_SQUARE = 50;

    /** Where the open-circuit curve is steeper than this the cathode may be at its end [V]. */
    private static final double FLAT_V = 6;

    /** So near to the prediction the voltage must return at rest [V]. */
    private static final double RETURNED_V = 0.02;

    /** Readings under the suspicion before it is given up. */
    private static final int MOST_READINGS = 10;

    /** Smaller currents are what a sensor shows at rest [1]. */
    private static final double REST_C_RATE = 0.01;

    /** What the watch makes of a sample. */
    enum Finding {
        /** As ever. */
        NOTHING,
        /** The reading is put aside. */
        SUSPICION,
        /** The lithium was used up when the current stopped. */
        USED_UP
    }

    private double readings;
    private double fallenV;

    /**
     * Takes one comparison.
     *
     * @param cRate measured current over that of 1 C, positive on charge [1]
     * @param innovationV measured minus predicted voltage [V]
     * @param normalisedSquare the innovation squared over its variance [1]
     * @param slopeV slope of the open-circuit voltage where the particles' surfaces are [V]
     */
    Finding take(double cRate, double innovationV, double normalisedSquare, double slopeV) {
        boolean discharging = cRate < -REST_C_RATE;
        if (readings > 0 && !discharging) {
            boolean atRest = cRate < REST_C_RATE;
            boolean returned = Math.abs(innovationV) < Math.max(RETURNED_V, 0.1 * Math.abs(fallenV));
            readings = 0;
            return atRest && returned ? Finding.USED_UP : Finding.NOTHING;
        }
        boolean falls = discharging
                && innovationV < -FALL_V
                && normalisedSquare > FALL_SQUARE
                && slopeV < FLAT_V
                && readings < MOST_READINGS;
        if (!falls) {
            readings = discharging ? readings : 0;
            return Finding.NOTHING;
        }
        readings++;
        fallenV = innovationV;
        return Finding.SUSPICION;
    }

    void forget() {
        readings = 0;
        fallenV = 0;
    }

    void save(double[] target, int at) {
        target[at] = readings;
        target[at + 1] = fallenV;
    }

    void restore(double[] source, int at) {
        readings = source[at];
        fallenV = source[at + 1];
    }
}
