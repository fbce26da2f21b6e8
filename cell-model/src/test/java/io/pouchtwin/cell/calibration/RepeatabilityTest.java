package io.pouchtwin.cell.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.calibration.PosteriorSampler.Cloud;
import io.pouchtwin.cell.calibration.PosteriorSampler.Manner;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same seed gives the same result on every JDK: hashes that were computed once. */
class RepeatabilityTest {
    private static final MathContext DIGITS = new MathContext(6);

    private static String hash(List<double[]> rows) {
        int hash = 17;
        for (double[] row : rows) {
            for (double x : row) {
                hash = 31 * hash
                        + new BigDecimal(x).round(DIGITS).stripTrailingZeros().hashCode();
            }
        }
        return Integer.toHexString(hash);
    }

    /** On a problem whose model is arithmetic only, so that a change of the cell model does not change the hash: optimiser, linear algebra, random numbers, both stages of the sampler. */
    @Test
    void optimumAndEnsembleAreTheSameOnEveryJdk() {
        BentProblem problem = new BentProblem();
        MapEstimate fit = MapEstimate.find(problem, problem.data(), new double[] {1, 1, 0.5});
        Cloud cloud =
                new PosteriorSampler(problem, problem.data(), new Nd4jAlgebra(), Manner.quiet(523, 12)).draw(fit, 40);
        assertThat(cloud.scores()).hasSize(40);
        assertThat(hash(cloud.scores())).isEqualTo("9c0d0a98");
    }

    @Test
    void allPredictionsOfTheCoinsAreTheSameOnEveryJdk() {
        CoinProblem coins = new CoinProblem();
        assertThat(hash(List.of(coins.predict(coins.values(CoinProblem.start())))))
                .isEqualTo("2dcdd1fb");
    }
}
