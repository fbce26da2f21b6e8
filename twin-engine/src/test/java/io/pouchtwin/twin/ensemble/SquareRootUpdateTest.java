package io.pouchtwin.twin.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the textbook Kalman update of the ensemble's own mean and covariance. */
class SquareRootUpdateTest {
    private static final int MEMBERS = 32;

    @Test
    void movesMeanAndVarianceAsAKalmanFilterDoes() {
        double[] x = row(1, 0.5, 2);
        double[] y = row(7, 2.0, 3);
        double[] predicted = new double[MEMBERS];
        for (int j = 0; j < MEMBERS; j++) {
            predicted[j] = 3 * x[j] + 0.5 * y[j];
        }
        double noise = 0.09;
        double measured = 8.1;
        double xh = covariance(x, predicted);
        double s = covariance(predicted, predicted) + noise;
        double meanExpected = RowStatistics.mean(x) + xh / s * (measured - RowStatistics.mean(predicted));
        double varianceExpected = covariance(x, x) - xh * xh / s;
        double crossExpected = covariance(x, y) - xh * covariance(y, predicted) / s;

        SquareRootUpdate update = new SquareRootUpdate(MEMBERS);
        update.observe(predicted, measured, noise, 100);
        update.apply(new double[][] {x, y});

        assertThat(RowStatistics.mean(x)).isCloseTo(meanExpected, within(1e-13));
        assertThat(covariance(x, x)).isCloseTo(varianceExpected, within(1e-13));
        assertThat(covariance(x, y)).isCloseTo(crossExpected, within(1e-13));
    }

    @Test
    void updatingThePredictionItselfLeavesThePosteriorOfTheMeasuredQuantity() {
        double[] predicted = row(3, 0.2, 5);
        double variance = covariance(predicted, predicted);
        SquareRootUpdate update = new SquareRootUpdate(MEMBERS);
        update.observe(predicted, 3.1, 0.01, 100);
        update.apply(new double[][] {predicted});
        assertThat(covariance(predicted, predicted)).isCloseTo(variance * 0.01 / (variance + 0.01), within(1e-14));
    }

    @Test
    void oneWildReadingMovesTheMeanNoFurtherThanTheLimit() {
        double[] predicted = row(3, 0.2, 5);
        double mean = RowStatistics.mean(predicted);
        double variance = covariance(predicted, predicted);
        SquareRootUpdate update = new SquareRootUpdate(MEMBERS);
        update.observe(predicted, 1e6, 0.01, 4);
        update.apply(new double[][] {predicted});
        double s = variance + 0.01;
        assertThat(RowStatistics.mean(predicted) - mean).isCloseTo(variance / s * 4 * Math.sqrt(s), within(1e-12));
        assertThat(update.innovation()).isGreaterThan(9e5);
    }

    @Test
    void aQuantityWithoutSpreadStaysPut() {
        double[] still = new double[MEMBERS];
        java.util.Arrays.fill(still, 2.5);
        SquareRootUpdate update = new SquareRootUpdate(MEMBERS);
        update.observe(row(0, 1, 4), 1, 0.1, 4);
        update.apply(new double[][] {still});
        assertThat(still).containsOnly(2.5);
    }

    @Test
    void tooFewMembersAreRefused() {
        assertThatThrownBy(() -> new SquareRootUpdate(3)).hasMessageContaining("members: 3");
    }

    private static double[] row(double mean, double sigma, long seed) {
        Random random = new Random(seed);
        double[] row = new double[MEMBERS];
        for (int j = 0; j < MEMBERS; j++) {
            row[j] = mean + sigma * random.nextGaussian();
        }
        return row;
    }

    private static double covariance(double[] x, double[] y) {
        return RowStatistics.comoment(x, RowStatistics.mean(x), y, RowStatistics.mean(y)) / (x.length - 1);
    }
}
