package io.pouchtwin.cell.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.calibration.PosteriorSampler.Cloud;
import io.pouchtwin.cell.calibration.PosteriorSampler.Manner;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PosteriorWalkTest {
    private static final int MEMBERS = 1500;
    private static final BentProblem PROBLEM = new BentProblem();
    private static final double[] START = {1, 1, 0.5};
    private static Cloud cloud;

    @BeforeAll
    static void draw() {
        MapEstimate fit = MapEstimate.find(PROBLEM, PROBLEM.data(), START);
        cloud = new PosteriorSampler(PROBLEM, PROBLEM.data(), new Nd4jAlgebra(), Manner.quiet(11, 40))
                .draw(fit, MEMBERS);
    }

    /** Expectation over the posterior of the two seen unknowns, by quadrature over the plane. */
    private static double exact(ToDoubleFunction<double[]> of) {
        Residuals model = new Residuals(PROBLEM, PROBLEM.data());
        double sum = 0;
        double weight = 0;
        for (double a = -4; a <= 4; a += 0.02) {
            for (double b = -4; b <= 4; b += 0.02) {
                double[] z = {a, b, 0};
                double w =
                        Math.exp(-Residuals.halfSquare(model.ofData(model.predictions(z))) - Residuals.halfSquare(z));
                sum += w * of.applyAsDouble(z);
                weight += w;
            }
        }
        return sum / weight;
    }

    private static double drawn(ToDoubleFunction<double[]> of) {
        return cloud.scores().stream().mapToDouble(of).average().orElseThrow();
    }

    @Test
    void aParameterThatNoDatumDependsOnKeepsThePriorsSpread() {
        double mean = drawn(z -> z[2]);
        double variance = drawn(z -> (z[2] - mean) * (z[2] - mean));
        // three standard errors
        assertThat(mean).isCloseTo(0, within(3 / Math.sqrt(MEMBERS)));
        assertThat(Math.sqrt(variance)).isCloseTo(1, within(3 / Math.sqrt(2.0 * MEMBERS)));
    }

    @Test
    void alongABentValleyTheCloudHasThePosteriorsMeanSpreadAndTails() {
        double meanA = exact(z -> z[0]);
        double meanB = exact(z -> z[1]);
        double sdA = Math.sqrt(exact(z -> (z[0] - meanA) * (z[0] - meanA)));
        double sdB = Math.sqrt(exact(z -> (z[1] - meanB) * (z[1] - meanB)));
        double tolerance = 4 / Math.sqrt(MEMBERS);
        assertThat(drawn(z -> z[0])).isCloseTo(meanA, within(tolerance * sdA));
        assertThat(drawn(z -> z[1])).isCloseTo(meanB, within(tolerance * sdB));
        assertThat(Math.sqrt(drawn(z -> (z[0] - meanA) * (z[0] - meanA)))).isCloseTo(sdA, within(tolerance * sdA));
        assertThat(Math.sqrt(drawn(z -> (z[1] - meanB) * (z[1] - meanB)))).isCloseTo(sdB, within(tolerance * sdB));
        double tail = meanA + 1.5 * sdA;
        assertThat(drawn(z -> z[0] > tail ? 1 : 0)).isCloseTo(exact(z -> z[0] > tail ? 1 : 0), within(0.02));
    }

    @Test
    void theWalkMendsWhatTheBeginningsGetWrong() {
        MapEstimate fit = MapEstimate.find(PROBLEM, PROBLEM.data(), START);
        Cloud begun = new PosteriorSampler(PROBLEM, PROBLEM.data(), new Nd4jAlgebra(), Manner.quiet(11, 0))
                .draw(fit, MEMBERS);
        double mean = exact(z -> z[0]);
        double before = begun.scores().stream().mapToDouble(z -> z[0]).average().orElseThrow();
        assertThat(Math.abs(drawn(z -> z[0]) - mean)).isLessThan(0.5 * Math.abs(before - mean));
    }
}
