package io.pouchtwin.cell.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.math.Elementary;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ShortOutlookTest {
    private static final PlatingLoad LOAD = new PlatingLoad(64, 30_000, 298.15, 297e-4);
    private static final List<ShortLaw> LAWS = HazardFit.toThePaper().laws(256);

    private static ShortOutlook fresh() {
        return new ShortOutlook(Membrane.PPLA, LOAD.areaM2(), LAWS);
    }

    @Test
    void longerPlatingIsNeverSafer() {
        ShortOutlook cell = fresh();

        assertThat(cell.probability(LOAD, 36_000).middle())
                .isLessThan(cell.probability(LOAD, 360_000).middle());
    }

    @Test
    void aCellThatHasSurvivedIsBelievedToBeAStrongOne() {
        ShortOutlook cell = fresh();
        double before = cell.probability(LOAD, 3_600).middle();

        cell.add(LOAD, 3_600_000);

        assertThat(cell.probability(LOAD, 3_600).middle()).isLessThan(before);
        assertThat(cell.damage().middle()).isGreaterThan(0);
    }

    @Test
    void intervalsHoldTheirMiddleAndStayProbabilities() {
        ShortOutlook cell = fresh();
        cell.add(LOAD, 10_000);
        DendriteMargin.Range p = cell.probability(LOAD, 100_000);

        assertThat(p.low()).isBetween(0.0, p.middle());
        assertThat(p.high()).isBetween(p.middle(), 1.0);
    }

    @Test
    void aHundredCoinsAreAsWeakAsOneCellOfTheirArea() {
        ShortLaw law = LAWS.get(10);
        double exposure = 0.01;
        double one = law.shortProbability(0, exposure, ShortLaw.REFERENCE_AREA_M2);
        double hundred = law.shortProbability(0, exposure, 100 * ShortLaw.REFERENCE_AREA_M2);

        assertThat(1 - hundred).isCloseTo(Elementary.exp(100 * Elementary.log1p(-one)), Offset.offset(1e-12));
    }

    @Test
    void exposureOfARampIsThatOfItsManySmallSteps() {
        ShortLaw law = LAWS.get(3);
        double rate = 1e-3;
        double sum = 0;
        int steps = 20_000;
        for (int k = 0; k < steps; k++) {
            double i = 21.1 * (k + 0.5) / steps;
            sum += law.exposureRate(Membrane.PPLA, new PlatingLoad(i, i * 1800, ShortLaw.REFERENCE_K, 1e-4))
                    * (21.1 / steps / rate);
        }
        double closed = law.exposureOfRamp(Membrane.PPLA, 21.1, rate, 1800);

        assertThat(sum / closed).isCloseTo(1, Offset.offset(1e-4));
    }

    @Test
    void goesOnFromWhereItWasSaved() {
        ShortOutlook cell = fresh();
        cell.add(LOAD, 50_000);
        ShortOutlook other = fresh();
        other.restore(cell.save());

        assertThat(other.probability(LOAD, 7_000)).isEqualTo(cell.probability(LOAD, 7_000));
    }
}
