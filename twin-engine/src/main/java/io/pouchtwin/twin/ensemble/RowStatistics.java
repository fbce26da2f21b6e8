package io.pouchtwin.twin.ensemble;

/**
 * Mean and standard deviation over a row. Summed in four fixed partial sums, so that the result is the same bits on
 * every machine and the processor need not wait for each addition.
 */
public final class RowStatistics {
    private RowStatistics() {}

    /** Mean of the row. */
    public static double mean(double[] row) {
        int n = row.length;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 3 < n; j += 4) {
            a += row[j];
            b += row[j + 1];
            c += row[j + 2];
            d += row[j + 3];
        }
        for (; j < n; j++) {
            a += row[j];
        }
        return ((a + b) + (c + d)) / n;
    }

    /** Sum of the products of the deviations of two rows from the given means. */
    public static double comoment(double[] x, double meanX, double[] y, double meanY) {
        int n = x.length;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 3 < n; j += 4) {
            a = Math.fma(x[j] - meanX, y[j] - meanY, a);
            b = Math.fma(x[j + 1] - meanX, y[j + 1] - meanY, b);
            c = Math.fma(x[j + 2] - meanX, y[j + 2] - meanY, c);
            d = Math.fma(x[j + 3] - meanX, y[j + 3] - meanY, d);
        }
        for (; j < n; j++) {
            a = Math.fma(x[j] - meanX, y[j] - meanY, a);
        }
        return (a + b) + (c + d);
    }

    /** Standard deviation of the row about its mean, with n - 1 in the denominator. */
    public static double sigma(double[] row, double mean) {
        return Math.sqrt(comoment(row, mean, row, mean) / (row.length - 1));
    }
}
