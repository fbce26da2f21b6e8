package io.pouchtwin.twin.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.math.NormalQuantile;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void quantilesOfANormalSampleAreThoseOfTheNormal() {
        double[] sample = new double[200];
        Arrays.setAll(sample, k -> NormalQuantile.of((k + 0.5) / 200));

        assertThat(Spread.of(sample).at(0.05)).isCloseTo(-1.645, Offset.offset(0.01));
        assertThat(Spread.of(sample).at(0.5)).isCloseTo(0, Offset.offset(1e-9));
        assertThat(Spread.of(sample).between(-1).getLow()).isCloseTo(-1.645, Offset.offset(0.01));
    }

    @Test
    void rankedProbabilityScoreOfACertainForecastIsItsError() {
        assertThat(Spread.crps(new double[] {3, 3, 3}, 5)).isCloseTo(2, Offset.offset(1e-12));
    }

    @Test
    void rankedProbabilityScoreOfANormalIsTheKnownOne() {
        double[] sample = new double[4000];
        Arrays.setAll(sample, k -> NormalQuantile.of((k + 0.5) / 4000));

        // Gneiting and Raftery 2007, eq. 21 at 0: 2 phi(0) - 1 / sqrt(pi)
        assertThat(Spread.crps(sample, 0))
                .isCloseTo(2 / Math.sqrt(2 * Math.PI) - 1 / Math.sqrt(Math.PI), Offset.offset(1e-3));
    }

    @Test
    void whatLiesBeyondTheHorizonStaysBeyond() {
        double[] some = {10, 20, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};

        assertThat(Spread.of(some).shareUpTo(1000)).isEqualTo(0.5);
        assertThat(Spread.of(some).at(0.95)).isInfinite();
    }
}
