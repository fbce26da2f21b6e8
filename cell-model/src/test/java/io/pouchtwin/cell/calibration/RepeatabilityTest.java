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

    @Test
    void aCalibrationToTheRateTableGivesTheSameEnsembleOnEveryJdk() {
        CoinProblem coins = new CoinProblem();
        RateProblem problem = new RateProblem(coins, coins.data().subList(0, CoinProblem.RATES.length));
        MapEstimate fit = MapEstimate.find(
                problem, problem.data(), new double[problem.unknowns().size()]);
        Cloud cloud =
                new PosteriorSampler(problem, problem.data(), new Nd4jAlgebra(), Manner.quiet(523, 6)).draw(fit, 6);
        assertThat(cloud.scores()).hasSize(6);
        assertThat(hash(cloud.scores())).isEqualTo("e9146c21");
    }

    @Test
    void allPredictionsOfTheCoinsAreTheSameOnEveryJdk() {
        CoinProblem coins = new CoinProblem();
        assertThat(hash(List.of(coins.predict(coins.values(CoinProblem.start())))))
                .isEqualTo("2dcdd1fb");
    }
}
