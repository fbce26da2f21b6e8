package io.pouchtwin.cell.ageing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.ageing.CycleOracle.ResolvedCycle;
import io.pouchtwin.cell.ageing.ReducedCycler.CellVariation;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.ReducedOptions;
import org.junit.jupiter.api.Test;

class CycleLifeTest {
    private static final double FOIL = 148_000;

    private static ReducedCycler coin(AgeingLaws laws, double rate) {
        ReducedCell cell =
                ReducedCell.of(ParameterLibrary.shipped().cell("coin-ncm523-ppla"), ReducedOptions.THIN.withNodes(1));
        return new ReducedCycler(
                cell,
                CellVariation.none(),
                laws,
                CyclingProtocol.symmetric(rate * cell.parameters().oneCAmpere(), 2.8, 4.4, 298.15));
    }

    /** Ten times as fast as a real cell, so that few cycles show much. */
    private static AgeingLaws fast() {
        return new AgeingLaws(
                new SeiFilm(0.01, 1, 0, 16_200, 6, 700, 3.6e-4, 6.36e-14, 40_000),
                new DeadLithium(0.01, 0, 6, 1.3e-5, 0.5, 0.03, 40_000),
                new ContactLoss(0.5, 15, 1e-8),
                new CathodeLoss(2e-3, 2, 0.6, 30_000),
                new ElectrolyteConsumption(1e5, 0.2, 6),
                new ShortingDamage(21.1, 1e9, 1.6));
    }

    @Test
    void theFastPathAgreesWithCyclingStepByStep() {
        int cycles = 60;
        double[] stepped = coin(fast(), 5).stepThrough(SlowState.fresh(FOIL), cycles);
        CycleLife.Life life = CycleLife.run(
                fast(),
                SlowState.fresh(FOIL),
                coin(fast(), 5),
                new CycleLife.Limits(cycles, 0.1, true),
                CycleLife.Stepping.adaptive(1));

        assertThat(stepped[cycles] / stepped[0]).isBetween(0.5, 0.95);
        for (int k : new int[] {10, 30, 60}) {
            assertThat(life.retention(k)).isCloseTo(stepped[k] / stepped[0], within(0.004));
        }
        assertThat(life.points().size()).isLessThan(cycles / 2);
    }

    @Test
    void fixedAndAdaptiveStepsAgree() {
        CycleLife.Limits limits = new CycleLife.Limits(300, 0.1, true);
        AgeingLaws laws = AgeingLawsTest.laws(1, 0, 2);
        CycleLife.Life fixed =
                CycleLife.run(laws, SlowState.fresh(FOIL), coin(laws, 1), limits, CycleLife.Stepping.fixed(5));
        CycleLife.Life adaptive =
                CycleLife.run(laws, SlowState.fresh(FOIL), coin(laws, 1), limits, CycleLife.Stepping.adaptive(0.3));
        assertThat(fixed.retention(300)).isCloseTo(adaptive.retention(300), within(0.002));
    }

    @Test
    void capacityStaysWhileSpareLithiumLastsAndThenFallsWithTheEfficiency() {
        AgeingLaws onlyDead = new AgeingLaws(
                new SeiFilm(0, 0, 0, 16_200, 6, 700, 1e-30, 1e-30, 0),
                new DeadLithium(0.02, 0, 6, 1.3e-5, 0.5, 1e9, 0),
                new ContactLoss(0, 1, 0),
                new CathodeLoss(0, 1, 0.6, 0),
                new ElectrolyteConsumption(1e9, 0.2, 6),
                new ShortingDamage(21.1, 1e30, 1));
        // each cycle plates what is left to strip: 10 000 C/m2 of cathode, 2 % of it lost per cycle
        CycleOracle oracle = state -> {
            double q = LithiumInventory.deliverable(10_000, state.lithiumBalanceCPerM2());
            return new ResolvedCycle(new CycleStress(6, 6, q, q, 0.5, 298.15, 0), q);
        };
        CycleLife.Life life = CycleLife.run(
                onlyDead,
                SlowState.fresh(10_000),
                oracle,
                new CycleLife.Limits(150, 0.01, true),
                CycleLife.Stepping.adaptive(0.1));
        assertThat(life.retention(45)).isCloseTo(1, within(1e-9));
        assertThat(life.retention(80)).isCloseTo(Math.exp(-0.02 * 30), within(0.01));
        assertThat(life.retention(150)).isCloseTo(Math.exp(-0.02 * 100), within(0.01));
    }

    @Test
    void aLifeEndsWhereDamageReachesOne() {
        AgeingLaws laws = AgeingLawsTest.laws(1, 0, 2).withShorting(new ShortingDamage(6, 100_000, 1));
        CycleOracle oracle = state -> new ResolvedCycle(new CycleStress(6, 6, 6000, 6000, 0.3, 298.15, 0), 6000);
        CycleLife.Life life = CycleLife.run(
                laws, SlowState.fresh(FOIL), oracle, new CycleLife.Limits(500, 0.1, true), CycleLife.Stepping.fixed(7));
        assertThat(life.end()).isEqualTo(CycleLife.End.SHORT);
        assertThat(life.endCycle()).isCloseTo(100, within(1e-6));
        assertThat(life.retention(200)).isZero();
    }

    @Test
    void aLifeOfThirteenHundredCyclesTakesSomeDozensOfResolvedOnes() {
        AgeingLaws laws = AgeingLawsTest.laws(1, 0, 2);
        int[] resolved = {0};
        ReducedCycler cycler = coin(laws, 10);
        CycleOracle counted = state -> {
            resolved[0]++;
            return cycler.resolve(state);
        };
        CycleLife.run(
                laws,
                SlowState.fresh(FOIL),
                counted,
                new CycleLife.Limits(1300, 0.1, false),
                CycleLife.Stepping.adaptive(1));
        assertThat(resolved[0]).isLessThan(100);
    }

    @Test
    void theSameLifeHasTheSameBitsOnEveryJdk() {
        CycleOracle oracle = state -> {
            double q = 16_000 * state.activeFraction();
            return new ResolvedCycle(new CycleStress(6.5, 5.5, q, q, 0.5, 301.15, 30), q);
        };
        CycleLife.Life life = CycleLife.run(
                AgeingLawsTest.laws(1.3, -0.2, 1.7),
                SlowState.fresh(FOIL),
                oracle,
                new CycleLife.Limits(400, 0.1, false),
                CycleLife.Stepping.adaptive(1));
        long bits = 0;
        for (CycleLife.Point p : life.points()) {
            for (double v : new double[] {
                p.cycle(),
                p.state().filmChargeCPerM2(),
                p.state().activeFraction(),
                p.state().contactExcess()
            }) {
                bits = 31 * bits + Double.doubleToRawLongBits(v);
            }
        }
        assertThat(Long.toHexString(bits)).isEqualTo("d83c1777f3979f73");
    }
}
