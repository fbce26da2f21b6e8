package io.pouchtwin.twin.softshort;

import java.util.Optional;

/**
 * Watches one sign of a soft short: a feature that recurs twice a cycle, after charge and after discharge, each against
 * its own {@link Habit}. Their scores z enter one cumulative sum, C = max(0, C + min(z, cap) - reference), whose last
 * zero dates the onset. The habits' means go on learning only while nothing is suspected, their scatter always.
 *
 * @see "E. S. Page: Continuous inspection schemes. Biometrika 41 (1954)"
 */
final class SignWatch {
    /** A single value counts for no more than this [1]: one odd cycle is no sign. */
    static final double CAP = 4.0;

    static final int SAVED_LENGTH = 7 + 2 * Habit.SAVED_LENGTH;

    /** What began did so in the midst of the first value of either kind: they tell that it is there, not how much of it [1]. */
    private static final double PARTIAL = 2;

    private final double reference;
    private final double threshold;
    private final Habit afterCharge = new Habit();
    private final Habit afterDischarge = new Habit();
    private double sum;
    private double onsetS;
    private double sinceOnset;
    private double excessTotal;
    private double excessCount;
    private double ownVariance;
    private double habitVariance;

    /**
     * A watch without habits.
     *
     * @param reference score that does not count yet [1]
     * @param threshold height of the cumulative sum at which the sign speaks [1]
     */
    SignWatch(double reference, double threshold) {
        this.reference = reference;
        this.threshold = threshold;
    }

    /**
     * Takes one value.
     *
     * @param charge whether it is of the kind after charge
     * @param feature the value; larger is worse
     * @param floorSigma repeatability of the measurement, in the value's unit, above 0
     * @param sinceS tester time from which the value tells [s]
     * @param suspected whether another sign is up: then the habit learns nothing
     */
    void take(boolean charge, double feature, double floorSigma, double sinceS, boolean suspected) {
        Habit habit = charge ? afterCharge : afterDischarge;
        if (!habit.stands()) {
            habit.see(feature, floorSigma);
            habit.learn(feature);
            return;
        }
        if (sum == 0) {
            onsetS = sinceS;
        }
        sum = Math.max(0, sum + Math.min(habit.score(feature, floorSigma), CAP) - reference);
        if (sum == 0) {
            sinceOnset = 0;
            forgetExcess();
        } else {
            sinceOnset++;
            if (sinceOnset == PARTIAL + 1) {
                forgetExcess();
            }
            double sigma = habit.sigma(floorSigma);
            excessTotal += habit.excess(feature);
            excessCount++;
            ownVariance += sigma * sigma;
            habitVariance += sigma * sigma / habit.known();
        }
        habit.see(feature, floorSigma);
        if (sum == 0 && !suspected) {
            habit.learn(feature);
        }
    }

    private void forgetExcess() {
        excessTotal = 0;
        excessCount = 0;
        ownVariance = 0;
        habitVariance = 0;
    }

    /** Whether the sign speaks. */
    boolean speaks() {
        return sum > threshold;
    }

    /** Height of the cumulative sum over its threshold [1]. */
    double level() {
        return sum / threshold;
    }

    /** Tester time since which the feature has been beyond its habit [s]. */
    double onsetS() {
        return onsetS;
    }

    /** What the feature exceeds its habit by since the onset; nothing where it does not. Of what has just begun a part. */
    Optional<Excess> excess() {
        if (excessCount == 0) {
            return Optional.empty();
        }
        // the habit is off by the same for all values, a value by its own
        double variance = ownVariance / excessCount + habitVariance;
        double single = Math.sqrt((ownVariance + habitVariance) / excessCount);
        return Optional.of(new Excess(
                excessTotal / excessCount,
                Math.sqrt(variance / excessCount),
                single * (reference + threshold / sinceOnset)));
    }

    /** Forgets one habit: that part of the test is run in another way from now on. */
    void forget(boolean charge) {
        (charge ? afterCharge : afterDischarge).forget();
    }

    void save(double[] target, int at) {
        target[at] = sum;
        target[at + 1] = onsetS;
        target[at + 2] = sinceOnset;
        target[at + 3] = excessTotal;
        target[at + 4] = excessCount;
        target[at + 5] = ownVariance;
        target[at + 6] = habitVariance;
        afterCharge.save(target, at + 7);
        afterDischarge.save(target, at + 7 + Habit.SAVED_LENGTH);
    }

    void restore(double[] source, int at) {
        sum = source[at];
        onsetS = source[at + 1];
        sinceOnset = source[at + 2];
        excessTotal = source[at + 3];
        excessCount = source[at + 4];
        ownVariance = source[at + 5];
        habitVariance = source[at + 6];
        afterCharge.restore(source, at + 7);
        afterDischarge.restore(source, at + 7 + Habit.SAVED_LENGTH);
    }
}
