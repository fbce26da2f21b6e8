package io.pouchtwin.twin.validation.filters;

import java.util.Arrays;

/**
 * A normal distribution of n coordinates, mean m and covariance P, and what Kalman filters do to it.
 *
 * <p>A scalar measurement y = H x + v with variance R corrects it, with b = P H' and S = H b + R:
 *
 * <pre>
 *   K = b / S,   m + K (y - h),   (I - K H) P (I - K H)' + K R K' = P - K b' - b K' + K S K'
 * </pre>
 *
 * <p>which is Joseph's form; it stays symmetric and, whatever the gain, does not lose its sign.
 *
 * @see "R. S. Bucy, P. D. Joseph: Filtering for stochastic processes with applications to guidance (1968)"
 */
final class Gaussian {
    /** What is left of a coordinate's variance below this share of it is rounding noise [1]. */
    private static final double NOISE = 1e-9;

    final int n;
    final double[] mean;
    final double[][] covariance;
    private final double[] gain;

    Gaussian(int n) {
        this.n = n;
        mean = new double[n];
        covariance = new double[n][n];
        gain = new double[n];
    }

    void clear() {
        Arrays.fill(mean, 0);
        for (double[] row : covariance) {
            Arrays.fill(row, 0);
        }
    }

    double sigma(int k) {
        return Math.sqrt(Math.max(0, covariance[k][k]));
    }

    /** Variance of a linear function. */
    double variance(double[] gradient) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            if (gradient[i] != 0) {
                double inner = 0;
                for (int j = 0; j < n; j++) {
                    inner = Math.fma(covariance[i][j], gradient[j], inner);
                }
                sum = Math.fma(gradient[i], inner, sum);
            }
        }
        return sum;
    }

    /** b = P H'. */
    void crossed(double[] gradient, double[] b) {
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum = Math.fma(covariance[i][j], gradient[j], sum);
            }
            b[i] = sum;
        }
    }

    /**
     * Corrects by a scalar measurement.
     *
     * @param b covariance of coordinates and prediction
     * @param total variance of the innovation
     * @param innovation measured minus predicted
     */
    void correct(double[] b, double total, double innovation) {
        for (int i = 0; i < n; i++) {
            gain[i] = b[i] / total;
            mean[i] = Math.fma(gain[i], innovation, mean[i]);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double change = Math.fma(total * gain[i], gain[j], -Math.fma(gain[i], b[j], b[i] * gain[j]));
                covariance[i][j] += change;
                covariance[j][i] = covariance[i][j];
            }
        }
    }

    /** Scales a coordinate towards zero and adds variance. */
    void forget(int k, double kept, double fresh) {
        mean[k] *= kept;
        for (int j = 0; j < n; j++) {
            covariance[k][j] *= kept;
            covariance[j][k] *= kept;
        }
        covariance[k][k] += fresh;
    }

    /**
     * Columns with B B' = P: Cholesky's, each time by the coordinate of which most is left. Profiles move together, so P has
     * hardly more rank than there are slow quantities; what is left below rounding noise gets no column, and stays out of the others.
     */
    void root(double[][] columns) {
        double[] left = new double[n];
        for (int i = 0; i < n; i++) {
            left[i] = covariance[i][i];
            Arrays.fill(columns[i], 0);
        }
        for (int k = 0; k < n; k++) {
            int pivot = -1;
            double most = NOISE;
            for (int i = 0; i < n; i++) {
                if (left[i] > most * covariance[i][i]) {
                    most = left[i] / covariance[i][i];
                    pivot = i;
                }
            }
            if (pivot < 0) {
                return;
            }
            double diagonal = Math.sqrt(left[pivot]);
            for (int i = 0; i < n; i++) {
                double sum = covariance[i][pivot];
                for (int q = 0; q < k; q++) {
                    sum = Math.fma(-columns[i][q], columns[pivot][q], sum);
                }
                columns[i][k] = left[i] > 0 ? sum / diagonal : 0;
                left[i] -= columns[i][k] * columns[i][k];
            }
            left[pivot] = 0;
        }
    }
}
