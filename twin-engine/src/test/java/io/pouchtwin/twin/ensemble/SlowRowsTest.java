package io.pouchtwin.twin.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.ReducedCell;
import org.junit.jupiter.api.Test;

/** How what is learnt of a cell wanders, and what a factor is at the reference temperature. */
class SlowRowsTest {
    private static final int MEMBERS = 32;
    private static final double REFERENCE_K = 298.15;

    private final ParameterSet set = ParameterLibrary.shipped().load("coin-ncm523-ppla");
    private final ReducedCell cell = ReducedCell.of(set.toCellParameters());
    private final Ensemble ensemble = cell.newEnsemble(MEMBERS);
    private final SlowRows slow = new SlowRows(CellPrior.of(set, cell), REFERENCE_K, MEMBERS);
    private final IndependentNoise noise = new IndependentNoise(MEMBERS);

    /** Capacity goes with diffusivity and kinetics in the calibrated cells; what is forgotten of these is no fade of it. */
    @Test
    void capacityWandersByItsOwnMeasureWhateverItIsCorrelatedWith() {
        assertThat(slow.strideIsDue(36_000, true)).isTrue();
        noise.begin();
        slow.walk(noise, Philox.of(1, "walk"), 1, 0, new double[MEMBERS]);
        slow.write(ensemble, REFERENCE_K);
        double[] active = ensemble.parameter(MemberParameter.ACTIVE_FRACTION_FACTOR);
        double mean = RowStatistics.mean(active);
        double expected = SlowQuantity.CAPACITY_WALK * Math.sqrt(10);
        assertThat(RowStatistics.sigma(active, mean) / mean).isCloseTo(expected, within(0.2 * expected));
        double[] kinetics = ensemble.parameter(MemberParameter.CATHODE_EXCHANGE_FACTOR);
        assertThat(RowStatistics.sigma(kinetics, RowStatistics.mean(kinetics))).isGreaterThan(0.01);
    }

    /** A channel that stands still over the weekend has no smaller cell on Monday. */
    @Test
    void aCellFadesByBeingCycledAndNotByWaiting() {
        double cycled = capacityAfter(20, 600, true);
        double waited = capacityAfter(20 * 6, 600, false);
        double fade = SlowQuantity.CAPACITY_FADE_PER_H;
        assertThat(cycled).isCloseTo(-fade * 20 / 6.0, within(0.1 * fade));
        assertThat(waited).isCloseTo(-fade, within(0.1 * fade));
    }

    /** Logarithm of the share of the active material that is left, mean over the members, after so many strides. */
    private double capacityAfter(int strides, double lengthS, boolean flows) {
        SlowRows rows = new SlowRows(CellPrior.of(set, cell), REFERENCE_K, MEMBERS);
        rows.write(ensemble, REFERENCE_K);
        double before = RowStatistics.mean(ensemble.parameter(MemberParameter.ACTIVE_FRACTION_FACTOR));
        for (int k = 0; k < strides; k++) {
            if (rows.strideIsDue(lengthS, flows)) {
                noise.begin();
                rows.walk(noise, Philox.of(3, "walk"), k, 0, new double[MEMBERS]);
            }
        }
        rows.write(ensemble, REFERENCE_K);
        return Math.log(RowStatistics.mean(ensemble.parameter(MemberParameter.ACTIVE_FRACTION_FACTOR)) / before);
    }

    @Test
    void atTheReferenceTemperatureAFactorIsTheSameHoweverWarmTheCellIs() {
        noise.begin();
        slow.draw(noise, Philox.of(2, "draw"), 0);
        double[] cool = factor(REFERENCE_K);
        double[] warm = factor(REFERENCE_K + 15);
        assertThat(ensemble.parameter(MemberParameter.LITHIUM_EXCHANGE_FACTOR)).isNotEqualTo(cool);
        for (int j = 0; j < MEMBERS; j++) {
            assertThat(warm[j]).isCloseTo(cool[j], within(1e-3 * cool[j]));
        }
    }

    private double[] factor(double temperatureK) {
        double[] row = new double[MEMBERS];
        slow.write(ensemble, temperatureK);
        slow.atReference(MemberParameter.LITHIUM_EXCHANGE_FACTOR, ensemble, row);
        return row;
    }
}
