package io.pouchtwin.cell.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CurveDistanceTest {
    @Test
    void aConstantDifferenceIsItsOwnRootMeanSquareHoweverTheReadingsLie() {
        double[] time = {0, 1, 1.5, 100};
        double[] a = {1, 2, 3, 4};
        double[] b = {1.5, 2.5, 3.5, 4.5};
        CurveDistance distance = CurveDistance.between(time, a, b, 0, 4);
        assertThat(distance.rms()).isCloseTo(0.5, within(1e-15));
        assertThat(distance.max()).isEqualTo(0.5);
    }

    @Test
    void readingsCrowdedAtOneEndDoNotCountMoreThanTheirTime() {
        double[] time = {0, 98, 99, 99.5, 100};
        double[] a = {0, 0, 1, 1, 1};
        double[] b = new double[5];
        assertThat(CurveDistance.between(time, a, b, 0, 5).rms()).isCloseTo(Math.sqrt(1.5 / 100), within(1e-12));
    }

    @Test
    void aReadingThatIsNotANumberIsNotPassedOver() {
        CurveDistance distance = CurveDistance.between(
                new double[] {0, 1, 2}, new double[] {1, Double.NaN, 1}, new double[] {1, 1, 1}, 0, 3);
        assertThat(distance.rms()).isNaN();
        assertThat(distance.max()).isNaN();
    }
}
