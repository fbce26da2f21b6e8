package io.pouchtwin.twin.validation.filters;

import io.pouchtwin.twin.ensemble.CellCoordinates;
import io.pouchtwin.twin.ensemble.Interval;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import java.util.Arrays;

/**
 * The extended Kalman filter: the mean moves as the cell does, the covariance as the cell linearised about the mean.
 *
 * <pre>
 *   m' = f(m),  P' = F P F' + Q,  F = df/dx at m;   h = V(m'),  H = dV/dx at m'
 * </pre>
 *
 * <p>The derivatives are differences: one cell more than there are coordinates is moved, each displaced in one of them by a
 * hundredth of its standard deviation.
 *
 * @see "G. L. Plett: Extended Kalman filtering for battery management systems of LiPB-based HEV battery packs, parts 1-3. J.
 *     Power Sources 134 (2004)"
 * @see "A. M. Bizeray, S. Zhao, S. R. Duncan, D. A. Howey: Lithium-ion battery thermal-electrochemical model-based state
 *     estimation using orthogonal collocation and a modified extended Kalman filter. J. Power Sources 296 (2015)"
 */
public final class ExtendedKalmanFilter extends CellFilter {
    private static final double DISPLACED = 1e-2;
    private static final double LEAST = 1e-8;

    private final double[] displacement;
    private final double[] byCoordinate;
    private final double[][] transition;
    private final double[][] moved;

    private ExtendedKalmanFilter(CellCoordinates cells, FilterSettings settings) {
        super(cells, settings);
        int n = state.n;
        displacement = new double[n];
        byCoordinate = new double[n];
        transition = new double[cells.fast()][n];
        moved = new double[cells.fast()][n];
    }

    /** A filter of one cell that has seen nothing yet. */
    public static ExtendedKalmanFilter of(String design, FilterSettings settings) throws UnknownDesignException {
        int n = CellCoordinates.of(design, 1).rows().length;
        return new ExtendedKalmanFilter(CellCoordinates.of(design, n + 1), settings);
    }

    @Override
    Prediction predict(Interval interval) {
        cells.copyFirst();
        displace();
        cells.step(interval);
        double[][] rows = cells.rows();
        for (int i = 0; i < cells.fast(); i++) {
            for (int k = 0; k < state.n; k++) {
                transition[i][k] = (rows[i][1 + k] - rows[i][0]) / displacement[k];
            }
            state.mean[i] = rows[i][0];
        }
        propagate();
        double[] kept = cells.passErrors(interval, lastCurrentA());
        for (int e = 0; e < CellCoordinates.FADING; e++) {
            state.forget(cells.fading() + e, kept[e], 1 - kept[e] * kept[e]);
        }
        displace();
        cells.evaluate(interval.endCurrentA());
        double[] voltage = cells.voltages();
        double predicted = voltage[0];
        for (int k = 0; k < state.n; k++) {
            byCoordinate[k] = (voltage[1 + k] - predicted) / displacement[k];
        }
        state.crossed(byCoordinate, crossed);
        double variance = 0;
        for (int k = 0; k < state.n; k++) {
            variance = Math.fma(byCoordinate[k], crossed[k], variance);
        }
        return new Prediction(predicted, Math.max(0, variance));
    }

    /** The first cell at the mean, each other displaced in one coordinate. */
    private void displace() {
        double[][] rows = cells.rows();
        for (int k = 0; k < state.n; k++) {
            Arrays.fill(rows[k], state.mean[k]);
            displacement[k] = Math.max(LEAST, DISPLACED * state.sigma(k));
            rows[k][1 + k] += displacement[k];
        }
    }

    /** P' = F P F'; what the physics does not move keeps its own covariance. */
    private void propagate() {
        int n = state.n;
        int fast = cells.fast();
        double[][] p = state.covariance;
        for (int i = 0; i < fast; i++) {
            double[] target = moved[i];
            Arrays.fill(target, 0);
            for (int k = 0; k < n; k++) {
                double weight = transition[i][k];
                double[] row = p[k];
                for (int j = 0; j < n; j++) {
                    target[j] = Math.fma(weight, row[j], target[j]);
                }
            }
        }
        for (int i = 0; i < fast; i++) {
            for (int j = fast; j < n; j++) {
                p[i][j] = moved[i][j];
                p[j][i] = moved[i][j];
            }
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum = Math.fma(moved[i][k], transition[j][k], sum);
                }
                p[i][j] = sum;
                p[j][i] = sum;
            }
        }
    }
}
