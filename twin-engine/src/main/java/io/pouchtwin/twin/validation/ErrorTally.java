package io.pouchtwin.twin.validation;

import io.pouchtwin.contracts.v1.Estimate;

/** Errors of one published quantity against the truth, gathered over samples and cells. */
final class ErrorTally {
    /** Half width of a 90 % band of a normal quantity, in standard deviations. */
    static final double BAND_90 = 1.6449;

    private long count;
    private long covered;
    private double squares;
    private double largest;

    /** One estimate and what is true. */
    void add(Estimate estimate, double truth) {
        double error = estimate.getValue() - truth;
        count++;
        if (Math.abs(error) <= BAND_90 * estimate.getSigma()) {
            covered++;
        }
        squares += error * error;
        largest = Math.max(largest, Math.abs(error));
    }

    /** Takes up another tally. */
    void add(ErrorTally other) {
        count += other.count;
        covered += other.covered;
        squares += other.squares;
        largest = Math.max(largest, other.largest);
    }

    /** Share of the truths inside the 90 % band [1]; NaN without any. */
    double coverage() {
        return count == 0 ? Double.NaN : (double) covered / count;
    }

    /** Root mean square of the errors, in the quantity's unit. */
    double rms() {
        return Math.sqrt(squares / count);
    }

    /** Largest error, in the quantity's unit. */
    double largest() {
        return largest;
    }

    long count() {
        return count;
    }
}
