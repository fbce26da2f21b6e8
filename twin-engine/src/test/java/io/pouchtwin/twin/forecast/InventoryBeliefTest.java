package io.pouchtwin.twin.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class InventoryBeliefTest {
    private static final double CHARGE = 30_000;
    private static final double FOIL = 20_000;
    private static final double LOSS = 0.008;
    private static final double LOSS_SIGMA = 0.35;

    private static InventoryBelief cycled(int cycles, double trueLoss) {
        InventoryBelief belief = new InventoryBelief("cell", LOSS, LOSS_SIGMA, FOIL, true);
        for (int n = 1; n <= cycles; n++) {
            belief.plate(CHARGE);
            belief.see(Math.max(0, trueLoss * CHARGE * n - FOIL), 0, CHARGE);
        }
        return belief;
    }

    private static double spreadOfLife(InventoryBelief belief) {
        InventoryBelief.Sample s = belief.sample(256);
        double[] life = new double[256];
        for (int k = 0; k < 256; k++) {
            life[k] = s.left()[k] / (s.loss()[k] * CHARGE);
        }
        return (Spread.of(life).at(0.95) - Spread.of(life).at(0.05));
    }

    @Test
    void staysWideWhileNothingShowsHowMuchLithiumIsLeft() {
        assertThat(spreadOfLife(cycled(30, LOSS))).isGreaterThan(0.8 * spreadOfLife(cycled(1, LOSS)));
        assertThat(cycled(30, LOSS).exhausted()).isLessThan(0.05);
    }

    @Test
    void findsTheLossOnceDischargesFallShort() {
        // runs out at cycle 20000 / (0.01 * 30000) = 67
        InventoryBelief belief = cycled(80, 0.01);
        double[] loss = belief.sample(256).loss();

        assertThat(belief.exhausted()).isGreaterThan(0.95);
        assertThat(Spread.of(loss).at(0.5)).isCloseTo(0.01, Offset.offset(0.0015));
        assertThat(belief.expectedDeficit()).isCloseTo(0.01 * CHARGE * 80 - FOIL, Offset.offset(0.02 * CHARGE));
    }

    @Test
    void recognisesACellThatHasFarLessLithiumThanItsDesign() {
        InventoryBelief belief = new InventoryBelief("cell", LOSS, LOSS_SIGMA, FOIL, true);
        double spare = 0.1 * FOIL;
        int shown = 0;
        for (int n = 1; n <= 20 && shown < 5; n++) {
            belief.plate(CHARGE);
            double deficit = Math.max(0, 0.02 * CHARGE * n - spare);
            belief.see(deficit, 0, CHARGE);
            shown += deficit > 0 ? 1 : 0;
        }
        assertThat(belief.exhausted()).isGreaterThan(0.9);
        assertThat(belief.expectedDeficit()).isBetween(0.5 * 0.02 * CHARGE * shown, 1.5 * 0.02 * CHARGE * shown);
    }

    @Test
    void goesOnFromWhereItWasSaved() {
        InventoryBelief belief = cycled(40, LOSS);
        double[] saved = new double[InventoryBelief.SAVED_LENGTH];
        belief.save(saved, 0);
        InventoryBelief other = new InventoryBelief("cell", LOSS, LOSS_SIGMA, FOIL, true);
        other.restore(saved, 0);

        assertThat(other.sample(64).left()).isEqualTo(belief.sample(64).left());
    }
}
