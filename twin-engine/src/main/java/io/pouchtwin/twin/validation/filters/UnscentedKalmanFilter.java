package io.pouchtwin.twin.validation.filters;

import io.pouchtwin.twin.ensemble.CellCoordinates;
import io.pouchtwin.twin.ensemble.Interval;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import java.util.Arrays;

/**
 * The unscented Kalman filter: 2 n + 1 cells at sigma points move, and their weighted mean and covariance are the prediction.
 *
 * <pre>
 *   chi_0 = m,  chi_(+-k) = m +- alpha sqrt(n) B_k,   B B' = P
 *   W_k = 1 / (2 alpha^2 n),  W_0 = 1 - 1 / alpha^2
 * </pre>
 *
 * <p>With so many coordinates the middle's weight is far below zero, and covariances with it are none any more. They are taken
 * about the middle point instead, where it has no weight: Julier and Uhlmann's own way out, below their equation 15.
 *
 * @see "S. J. Julier, J. K. Uhlmann: A new extension of the Kalman filter to nonlinear systems. Proc. SPIE 3068 (1997)"
 * @see "R. van der Merwe: Sigma-point Kalman filters for probabilistic inference in dynamic state-space models (2004), algorithm 3.1"
 * @see "G. L. Plett: Sigma-point Kalman filtering for battery management systems of LiPB-based HEV battery packs. J. Power
 *     Sources 161 (2006)"
 */
public final class UnscentedKalmanFilter extends CellFilter {
    private final double spread;
    private final double[][] root;
    private final double[] voltage;
    private final double otherWeight;

    private UnscentedKalmanFilter(CellCoordinates cells, FilterSettings settings) {
        super(cells, settings);
        int n = state.n;
        double alpha = settings.spread();
        spread = alpha * Math.sqrt(n);
        root = new double[n][n];
        voltage = new double[2 * n + 1];
        otherWeight = 1 / (2 * alpha * alpha * n);
    }

    /** A filter of one cell that has seen nothing yet. */
    public static UnscentedKalmanFilter of(String design, FilterSettings settings) throws UnknownDesignException {
        int n = CellCoordinates.of(design, 1).rows().length;
        return new UnscentedKalmanFilter(CellCoordinates.of(design, 2 * n + 1), settings);
    }

    @Override
    Prediction predict(Interval interval) {
        cells.copyFirst();
        place();
        cells.step(interval);
        double[] kept = cells.passErrors(interval, lastCurrentA());
        for (int e = 0; e < CellCoordinates.FADING; e++) {
            double[] fading = cells.rows()[cells.fading() + e];
            for (int j = 0; j < fading.length; j++) {
                fading[j] *= kept[e];
            }
        }
        cells.evaluate(interval.endCurrentA());
        // a copy: the cells' own voltages drive their leaks in the next step
        System.arraycopy(cells.voltages(), 0, voltage, 0, voltage.length);
        double predicted = centre(voltage);
        for (int i = 0; i < state.n; i++) {
            double[] row = cells.rows()[i];
            state.mean[i] = centre(row);
            for (int j = 0; j <= i; j++) {
                // the rows up to i hold deviations already
                state.covariance[i][j] = together(row, cells.rows()[j]);
                state.covariance[j][i] = state.covariance[i][j];
            }
            crossed[i] = together(row, voltage);
        }
        double freshV2 = 0;
        for (int e = 0; e < CellCoordinates.FADING; e++) {
            int row = cells.fading() + e;
            double fresh = 1 - kept[e] * kept[e];
            double size = cells.fadingV(e);
            state.covariance[row][row] += fresh;
            crossed[row] += size * fresh;
            freshV2 = Math.fma(size * size, fresh, freshV2);
        }
        return new Prediction(predicted, Math.max(0, together(voltage, voltage)) + freshV2);
    }

    private void place() {
        state.root(root);
        int n = state.n;
        double[][] rows = cells.rows();
        for (int i = 0; i < n; i++) {
            Arrays.fill(rows[i], state.mean[i]);
            for (int k = 0; k < n; k++) {
                rows[i][1 + k] += spread * root[i][k];
                rows[i][1 + n + k] -= spread * root[i][k];
            }
        }
    }

    /** The weighted mean of a row, which then holds the deviations from its middle. */
    private double centre(double[] row) {
        double middle = row[0];
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            row[j] -= middle;
            sum += row[j];
        }
        return Math.fma(otherWeight, sum, middle);
    }

    private double together(double[] one, double[] other) {
        double sum = 0;
        for (int j = 1; j < one.length; j++) {
            sum = Math.fma(one[j], other[j], sum);
        }
        return otherWeight * sum;
    }
}
