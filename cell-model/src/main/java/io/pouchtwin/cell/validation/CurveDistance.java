package io.pouchtwin.cell.validation;

/**
 * How far apart two curves are that were read at the same times.
 *
 * <p>The root mean square is taken over time (trapezoids between the readings), not over the readings, which are closer together where a
 * curve bends. Which rows are compared is the caller's choice: at a cut-off, where a curve falls off a cliff, {@link ReferenceRun} stops at the
 * cell's own end.
 *
 * @param rms root mean square of the difference
 * @param max largest difference
 */
record CurveDistance(double rms, double max) {
    /** Nothing to compare. */
    static final CurveDistance NONE = new CurveDistance(0, 0);

    /** Distance over rows from (included) to (excluded). */
    static CurveDistance between(double[] time, double[] a, double[] b, int from, int to) {
        if (to <= from) {
            return NONE;
        }
        double sum = 0;
        double max = difference(a, b, from);
        for (int k = from + 1; k < to; k++) {
            double left = difference(a, b, k - 1);
            double right = difference(a, b, k);
            sum += 0.5 * (left * left + right * right) * (time[k] - time[k - 1]);
            max = Math.max(max, right);
        }
        double span = time[to - 1] - time[from];
        return new CurveDistance(span > 0 ? Math.sqrt(sum / span) : max, max);
    }

    private static double difference(double[] a, double[] b, int k) {
        return Math.abs(a[k] - b[k]);
    }
}
