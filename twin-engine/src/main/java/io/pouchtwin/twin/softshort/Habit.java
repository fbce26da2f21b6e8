package io.pouchtwin.twin.softshort;

import io.pouchtwin.twin.cycle.CycleScatter;

/**
 * What a feature of one cell usually is: mean of its first values, then following slowly; and by how much single values depart from their smooth course, which chamber and ageing make different from cell to cell and which a leak
 * that stays does not change.
 */
final class Habit {
    /** Values that make the habit before anything is judged. */
    static final int FIRST = 3;

    /** Weight of the newest value once the habit stands: it follows ageing over some tens of cycles [1]. */
    static final double FORGETTING = 0.08;

    static final int SAVED_LENGTH = 3 + CycleScatter.SAVED_LENGTH;

    private final CycleScatter scatter = new CycleScatter(1);
    private double seen;
    private double count;
    private double mean;

    /** Whether there is a habit yet. */
    boolean stands() {
        return count >= FIRST;
    }

    /** Standard deviation of a single value about its course: what the cell scatters by, and the measurement's repeatability. */
    double sigma(double floorSigma) {
        return Math.hypot(scatter.sigma(), floorSigma);
    }

    /** How many values the mean is known from. */
    double known() {
        return Math.min(count, 1 / FORGETTING);
    }

    /** By how many standard deviations a value is above the habit, which itself is known from few values only. */
    double score(double feature, double floorSigma) {
        return excess(feature) / (sigma(floorSigma) * Math.sqrt(1 + 1 / known()));
    }

    /** What the value exceeds the habit by, in its own unit. */
    double excess(double feature) {
        return feature - mean;
    }

    /** A value came, whether or not it is habitual; {@code floorSigma} stands for the scatter until the cell has shown its own. */
    void see(double feature, double floorSigma) {
        if (seen == 0) {
            scatter.begin(floorSigma);
        }
        seen++;
        scatter.see((int) seen, feature);
    }

    /** The value that came last is habitual. */
    void learn(double feature) {
        mean += Math.max(1 / (count + 1), FORGETTING) * (feature - mean);
        count++;
    }

    void forget() {
        seen = 0;
        count = 0;
        mean = 0;
    }

    void save(double[] target, int at) {
        target[at] = seen;
        target[at + 1] = count;
        target[at + 2] = mean;
        scatter.save(target, at + 3);
    }

    void restore(double[] source, int at) {
        seen = source[at];
        count = source[at + 1];
        mean = source[at + 2];
        scatter.restore(source, at + 3);
    }
}
