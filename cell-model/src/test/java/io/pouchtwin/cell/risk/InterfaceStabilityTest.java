package io.pouchtwin.cell.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.risk.InterfaceStability.Outcome;
import io.pouchtwin.cell.risk.InterfaceStability.Pores;
import io.pouchtwin.cell.risk.InterfaceStability.Verdict;
import io.pouchtwin.cell.risk.deposition.Deposition;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterfaceStabilityTest {
    private static final double CURRENT = 10;
    private static final double SECONDS = 3000;
    private static final double FILM = 0.8e-4;

    private static InterfaceStability stability(Membrane m, double current) {
        return new InterfaceStability(
                m.conductivitySPerM(),
                8.4e-6,
                FILM + InterfaceStability.kineticResistance(m.exchangeCurrentAPerM2(), current, 298.15),
                1.3e-5);
    }

    private static Deposition.Setting setting(Membrane m, Pores pores, double roughness) {
        return new Deposition.Setting(
                m.conductivitySPerM(),
                8.4e-6,
                m.exchangeCurrentAPerM2(),
                FILM,
                298.15,
                pores,
                roughness,
                CURRENT,
                1.3e-5);
    }

    @ParameterizedTest
    @EnumSource(Membrane.class)
    void agreesWithTheTwoDimensionalComputationAfterThreeThousandSeconds(Membrane m) {
        Deposition.Result full = Deposition.run(setting(m, Pores.of(m), 0), SECONDS);
        double[] reduced = stability(m, CURRENT).profile(Pores.of(m), CURRENT, CURRENT * SECONDS, 81);

        double variation = Deposition.Result.variation(full.ratioAtEnd());
        assertThat(Deposition.Result.variation(reduced)).isCloseTo(variation, Offset.offset(0.05 * variation + 1e-3));
        assertThat(Deposition.Result.peak(reduced))
                .isCloseTo(Deposition.Result.peak(full.ratioAtEnd()), Offset.offset(0.1));
    }

    @Test
    void currentStaysEvenOnTheDenseMembraneAndIsUnevenOnThePorousOnes() {
        for (Membrane m : Membrane.values()) {
            Outcome outcome = stability(m, CURRENT).over(CURRENT, CURRENT * SECONDS, Pores.of(m));
            assertThat(outcome.verdict()).isEqualTo(m == Membrane.PPLA ? Verdict.EVEN : Verdict.UNEVEN);
        }
    }

    @Test
    void growthOfARoughSurfaceIsThatOfTheTwoDimensionalComputation() {
        // fast plating on the worst conductor, so that there is something to see
        double current = 200;
        Membrane m = Membrane.PL;
        Deposition.Setting rough = new Deposition.Setting(
                m.conductivitySPerM(),
                8.4e-6,
                m.exchangeCurrentAPerM2(),
                FILM,
                298.15,
                Pores.NONE,
                0.02e-6,
                current,
                1.3e-5);
        double seconds = 300;
        Deposition.Result full = Deposition.run(rough, seconds);
        double grown = full.heightM()[0] / 0.02e-6;
        double k = 2 * Math.PI / Pores.NONE.spacingM();
        InterfaceStability reduced = stability(m, current);

        assertThat(grown).isGreaterThan(1.2);
        assertThat(Math.exp(reduced.growthRate(k, current) * seconds)).isCloseTo(grown, Offset.offset(0.03 * grown));
    }

    @Test
    void surfaceEnergyLevelsShortWaves() {
        InterfaceStability s = stability(Membrane.PL, 1);

        assertThat(s.growthRate(2 * Math.PI / 1e-9, 1)).isNegative();
        assertThat(s.growthRate(2 * Math.PI / 20e-6, 1)).isPositive();
    }
}
