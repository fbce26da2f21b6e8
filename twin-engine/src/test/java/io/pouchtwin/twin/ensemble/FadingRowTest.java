package io.pouchtwin.twin.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.math.Philox;
import org.junit.jupiter.api.Test;

class FadingRowTest {
    private static final int MEMBERS = 32;
    private final Philox random = Philox.of(7, "fading");
    private final IndependentNoise independent = new IndependentNoise(MEMBERS);
    private final double[] noise = new double[MEMBERS];

    private FadingRow drawn() {
        FadingRow row = new FadingRow(MEMBERS);
        independent.begin();
        independent.draw(row.u, random, 0, 1, 0);
        return row;
    }

    private void refresh(FadingRow row, long step) {
        independent.begin();
        independent.avoid(row.u);
        row.refresh(independent, random, step, 2, 0, noise);
    }

    @Test
    void keepsItsVarianceHoweverOftenItForgets() {
        FadingRow row = drawn();
        for (int k = 1; k <= 200; k++) {
            row.forget(0.07, 1);
            if (row.isDue()) {
                refresh(row, k);
            }
            double drawnVariance = RowStatistics.sigma(row.u, RowStatistics.mean(row.u));
            assertThat(drawnVariance).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void forgetsByWhatHasPassedSinceItWasDrawn() {
        FadingRow row = drawn();
        double[] before = row.u.clone();
        for (int k = 0; k < 10; k++) {
            row.forget(0.05, 1);
        }
        assertThat(row.pendingShare()).isCloseTo(1 - Math.exp(-1), within(1e-12));
        refresh(row, 1);
        double kept = RowStatistics.comoment(row.u, RowStatistics.mean(row.u), before, RowStatistics.mean(before))
                / (MEMBERS - 1);
        assertThat(kept).isCloseTo(Math.exp(-0.5), within(1e-9));
        assertThat(row.pendingShare()).isZero();
    }

    @Test
    void aSizeThatGrowsSlowlyCountsInTheEndLikeOneThatGrowsAtOnce() {
        FadingRow slowly = drawn();
        for (int k = 0; k < 100; k++) {
            slowly.forget(0, Math.pow(0.5, 0.01));
        }
        FadingRow atOnce = drawn();
        atOnce.forget(0, 0.5);
        assertThat(slowly.isDue()).isTrue();
        assertThat(slowly.pendingShare()).isCloseTo(atOnce.pendingShare(), within(1e-12));
    }
}
