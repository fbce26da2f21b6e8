package io.pouchtwin.twin.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CycleScatterTest {
    private static final double USUAL = 0.001;
    private static final double SIGMA = 0.003;

    private static CycleScatter fading(double sigma, int cycles) {
        Random random = new Random(3);
        CycleScatter scatter = new CycleScatter(USUAL);
        for (int cycle = 1; cycle <= cycles; cycle++) {
            scatter.see(cycle, 1 - 0.004 * cycle + sigma * random.nextGaussian());
        }
        return scatter;
    }

    @Test
    void findsWhatSingleDischargesDepartByWhateverTheFade() {
        assertThat(fading(SIGMA, 120).sigma()).isCloseTo(SIGMA, Offset.offset(0.25 * SIGMA));
    }

    @Test
    void whatIsUsualIsForgottenWhereACellFadesEvenly() {
        assertThat(fading(0, 120).sigma()).isLessThan(0.2 * new CycleScatter(USUAL).sigma());
    }

    @Test
    void aBrokenCycleHardlyCounts() {
        CycleScatter scatter = fading(SIGMA, 60);
        double before = scatter.sigma();
        scatter.see(61, 0.3);

        assertThat(scatter.sigma()).isLessThan(1.2 * before);
    }

    @Test
    void acrossAGapNothingIsCompared() {
        CycleScatter scatter = fading(0, 60);
        double before = scatter.sigma();
        scatter.see(90, 0.5);
        scatter.see(91, 0.5);

        assertThat(scatter.sigma()).isEqualTo(before);
    }
}
