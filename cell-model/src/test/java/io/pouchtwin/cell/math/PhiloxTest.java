package io.pouchtwin.cell.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PhiloxTest {
    /** Known answers published with the authors' Random123 library (kat_vectors, philox4x32 10). */
    @Test
    void givesThePublishedKnownAnswers() {
        assertThat(Philox.block(0, 0, 0, 0, 0, 0, 0)).isEqualTo(0xe169c58d_6627e8d5L);
        assertThat(Philox.block(0, 0, 0, 0, 0, 0, 1)).isEqualTo(0x9b00dbd8_bc57ac4cL);
        assertThat(Philox.block(-1, -1, -1, -1, -1, -1, 0)).isEqualTo(0x41c83b0e_408f276dL);
        assertThat(Philox.block(-1, -1, -1, -1, -1, -1, 1)).isEqualTo(0x6d5451fd_a20bc7c6L);
        assertThat(Philox.block(0xa4093822, 0x299f31d0, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0))
                .isEqualTo(0x94fdcceb_d16cfe09L);
        assertThat(Philox.block(0xa4093822, 0x299f31d0, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 1))
                .isEqualTo(0x24126ea1_5001e420L);
    }

    @Test
    void aDrawDependsOnEachPartOfItsAddress() {
        Philox a = Philox.of(1, "cell-a");
        long base = a.bits(3, 5, 7, 9);
        assertThat(Philox.of(1, "cell-a").bits(3, 5, 7, 9)).isEqualTo(base);
        assertThat(Philox.of(2, "cell-a").bits(3, 5, 7, 9)).isNotEqualTo(base);
        assertThat(Philox.of(1, "cell-b").bits(3, 5, 7, 9)).isNotEqualTo(base);
        assertThat(a.bits(4, 5, 7, 9)).isNotEqualTo(base);
        assertThat(a.bits(3, 6, 7, 9)).isNotEqualTo(base);
        assertThat(a.bits(3, 5L + (1L << 40), 7, 9)).isNotEqualTo(base);
        assertThat(a.bits(3, 5, 8, 9)).isNotEqualTo(base);
        assertThat(a.bits(3, 5, 7, 8)).isNotEqualTo(base);
    }

    @Test
    void normalDrawsHaveTheMomentsOfTheNormalLaw() {
        Philox draws = Philox.of(42, "moments");
        int n = 200_000;
        double sum = 0;
        double square = 0;
        double fourth = 0;
        double lag = 0;
        double before = 0;
        for (int i = 0; i < n; i++) {
            double z = draws.normal(i & 31, i >> 5, 0, 0);
            sum += z;
            square += z * z;
            fourth += z * z * z * z;
            lag += z * before;
            before = z;
        }
        assertThat(sum / n).isCloseTo(0, within(0.01));
        assertThat(square / n).isCloseTo(1, within(0.015));
        assertThat(fourth / n).isCloseTo(3, within(0.1));
        assertThat(lag / n).isCloseTo(0, within(0.01));
    }

    @Test
    void aRowHoldsTheDrawsOfItsMembers() {
        Philox draws = Philox.of(42, "row");
        double[] row = new double[32];
        draws.normalRow(row, 32, 77, 1, 2);
        for (int m = 0; m < 32; m++) {
            assertThat(row[m]).isEqualTo(draws.normal(m, 77, 1, 2));
        }
    }

    @Test
    void quantilesAreThoseOfTheTables() {
        assertThat(NormalQuantile.of(0.5)).isZero();
        assertThat(NormalQuantile.of(0.975)).isCloseTo(1.959963984540054, within(1e-15));
        assertThat(NormalQuantile.of(0.95)).isCloseTo(1.6448536269514722, within(1e-15));
        assertThat(NormalQuantile.of(0.01)).isCloseTo(-2.3263478740408408, within(1e-15));
        assertThat(NormalQuantile.of(1e-20)).isCloseTo(-9.262340089798409, within(1e-13));
        assertThat(NormalQuantile.of(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(NormalQuantile.of(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(NormalQuantile.of(-0.1)).isNaN();
        assertThat(NormalQuantile.of(Double.NaN)).isNaN();
    }
}
