package io.pouchtwin.cell.ageing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AgeingLawsTest {
    private static final double MAH_PER_CM2 = 36_000;
    private static final double ROOM_K = 298.15;

    static AgeingLaws laws(double chargeExponent, double currentExponent, double depthExponent) {
        return new AgeingLaws(
                new SeiFilm(0.002, chargeExponent, currentExponent, 16_200, 6, 700, 3.6e-4, 6.36e-14, 40_000),
                new DeadLithium(0.003, 0.3, 6, 1.3e-5, 0.5, 0.03, 40_000),
                new ContactLoss(0.5, 20, 1e-9),
                new CathodeLoss(2e-4, depthExponent, 0.6, 30_000),
                new ElectrolyteConsumption(1e5, 0.2, 6),
                new ShortingDamage(21.1, 2e5, 1.6));
    }

    /** A cycle: charge then discharge, no rest, at constant temperature, in equal steps. */
    private static SlowState stepped(
            AgeingLaws laws, SlowState start, double current, double charge, double depth, int steps) {
        StepwiseAgeing ageing = new StepwiseAgeing(laws, start);
        double length = charge / current / steps;
        for (int k = 0; k < steps; k++) {
            ageing.step(current, length, -depth / steps, ROOM_K);
        }
        for (int k = 0; k < steps; k++) {
            ageing.step(-current, length, depth / steps, ROOM_K);
        }
        ageing.finish();
        return ageing.state();
    }

    @Property(tries = 200)
    void theRateInsideACycleAddsUpToTheLawOfTheCycle(
            @ForAll @DoubleRange(min = 0, max = 3) double chargeExponent,
            @ForAll @DoubleRange(min = -1, max = 1) double currentExponent,
            @ForAll @DoubleRange(min = 0.5, max = 4) double depthExponent,
            @ForAll @DoubleRange(min = 0.5, max = 60) double current,
            @ForAll @DoubleRange(min = 2000, max = 150_000) double charge,
            @ForAll @IntRange(min = 1, max = 40) int steps) {
        AgeingLaws laws = laws(chargeExponent, currentExponent, depthExponent);
        SlowState start = new SlowState(500, 300, 1e5, 0.9, 0.95, 0.98, 0.9, 0.1);
        CycleStress load = new CycleStress(current, current, charge, charge, 0.5, ROOM_K, 0);
        SlowState byCycle = start.plus(laws.perCycle(start, load), 1);
        SlowState bySteps = stepped(laws, start, current, charge, 0.5, steps);

        assertThat(bySteps.filmChargeCPerM2() - 500)
                .isCloseTo(byCycle.filmChargeCPerM2() - 500, relative(2e-3, byCycle.filmChargeCPerM2() - 500));
        assertThat(bySteps.deadChargeCPerM2()).isCloseTo(byCycle.deadChargeCPerM2(), within(1e-6));
        assertThat(bySteps.lithiumBalanceCPerM2())
                .isCloseTo(byCycle.lithiumBalanceCPerM2(), within(1e-3 * (1e5 - byCycle.lithiumBalanceCPerM2())));
        assertThat(bySteps.contactExcess()).isCloseTo(byCycle.contactExcess(), within(1e-12));
        assertThat(bySteps.contactUtilisation()).isCloseTo(byCycle.contactUtilisation(), within(2e-8));
        assertThat(bySteps.activeFraction()).isCloseTo(byCycle.activeFraction(), within(1e-6));
        assertThat(bySteps.electrolyteLeft()).isCloseTo(byCycle.electrolyteLeft(), within(1e-5));
        assertThat(bySteps.damage()).isCloseTo(byCycle.damage(), within(1e-9));
    }

    private static org.assertj.core.data.Offset<Double> relative(double share, double value) {
        return within(share * Math.abs(value) + 1e-9);
    }

    @Test
    void allLostLithiumIsInTheFilmOrDeadAndLostCathodeFreesHalfOfWhatItDelivered() {
        AgeingLaws laws = laws(1, 0, 2);
        SlowState change = laws.perCycle(SlowState.fresh(1e5), new CycleStress(6, 6, 16_200, 16_000, 0.5, ROOM_K, 600));
        double freed = -change.activeFraction() * 16_000 / 2;
        assertThat(freed).isPositive();
        assertThat(change.lithiumBalanceCPerM2())
                .isCloseTo(freed - change.filmChargeCPerM2() - change.deadChargeCPerM2(), within(1e-9));
    }

    @Test
    void theFoilOfThePouchAgreesWithTheHandCalculation() {
        LithiumInventory foil = LithiumInventory.ofFoil(20e-6, 1.3e-5);
        assertThat(foil.foilCPerM2() / MAH_PER_CM2).isCloseTo(4.12, within(0.02));
        assertThat(foil.cyclesToExhaustion(4.03 * MAH_PER_CM2, 0.9519)).isCloseTo(21, within(0.5));
        assertThat(foil.cyclesToExhaustion(4.03 * MAH_PER_CM2, 0.9898)).isCloseTo(100, within(1.0));
    }

    @Test
    void oneMilliampereHourOfDeadLithiumIsFiveMicrometresDense() {
        DeadLithium dense = new DeadLithium(0.01, 0, 6, 1.3e-5, 0, 0.03, 0);
        assertThat(dense.thicknessM(MAH_PER_CM2 / 100 * 100)).isCloseTo(4.85e-6, within(0.02e-6));
    }

    @Test
    void filmOfTheLiteraturesConstantsGrowsFortyNanometresInAYear() {
        SeiFilm film = new SeiFilm(0, 0, 0, 1, 1, 2e5, 3.6e-4, 6.36e-14, 0);
        double charge = 0;
        double day = 86_400;
        for (int k = 0; k < 365; k++) {
            charge += film.calendarRate(charge, ROOM_K) * day;
        }
        double thickness = film.resistanceOhmM2(charge) / 2e5;
        assertThat(thickness).isCloseTo(40e-9, within(8e-9));
    }

    @Test
    void conductivityStaysAndThenCollapses() {
        ElectrolyteConsumption electrolyte = new ElectrolyteConsumption(1e5, 0.2, 6);
        assertThat(electrolyte.resistanceFactor(1)).isEqualTo(1);
        assertThat(electrolyte.resistanceFactor(0.6)).isLessThan(1.02);
        assertThat(electrolyte.resistanceFactor(0.2)).isCloseTo(2, within(1e-12));
        assertThat(electrolyte.resistanceFactor(0)).isGreaterThan(4);
    }

    @Test
    void warmthSpeedsAgeingUp() {
        AgeingLaws laws = laws(1, 0, 2);
        SlowState cold = laws.perCycle(SlowState.fresh(1e5), new CycleStress(6, 6, 16_200, 16_000, 0.5, 278.15, 0));
        SlowState warm = laws.perCycle(SlowState.fresh(1e5), new CycleStress(6, 6, 16_200, 16_000, 0.5, 318.15, 0));
        assertThat(warm.filmChargeCPerM2()).isGreaterThan(5 * cold.filmChargeCPerM2());
        assertThat(warm.activeFraction()).isLessThan(cold.activeFraction());
    }

    @Test
    void symmetricCellsLiveLongerTheFartherBelowTheCriticalCurrent() {
        ShortingDamage damage = new ShortingDamage(21.1, 3600, 2);
        assertThat(damage.symmetricLifeS(21.1)).isCloseTo(3600, within(1e-6));
        assertThat(damage.symmetricLifeS(2.11)).isCloseTo(360_000, within(1e-3));
    }
}
