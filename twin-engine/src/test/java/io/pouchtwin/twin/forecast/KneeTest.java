package io.pouchtwin.twin.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class KneeTest {
    private static final double[] NODES = LifeAhead.nodes(1000);

    /** A future that fades by 0.1 % of its first capacity a cycle, from a cycle on by so many times as much. */
    private static double[][] bending(double[] at, double times) {
        double[][] capacity = new double[NODES.length][at.length];
        for (int n = 0; n < NODES.length; n++) {
            for (int f = 0; f < at.length; f++) {
                double beyond = Math.max(0, NODES[n] - at[f]);
                capacity[n][f] = 1000 - (NODES[n] - beyond) - times * beyond;
            }
        }
        return capacity;
    }

    @Test
    void eachFutureHasItsOwn() {
        double[] at = {20, 40, 80, 160};
        double[] found = Knee.cycles(NODES, bending(at, 20));

        // as finely as the nodes lie
        for (int f = 0; f < at.length; f++) {
            assertThat(found[f]).isCloseTo(at[f], Offset.offset(0.25 * at[f]));
        }
    }

    @Test
    void aFadeThatStaysOrSteepensLittleHasNone() {
        assertThat(Knee.cycles(NODES, bending(new double[] {40}, 1))).containsExactly(Double.POSITIVE_INFINITY);
        assertThat(Knee.cycles(NODES, bending(new double[] {40}, 2.5))).containsExactly(Double.POSITIVE_INFINITY);
    }
}
