package io.pouchtwin.twin.trust;

/**
 * One-sided cumulative sum over normalised squared innovations: C = max(0, C + min(z, cap) - reference). While the
 * twin's uncertainty is right, z is chi-square with one degree of freedom and C stays low; when innovations grow, C
 * climbs. The threshold is not chosen but computed from the mean number of samples between false alarms that one is
 * willing to accept.
 *
 * @see "E. S. Page: Continuous inspection schemes. Biometrika 41 (1954)"
 * @see "D. Brook, D. A. Evans: An approach to the probability distribution of cusum run length. Biometrika 59 (1972)"
 */
public final class ChiSquareCusum {
    /** Reference value: innovations whose variance is twice the expected one are what the sum is tuned to find [1]. */
    public static final double REFERENCE = 1.386;

    /** A single reading counts for no more than this [1]: one spike is not a drift. */
    public static final double CAP = 9.0;

    private static final int STATES = 240;

    private ChiSquareCusum() {}

    /** The sum after one more normalised square. */
    public static double next(double sum, double normalisedSquare) {
        return Math.max(0, sum + Math.min(normalisedSquare, CAP) - REFERENCE);
    }

    /**
     * Threshold for which independent, rightly normalised innovations raise an alarm once in so many samples on average.
     *
     * @param samplesBetweenFalseAlarms mean run length without cause, 10 to 1e9
     */
    public static double threshold(double samplesBetweenFalseAlarms) {
        if (!(samplesBetweenFalseAlarms >= 10 && samplesBetweenFalseAlarms <= 1e9)) {
            throw new IllegalArgumentException(
                    "samplesBetweenFalseAlarms: " + samplesBetweenFalseAlarms + ", expected 10 to 1e9");
        }
        double low = 0.5;
        double high = 120;
        for (int k = 0; k < 40; k++) {
            double middle = 0.5 * (low + high);
            if (runLength(middle) < samplesBetweenFalseAlarms) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /**
     * Mean number of samples from zero to the first crossing of the threshold, by cutting [0, threshold) into states of
     * a Markov chain and solving (I - Q) m = 1.
     */
    static double runLength(double threshold) {
        int n = STATES;
        double width = threshold / (n - 0.5);
        double[][] a = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            double from = i * width;
            for (int j = 0; j < n; j++) {
                double upper = (j + 0.5) * width - from;
                double below = j == 0 ? 0 : distribution((j - 0.5) * width - from);
                a[i][j] = (i == j ? 1 : 0) - (distribution(upper) - below);
            }
            a[i][n] = 1;
        }
        return solveFirst(a);
    }

    /** Probability that a step of the sum, min(z, cap) - reference, is at most this. */
    private static double distribution(double step) {
        double z = step + REFERENCE;
        if (z <= 0) {
            return 0;
        }
        return z >= CAP ? 1 : errorFunction(Math.sqrt(0.5 * z));
    }

    /** Gaussian elimination; the matrix is an M-matrix, so that no pivoting is needed. */
    private static double solveFirst(double[][] a) {
        int n = a.length;
        for (int k = n - 1; k > 0; k--) {
            for (int i = 0; i < k; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = 0; j < k; j++) {
                    a[i][j] -= factor * a[k][j];
                }
                a[i][n] -= factor * a[k][n];
            }
        }
        return a[0][n] / a[0][0];
    }

    /** Error function to 1e-12 by its series and its continued fraction. */
    static double errorFunction(double x) {
        if (x < 3) {
            double term = x;
            double sum = x;
            for (int k = 1; Math.abs(term) > 1e-17 * Math.abs(sum) && k < 200; k++) {
                term *= -x * x / k;
                sum += term / (2 * k + 1);
            }
            return sum * 2 / Math.sqrt(Math.PI);
        }
        double fraction = 0;
        for (int k = 60; k > 0; k--) {
            fraction = 0.5 * k / (x + fraction);
        }
        return 1 - Math.exp(-x * x) / ((x + fraction) * Math.sqrt(Math.PI));
    }
}
