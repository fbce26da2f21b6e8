package io.pouchtwin.cell.math;

/**
 * The functions of {@link Elementary} over rows of numbers, element by element, with the same bits.
 *
 * <p>Each function runs in passes: one plain pass where the bits of a number must be taken apart, which HotSpot does not vectorise, and passes of pure arithmetic, which it does.
 * What passes between them lies in two rows that the object owns; so one object serves one thread. The result may be written over the argument. Nothing is allocated after construction.
 */
public final class ElementaryRows {
    private final double[] exponent;
    private final double[] fraction;

    /**
     * Makes room for rows.
     *
     * @param capacity longest row that will be given
     */
    public ElementaryRows(int capacity) {
        exponent = new double[capacity];
        fraction = new double[capacity];
    }

    /** y[i] = e^x[i] for i below n. */
    public void exp(double[] x, double[] y, int n) {
        double[] scale = exponent;
        for (int i = 0; i < n; i++) {
            scale[i] = Elementary.expHalfScale(x[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = Elementary.expFromScale(x[i], scale[i]);
        }
    }

    /** y[i] = log(x[i]) for i below n. */
    public void log(double[] x, double[] y, int n) {
        double[] k = exponent;
        double[] f = fraction;
        for (int i = 0; i < n; i++) {
            double e = Elementary.logExponent(x[i]);
            k[i] = e;
            f[i] = Elementary.logFraction(x[i], e);
        }
        sum(y, n);
    }

    /** y[i] = log(1 + x[i]) for i below n. */
    public void log1p(double[] x, double[] y, int n) {
        split(x, n);
        sum(y, n);
    }

    /** y[i] = asinh(x[i]) for i below n. */
    public void asinh(double[] x, double[] y, int n) {
        double[] t = fraction;
        for (int i = 0; i < n; i++) {
            t[i] = Elementary.asinhArgument(x[i]);
        }
        split(t, n);
        double[] k = exponent;
        double[] f = fraction;
        for (int i = 0; i < n; i++) {
            y[i] = Math.copySign(Elementary.logSum(f[i], k[i]), x[i]);
        }
    }

    private void split(double[] t, int n) {
        double[] k = exponent;
        double[] f = fraction;
        for (int i = 0; i < n; i++) {
            double ti = t[i];
            double e = Elementary.logExponent(1.0 + ti);
            k[i] = e;
            f[i] = Elementary.log1pFraction(ti, e);
        }
    }

    private void sum(double[] y, int n) {
        double[] k = exponent;
        double[] f = fraction;
        for (int i = 0; i < n; i++) {
            y[i] = Elementary.logSum(f[i], k[i]);
        }
    }
}
