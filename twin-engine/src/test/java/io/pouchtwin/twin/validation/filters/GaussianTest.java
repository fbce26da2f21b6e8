package io.pouchtwin.twin.validation.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GaussianTest {
    @Test
    void aScalarMeasurementGivesTheExactPosterior() {
        Gaussian state = new Gaussian(2);
        state.covariance[0][0] = 4;
        state.covariance[1][1] = 9;
        state.covariance[0][1] = 3;
        state.covariance[1][0] = 3;
        double[] gradient = {1, -2};
        double[] b = new double[2];
        state.crossed(gradient, b);
        double total = state.variance(gradient) + 2;
        state.correct(b, total, 1.5);

        // information form: P^-1 + H'H / R inverted by hand
        double determinant = 4 * 9 - 3 * 3;
        double p00 = 9 / determinant + 0.5;
        double p01 = -3 / determinant - 1;
        double p11 = 4 / determinant + 2;
        double inverse = 1 / (p00 * p11 - p01 * p01);
        assertThat(state.covariance[0][0]).isCloseTo(p11 * inverse, within(1e-12));
        assertThat(state.covariance[0][1]).isCloseTo(-p01 * inverse, within(1e-12));
        assertThat(state.covariance[1][1]).isCloseTo(p00 * inverse, within(1e-12));
        assertThat(state.mean[0])
                .isCloseTo((state.covariance[0][0] - 2 * state.covariance[0][1]) * 0.75, within(1e-12));
        assertThat(state.mean[1])
                .isCloseTo((state.covariance[0][1] - 2 * state.covariance[1][1]) * 0.75, within(1e-12));
    }

    @Test
    void theRootGivesTheCovarianceBackThoughCoordinatesMoveTogether() {
        Gaussian state = new Gaussian(4);
        double[][] directions = {{1, 1, 1, 0.5}, {0, 0, 0, 2}};
        for (double[] d : directions) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    state.covariance[i][j] += d[i] * d[j];
                }
            }
        }
        double[][] root = new double[4][4];
        state.root(root);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                double sum = 0;
                for (int k = 0; k < 4; k++) {
                    sum += root[i][k] * root[j][k];
                }
                assertThat(sum).isCloseTo(state.covariance[i][j], within(1e-12));
            }
        }
    }
}
