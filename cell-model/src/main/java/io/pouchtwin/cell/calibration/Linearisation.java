package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.calibration.PosteriorSampler.Place;

/**
 * The model's residuals as a linear function around a place, r_lin(z) = r_0 + J (z - z_0), and the normal distribution that the posterior would then be: covariance C = (J^T J + 1)^-1, mean m.
 */
final class Linearisation {
    private final double[] origin;
    private final double[] atOrigin;
    private final double[][] jacobian;
    private final double[] mean;
    private final DenseAlgebra.Decomposition spread;

    /** Around a place, with the residuals' derivatives there. */
    Linearisation(Place place, double[][] jacobian, DenseAlgebra algebra) {
        this.jacobian = jacobian;
        origin = place.scores();
        atOrigin = place.residuals();
        int m = jacobian.length;
        int n = origin.length;
        double[][] tall = new double[m + n][n];
        double[] right = new double[m + n];
        for (int r = 0; r < m; r++) {
            System.arraycopy(jacobian[r], 0, tall[r], 0, n);
            right[r] = -atOrigin[r];
        }
        for (int k = 0; k < n; k++) {
            tall[m + k][k] = 1;
            right[m + k] = -origin[k];
        }
        // of J over the identity: C = V diag(1/s^2) V^T
        spread = algebra.decompose(tall);
        mean = spread.solve(right);
        for (int k = 0; k < n; k++) {
            mean[k] += origin[k];
        }
    }

    /** m + keep (z - m). */
    double[] towardsMean(double[] z, double keep) {
        double[] moved = new double[z.length];
        for (int k = 0; k < z.length; k++) {
            moved[k] = Math.fma(keep, z[k] - mean[k], mean[k]);
        }
        return moved;
    }

    /** Adds b C^(1/2) xi to z. */
    void addNoise(double[] z, double b, double[] xi) {
        for (int d = 0; d < z.length; d++) {
            double amount = b * xi[d] / spread.s()[d];
            for (int k = 0; k < z.length; k++) {
                z[k] = Math.fma(spread.v()[k][d], amount, z[k]);
            }
        }
    }

    /** What it leaves out of minus the logarithm of the posterior, (|r(z)|^2 - |r_lin(z)|^2) / 2. */
    double error(Place at) {
        double sum = 0;
        for (int r = 0; r < atOrigin.length; r++) {
            double linear = atOrigin[r];
            for (int k = 0; k < origin.length; k++) {
                linear = Math.fma(jacobian[r][k], at.scores()[k] - origin[k], linear);
            }
            sum = Math.fma(linear, linear, sum);
        }
        return at.misfit() - 0.5 * sum;
    }
}
