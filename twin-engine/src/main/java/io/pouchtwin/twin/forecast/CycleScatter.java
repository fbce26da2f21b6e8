package io.pouchtwin.twin.forecast;

/**
 * What single discharges of this very cell depart by from their smooth course: the chamber, the tester's cut-off, contacts. Found from second differences, which a course that falls evenly leaves at nothing:
 *
 * <pre>
 *   E (q[k+1] - 2 q[k] + q[k-1])^2 = 6 sigma^2
 * </pre>
 *
 * <p>Begins at what is usual and follows the cell. Belongs to one thread.
 */
final class CycleScatter {
    /** Number of doubles of {@link #save}. */
    static final int SAVED_LENGTH = 5;

    /** Before anything is seen, of the reference charge [1]; counts as so many second differences. */
    private static final double USUAL = 0.001;

    private static final double USUAL_COUNTS = 4;
    /** Squares in a second difference of independent values. */
    private static final double SQUARES = 6;
    /** No single difference counts for more than so many standard deviations: a broken cycle is no scatter. */
    private static final double MOST_SIGMAS = 3;
    /** Differences that are remembered; older ones fade. */
    private static final double REMEMBERED = 40;

    private double sum = USUAL_COUNTS * USUAL * USUAL;
    private double count = USUAL_COUNTS;
    private double before = Double.NaN;
    private double last = Double.NaN;
    private double lastCycle = Double.NaN;

    /** A discharge came, as share of the reference charge. */
    void see(int cycle, double share) {
        if (cycle != lastCycle + 1) {
            before = Double.NaN;
            last = Double.NaN;
        }
        double bend = share - 2 * last + before;
        if (Double.isFinite(bend)) {
            double fading = Math.min(1, REMEMBERED / (count + 1));
            double most = MOST_SIGMAS * MOST_SIGMAS * sum / count;
            sum = fading * (sum + Math.min(most, bend * bend / SQUARES));
            count = fading * (count + 1);
        }
        before = last;
        last = share;
        lastCycle = cycle;
    }

    /** Another programme gives other discharges. */
    void forgetLast() {
        lastCycle = Double.NaN;
    }

    /** Standard deviation, of the reference charge [1]; a little more while it is known from few. */
    double sigma() {
        return Math.sqrt(sum / (count - 1));
    }

    void save(double[] target, int offset) {
        target[offset] = sum;
        target[offset + 1] = count;
        target[offset + 2] = before;
        target[offset + 3] = last;
        target[offset + 4] = lastCycle;
    }

    void restore(double[] source, int offset) {
        sum = source[offset];
        count = source[offset + 1];
        before = source[offset + 2];
        last = source[offset + 3];
        lastCycle = source[offset + 4];
    }
}
