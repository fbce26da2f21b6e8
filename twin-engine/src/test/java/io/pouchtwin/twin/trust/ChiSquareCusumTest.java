package io.pouchtwin.twin.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ChiSquareCusumTest {

    @Test
    void theErrorFunctionIsThatOfTheTables() {
        assertThat(ChiSquareCusum.errorFunction(0.5)).isCloseTo(0.520499877813047, within(1e-14));
        assertThat(ChiSquareCusum.errorFunction(2)).isCloseTo(0.995322265018953, within(1e-14));
        assertThat(ChiSquareCusum.errorFunction(3.5)).isCloseTo(0.999999256901628, within(1e-14));
    }

    @Test
    void theThresholdGivesTheChosenFalseAlarmRate() {
        double threshold = ChiSquareCusum.threshold(2000);
        Random random = new Random(42);
        int alarms = 0;
        double sum = 0;
        int samples = 4_000_000;
        for (int k = 0; k < samples; k++) {
            double n = random.nextGaussian();
            sum = ChiSquareCusum.next(sum, n * n);
            if (sum > threshold) {
                alarms++;
                sum = 0;
            }
        }
        assertThat((double) samples / alarms).isCloseTo(2000, Percentage.withPercentage(8));
    }

    @Test
    void innovationsOfTwiceTheExpectedSizeAreFoundSoon() {
        double threshold = TrustRules.standard().cusumThreshold();
        Random random = new Random(7);
        double sum = 0;
        int samples = 0;
        while (sum <= threshold) {
            double n = 2 * random.nextGaussian();
            sum = ChiSquareCusum.next(sum, n * n);
            samples++;
        }
        assertThat(samples).isLessThan(60);
    }

    @Test
    void anImpossibleRateIsRefused() {
        assertThatThrownBy(() -> ChiSquareCusum.threshold(1)).hasMessageContaining("expected 10 to 1e9");
    }
}
