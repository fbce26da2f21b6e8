package io.pouchtwin.twin.cycle;

/**
 * What single cycles of this very cell depart by from their smooth course, in a quantity that comes once a cycle: the chamber, the tester's cut-off, contacts. Found from second differences, which a course that falls evenly leaves at nothing:
 *
 * <pre>
 *   E (q[k+1] - 2 q[k] + q[k-1])^2 = 6 sigma^2
 * </pre>
 *
 * <p>Begins at what is usual and follows the cell. Belongs to one thread.
 */
public final class CycleScatter {
    /** Number of doubles of {@link #save}. */
    public static final int SAVED_LENGTH = 5;

    /** What is usual counts as so many second differences. */
    private static final double USUAL_COUNTS = 4;
    /** Squares in a second difference of independent values. */
    private static final double SQUARES = 6;
    /** No single difference counts for more than so many standard deviations: a broken cycle is no scatter. */
    private static final double MOST_SIGMAS = 3;
    /** Differences that are remembered; older ones fade. */
    private static final double REMEMBERED = 40;

    private double sum;
    private double count;
    private double before;
    private double last;
    private double lastCycle;

    /** Of a cell of which nothing was seen; {@code usual}: standard deviation of such cells, in the quantity's unit, above 0. */
    public CycleScatter(double usual) {
        begin(usual);
    }

    /** Forgets everything. */
    public void begin(double usual) {
        sum = USUAL_COUNTS * usual * usual;
        count = USUAL_COUNTS;
        before = Double.NaN;
        last = Double.NaN;
        lastCycle = Double.NaN;
    }

    /** The quantity of a cycle came. */
    public void see(int cycle, double value) {
        if (cycle != lastCycle + 1) {
            before = Double.NaN;
            last = Double.NaN;
        }
        double bend = value - 2 * last + before;
        if (Double.isFinite(bend)) {
            double fading = Math.min(1, REMEMBERED / (count + 1));
            double most = MOST_SIGMAS * MOST_SIGMAS * sum / count;
            sum = fading * (sum + Math.min(most, bend * bend / SQUARES));
            count = fading * (count + 1);
        }
        before = last;
        last = value;
        lastCycle = cycle;
    }

    /** Another programme gives other values. */
    public void forgetLast() {
        lastCycle = Double.NaN;
    }

    /** Standard deviation, in the quantity's unit; a little more while it is known from few. */
    public double sigma() {
        return Math.sqrt(sum / (count - 1));
    }

    /** Writes what is known. */
    public void save(double[] target, int offset) {
        target[offset] = sum;
        target[offset + 1] = count;
        target[offset + 2] = before;
        target[offset + 3] = last;
        target[offset + 4] = lastCycle;
    }

    /** Takes up what {@link #save} wrote. */
    public void restore(double[] source, int offset) {
        sum = source[offset];
        count = source[offset + 1];
        before = source[offset + 2];
        last = source[offset + 3];
        lastCycle = source[offset + 4];
    }
}
