package io.pouchtwin.cell.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.calibration.PosteriorSampler.Cloud;
import io.pouchtwin.cell.calibration.PosteriorSampler.Manner;
import org.junit.jupiter.api.Test;

class EstimationTest {
    private final LinearProblem problem = new LinearProblem();
    private final DenseAlgebra algebra = new Nd4jAlgebra();

    /** (J^T J + 1)^-1 of the two unknowns that are seen, J = [[2, 2], [8, -4]]. */
    private static final double[][] COVARIANCE = inverse(2 * 2 + 8 * 8 + 1, 2 * 2 - 8 * 4, 2 * 2 + 4 * 4 + 1);

    private static double[][] inverse(double a, double b, double d) {
        double determinant = a * d - b * b;
        return new double[][] {{d / determinant, -b / determinant}, {-b / determinant, a / determinant}};
    }

    @Test
    void theMostProbableValuesOfALinearProblemAreTheClosedForm() {
        MapEstimate fit = MapEstimate.find(problem, problem.data(), new double[] {1, -1, 2});
        // J^T d with d = (6, 4)
        double[] right = {2 * 6 + 8 * 4, 2 * 6 - 4 * 4};
        double a = COVARIANCE[0][0] * right[0] + COVARIANCE[0][1] * right[1];
        double b = COVARIANCE[1][0] * right[0] + COVARIANCE[1][1] * right[1];
        assertThat(fit.scores()[0]).isCloseTo(a, within(1e-6));
        assertThat(fit.scores()[1]).isCloseTo(b, within(1e-6));
        assertThat(fit.scores()[2]).isCloseTo(0, within(1e-6));
    }

    @Test
    void theCloudOfALinearProblemHasTheClosedFormsMeanSpreadAndCorrelation() {
        MapEstimate fit = MapEstimate.find(problem, problem.data(), new double[3]);
        int members = 500;
        Cloud cloud = new PosteriorSampler(problem, problem.data(), algebra, Manner.quiet(7, 3)).draw(fit, members);
        assertThat(cloud.scores()).hasSize(members);
        double[] mean = new double[3];
        double[][] covariance = new double[3][3];
        cloud.scores().forEach(z -> {
            for (int k = 0; k < 3; k++) {
                mean[k] += z[k] / members;
            }
        });
        cloud.scores().forEach(z -> {
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    covariance[r][c] += (z[r] - mean[r]) * (z[c] - mean[c]) / members;
                }
            }
        });
        assertThat(mean[0]).isCloseTo(fit.scores()[0], within(0.035));
        assertThat(mean[1]).isCloseTo(fit.scores()[1], within(0.035));
        assertThat(covariance[0][0]).isCloseTo(COVARIANCE[0][0], within(0.2 * COVARIANCE[0][0]));
        assertThat(covariance[1][1]).isCloseTo(COVARIANCE[1][1], within(0.2 * COVARIANCE[1][1]));
        assertThat(covariance[0][1]).isCloseTo(COVARIANCE[0][1], within(0.4 * Math.abs(COVARIANCE[0][1])));
        assertThat(covariance[2][2]).isCloseTo(1, within(0.2));
        // every second proposal is reversible with respect to this very posterior and always taken
        assertThat(cloud.accepted()).isGreaterThan(2.0 / 3);
    }

    @Test
    void theSameSeedGivesTheSameCloud() {
        MapEstimate fit = MapEstimate.find(problem, problem.data(), new double[3]);
        Cloud one = new PosteriorSampler(problem, problem.data(), algebra, Manner.quiet(7, 3)).draw(fit, 20);
        Cloud two = new PosteriorSampler(problem, problem.data(), algebra, Manner.quiet(7, 3)).draw(fit, 20);
        for (int k = 0; k < 20; k++) {
            assertThat(one.scores().get(k)).containsExactly(two.scores().get(k));
        }
    }

    @Test
    void aDirectionThatNoDatumSeesIsNamed() {
        MapEstimate fit = MapEstimate.find(problem, problem.data(), new double[3]);
        Identifiability seen = Identifiability.of(fit.jacobian(), algebra);
        assertThat(seen.seen()).isEqualTo(2);
        Identifiability.Direction last = seen.directions().get(2);
        assertThat(last.seen()).isFalse();
        assertThat(last.text(problem.unknowns())).isEqualTo("+1.00 unseen");
        assertThat(seen.contraction().get(2)).isCloseTo(1, within(1e-9));
        assertThat(seen.contraction().get(0)).isCloseTo(Math.sqrt(COVARIANCE[0][0]), within(1e-6));
    }

    @Test
    void singularValueDecompositionRebuildsTheMatrix() {
        double[][] a = {{1, 2}, {3, 4}, {5, 7}, {-1, 0.5}};
        DenseAlgebra.Decomposition d = algebra.decompose(a);
        for (int r = 0; r < a.length; r++) {
            for (int c = 0; c < 2; c++) {
                double sum = 0;
                for (int k = 0; k < 2; k++) {
                    sum += d.u()[r][k] * d.s()[k] * d.v()[c][k];
                }
                assertThat(sum).isCloseTo(a[r][c], within(1e-12));
            }
        }
        assertThat(algebra.multiply(a, new double[][] {{1}, {1}})[2][0]).isCloseTo(12, within(1e-14));
        assertThat(algebra.leastSquares(a, new double[] {3, 7, 12, -0.5})[0]).isCloseTo(1, within(1e-12));
    }

    @Test
    void scoresAndValuesAreEachOthersInverse() {
        for (Unknown u : CoinUnknown.all()) {
            for (double z : new double[] {-2, -0.3, 0, 1.7}) {
                assertThat(u.score(u.value(z))).as(u.name()).isCloseTo(z, within(1e-9));
            }
            assertThat(u.value(0)).as(u.name()).isCloseTo(u.middle(), within(1e-12 * Math.abs(u.middle()) + 1e-15));
        }
    }

    @Test
    void aBoundThatIsKeptCostsNothingAndOneThatIsMissedCostsItsDistance() {
        Datum bound = new Datum("life", "none", "h", Datum.Relation.AT_LEAST_LOG, 6000, 0.15);
        assertThat(bound.residual(9000)).isCloseTo(0, within(1e-6));
        assertThat(bound.residual(6000 * Math.exp(-0.3))).isCloseTo(-2, within(1e-6));
    }

    @Test
    void quantilesOfChiSquareAgreeWithTables() {
        assertThat(2 * PosteriorSampler.misfitBound(21)).isCloseTo(46.797, within(0.3));
    }
}
