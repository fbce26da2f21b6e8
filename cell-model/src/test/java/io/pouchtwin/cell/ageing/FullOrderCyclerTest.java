package io.pouchtwin.cell.ageing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.ageing.ReducedCycler.CellVariation;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.reduced.ReducedCell;
import org.junit.jupiter.api.Test;

/** The same laws in both models: whole lives agree, and so does the fast path with cycling step by step. */
class FullOrderCyclerTest {
    private static final double FOIL = 148_000;
    private static final double RATE = 5;

    private static final CellParameters COIN = ParameterLibrary.shipped().cell("coin-ncm523-ppla");
    private static final CyclingProtocol PROTOCOL =
            CyclingProtocol.symmetric(RATE * COIN.oneCAmpere(), 2.8, 4.4, 298.15);

    /** A hundred times as fast as a real cell, so that few cycles show much. */
    private static AgeingLaws fast() {
        return new AgeingLaws(
                new SeiFilm(0.03, 1, 0, 16_200, 6, 1400, 3.6e-4, 6.36e-14, 40_000),
                new DeadLithium(0.03, 0, 6, 1.3e-5, 0.5, 0.03, 40_000),
                new ContactLoss(0.5, 15, 1e-7),
                new CathodeLoss(1e-2, 2, 0.6, 30_000),
                new ElectrolyteConsumption(1e5, 0.2, 6),
                new ShortingDamage(21.1, 1e9, 1.6));
    }

    private static FullOrderCycler full(AgeingLaws laws) {
        return new FullOrderCycler(ignored -> COIN, new Mesh(4, 6, 16), laws, PROTOCOL);
    }

    private static CycleLife.Life live(AgeingLaws laws, CycleOracle oracle, double cycles, double foil) {
        return CycleLife.run(
                laws,
                SlowState.fresh(foil),
                oracle,
                new CycleLife.Limits(cycles, 0.05, false),
                CycleLife.Stepping.fixed(6));
    }

    @Test
    void aLifeInFullOrderIsThatOfTheReducedCell() {
        AgeingLaws laws = fast();
        CycleLife.Life inFull = live(laws, full(laws), 12, FOIL);
        CycleLife.Life reduced =
                live(laws, new ReducedCycler(ReducedCell.of(COIN), CellVariation.none(), laws, PROTOCOL), 12, FOIL);
        assertThat(inFull.retention(12)).isBetween(0.5, 0.95).isCloseTo(reduced.retention(12), within(0.005));
        SlowState a = inFull.points().get(inFull.points().size() - 1).state();
        SlowState b = reduced.points().get(reduced.points().size() - 1).state();
        assertThat(a.filmChargeCPerM2()).isCloseTo(b.filmChargeCPerM2(), within(0.01 * b.filmChargeCPerM2()));
        assertThat(a.deadChargeCPerM2()).isCloseTo(b.deadChargeCPerM2(), within(0.01 * b.deadChargeCPerM2()));
        assertThat(a.lithiumBalanceCPerM2()).isCloseTo(b.lithiumBalanceCPerM2(), within(100.0));
        assertThat(a.activeFraction()).isCloseTo(b.activeFraction(), within(0.002));
        assertThat(a.contactUtilisation()).isCloseTo(b.contactUtilisation(), within(0.001));
        assertThat(a.electrolyteLeft()).isCloseTo(b.electrolyteLeft(), within(0.001));
    }

    @Test
    void inFullOrderTooTheFastPathAgreesWithAgeingStepByStep() {
        AgeingLaws laws = fast();
        int cycles = 10;
        double[] stepped = full(laws).stepThrough(SlowState.fresh(FOIL), cycles, 20);
        CycleLife.Life life = live(laws, full(laws), cycles, FOIL);
        assertThat(stepped[cycles] / stepped[0]).isBetween(0.5, 0.95);
        for (int k : new int[] {5, cycles}) {
            assertThat(life.retention(k)).isCloseTo(stepped[k] / stepped[0], within(0.006));
        }
    }

    @Test
    void whenTheSpareLithiumIsGoneCapacityFalls() {
        AgeingLaws laws = fast();
        double little = 2_000;
        CycleLife.Life poor = live(laws, full(laws), 12, little);
        CycleLife.Life rich = live(laws, full(laws), 12, FOIL);
        assertThat(poor.points().get(poor.points().size() - 1).state().lithiumBalanceCPerM2())
                .isNegative();
        assertThat(poor.retention(12)).isLessThan(rich.retention(12) - 0.1);
    }
}
