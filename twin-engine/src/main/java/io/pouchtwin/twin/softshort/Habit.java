package io.pouchtwin.twin.softshort;

/** What a feature of one cell usually is: mean and variance of its first values, then following slowly. */
final class Habit {
    /** Values that make the habit before anything is judged. */
    static final int FIRST = 3;

    /** Weight of the newest value once the habit stands: it follows ageing over some tens of cycles [1]. */
    static final double FORGETTING = 0.08;

    static final int SAVED_LENGTH = 3;

    private double count;
    private double mean;
    private double variance;

    /** Whether there is a habit yet. */
    boolean stands() {
        return count >= FIRST;
    }

    /** By how many standard deviations a value is above the habit, never dividing by less than the floor. */
    double score(double feature, double floorSigma) {
        // The habit itself is known from few values only.
        double known = Math.min(count, 1 / FORGETTING);
        return (feature - mean) / Math.sqrt((variance + floorSigma * floorSigma) * (1 + 1 / known));
    }

    /** What the value exceeds the habit by, in its own unit. */
    double excess(double feature) {
        return feature - mean;
    }

    void learn(double feature) {
        double weight = Math.max(1 / (count + 1), FORGETTING);
        double away = feature - mean;
        mean += weight * away;
        variance = (1 - weight) * (variance + weight * away * away);
        count++;
    }

    void forget() {
        count = 0;
        mean = 0;
        variance = 0;
    }

    void save(double[] target, int at) {
        target[at] = count;
        target[at + 1] = mean;
        target[at + 2] = variance;
    }

    void restore(double[] source, int at) {
        count = source[at];
        mean = source[at + 1];
        variance = source[at + 2];
    }
}
