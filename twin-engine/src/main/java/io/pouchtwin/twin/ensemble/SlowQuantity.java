package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.reduced.MemberParameter;

/**
 * A quantity of the cell that the twin learns and that hardly changes from sample to sample. The filter moves it in the
 * coordinate z, in which the prior is standard normal; {@link Law} says how the value follows.
 *
 * @param target the model's parameter
 * @param centre value at z = 0, in the parameter's unit
 * @param sigma prior standard deviation: of ln(value) where lognormal, else in the parameter's unit
 * @param law how the value follows from z
 * @param memoryH time over which what was learnt of it fades towards the prior [h]
 */
record SlowQuantity(MemberParameter target, double centre, double sigma, Law law, double memoryH) {
    /** How a value follows from its coordinate. */
    enum Law {
        /** centre + sigma z. */
        NORMAL,
        /** centre e^(sigma z): factors. */
        LOGNORMAL,
        /**
         * u = centre + sigma z, value = (u + sqrt(u^2 + 4 s^2)) / 2 with s the {@link #BEND_OHM_M2}: resistances in series.
         * Voltage is linear in them and tells their sum. Were each the exponential of its coordinate, one that is learnt to be
         * small would drag its spread down with it, though the other, which it can only be told from by the sum, is as uncertain
         * as before.
         */
        POSITIVE
    }

    /** Where a positive resistance bends away from zero: the thinnest films that new cells have [ohm m2]. */
    static final double BEND_OHM_M2 = 3e-5;

    /** Coordinates stay above this many bends below zero: farther down the voltage no longer feels them. */
    static final double LOWEST_BENDS = 1.5;

    /** Memory of what does not change in the life of a cell [h]. */
    static final double LASTING_MEMORY_H = 1000;

    /** A film changes by so much in an hour [1/sqrt(h)]: some percent in a cycle of a coin, {@code docs/calibration.md}. */
    static final double FILM_WALK = 0.012;

    /** Active material disconnects sooner in one cell than in another, by so much in an hour [1/sqrt(h)]. */
    static final double CAPACITY_WALK = 1.7e-4;

    /** What it loses in an hour, on average [1/h]: the paper's coin at 1 C and its pouch lose a tenth in 800 to 1000 hours (facts ret.PPLA.1C, pouch523.ret). */
    static final double CAPACITY_FADE_PER_H = 1.15e-4;

    SlowQuantity {
        if (!(sigma > 0) || !(memoryH > 0)) {
            throw new IllegalArgumentException(
                    target + ": sigma " + sigma + ", memory " + memoryH + " h, expected above 0");
        }
    }

    /** The same, moving about by so much of ln(value) where lognormal, else of the centre, per square root of an hour. */
    SlowQuantity walking(double perSqrtHour) {
        double share = perSqrtHour * (law == Law.LOGNORMAL ? 1 : Math.abs(centre)) / sigma;
        return new SlowQuantity(target, centre, sigma, law, 2 / (share * share));
    }

    /** A positive resistance of which nine tenths of all cells lie between two values [ohm m2]. */
    static SlowQuantity positive(MemberParameter target, double low, double high) {
        // A design without a film, or with one that has no spread, may still grow one.
        double least = Math.max(low, BEND_OHM_M2 / 3);
        double most = Math.max(high, Math.max(BEND_OHM_M2, 1.05 * least));
        double from = least - BEND_OHM_M2 * BEND_OHM_M2 / least;
        double to = most - BEND_OHM_M2 * BEND_OHM_M2 / most;
        return new SlowQuantity(
                target, 0.5 * (from + to), (to - from) / (2 * UnknownAge.BAND_90), Law.POSITIVE, LASTING_MEMORY_H);
    }

    boolean logarithmic() {
        return law == Law.LOGNORMAL;
    }
}
