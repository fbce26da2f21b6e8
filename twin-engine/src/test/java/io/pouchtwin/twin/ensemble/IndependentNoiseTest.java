package io.pouchtwin.twin.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.math.Philox;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IndependentNoiseTest {
    private static final int MEMBERS = 32;
    private final Philox random = Philox.of(5, "noise");

    @Test
    void isUncorrelatedWithWhatItAvoidsAndWithItself() {
        double[][] carried = new double[12][MEMBERS];
        IndependentNoise noise = new IndependentNoise(MEMBERS);
        noise.begin();
        for (int k = 0; k < carried.length; k++) {
            random.normalRow(carried[k], MEMBERS, 1, 1, k);
            noise.avoid(carried[k]);
        }
        double[][] drawn = new double[10][MEMBERS];
        for (int k = 0; k < drawn.length; k++) {
            noise.draw(drawn[k], random, 2, 2, k);
        }
        for (int k = 0; k < drawn.length; k++) {
            assertThat(RowStatistics.mean(drawn[k])).isCloseTo(0, within(1e-14));
            assertThat(RowStatistics.sigma(drawn[k], 0)).isCloseTo(1, within(1e-13));
            for (double[] row : carried) {
                assertThat(RowStatistics.comoment(drawn[k], 0, row, RowStatistics.mean(row)))
                        .isCloseTo(0, within(1e-11));
            }
            for (int i = 0; i < k; i++) {
                assertThat(RowStatistics.comoment(drawn[k], 0, drawn[i], 0)).isCloseTo(0, within(1e-11));
            }
        }
    }

    /** As many as a calibrated cell carries, and as many as walk. */
    @Test
    void withTooFewMembersItIsStillUncorrelatedWithWhatItAvoids() {
        double[][] carried = new double[24][MEMBERS];
        IndependentNoise noise = new IndependentNoise(MEMBERS);
        noise.begin();
        for (int k = 0; k < carried.length; k++) {
            random.normalRow(carried[k], MEMBERS, 1, 1, k);
            noise.avoid(carried[k]);
        }
        for (int k = 0; k < 17; k++) {
            double[] drawn = new double[MEMBERS];
            noise.draw(drawn, random, 2, 2, k);
            assertThat(RowStatistics.sigma(drawn, 0)).isCloseTo(1, within(1e-13));
            for (double[] row : carried) {
                assertThat(RowStatistics.comoment(drawn, 0, row, RowStatistics.mean(row)))
                        .isCloseTo(0, within(1e-11));
            }
        }
    }

    @Test
    void aRowThatSaysNothingNewIsPassedOver() {
        IndependentNoise noise = new IndependentNoise(MEMBERS);
        noise.begin();
        double[] row = new double[MEMBERS];
        random.normalRow(row, MEMBERS, 1, 1, 0);
        double[] constant = new double[MEMBERS];
        Arrays.fill(constant, 3);
        noise.avoid(row);
        noise.avoid(row.clone());
        noise.avoid(constant);
        double[] drawn = new double[MEMBERS];
        noise.draw(drawn, random, 3, 3, 0);
        assertThat(RowStatistics.sigma(drawn, 0)).isCloseTo(1, within(1e-13));
    }

    @Test
    void whatCannotBeObservedKeepsItsSpreadThroughAThousandSamples() {
        IndependentNoise noise = new IndependentNoise(MEMBERS);
        double[] seen = new double[MEMBERS];
        double[] unseen = new double[MEMBERS];
        noise.begin();
        noise.draw(seen, random, 0, 0, 0);
        noise.draw(unseen, random, 0, 0, 1);
        SquareRootUpdate update = new SquareRootUpdate(MEMBERS);
        double[] fresh = new double[MEMBERS];
        for (int k = 1; k <= 1000; k++) {
            noise.begin();
            noise.avoid(seen);
            noise.avoid(unseen);
            noise.draw(fresh, random, k, 0, 0);
            for (int j = 0; j < MEMBERS; j++) {
                seen[j] += 0.3 * fresh[j];
            }
            update.observe(seen, 0, 0.01, 4);
            update.apply(new double[][] {seen, unseen});
        }
        assertThat(RowStatistics.sigma(unseen, RowStatistics.mean(unseen))).isCloseTo(1, within(1e-9));
        assertThat(RowStatistics.sigma(seen, RowStatistics.mean(seen))).isLessThan(0.1);
    }
}
