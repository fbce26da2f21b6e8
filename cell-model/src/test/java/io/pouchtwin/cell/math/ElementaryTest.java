package io.pouchtwin.cell.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementaryTest {
    private static final int POINTS = 400;
    private static final Philox DRAWS = Philox.of(20261122L, "elementary");

    @Test
    void expIsWithinOneUlp() {
        assertThat(worstUlp(Elementary::exp, HighPrecision::exp, -700, 709)).isLessThan(1.0);
        assertThat(worstUlp(Elementary::exp, HighPrecision::exp, -1, 1)).isLessThan(1.0);
    }

    @Test
    void logIsWithinOneUlp() {
        assertThat(worstUlp(x -> Elementary.log(Elementary.exp(x)), e -> e, -700, 700))
                .isLessThan(2.0);
        assertThat(worstUlp(Elementary::log, HighPrecision::log, 0.5, 2)).isLessThan(1.0);
        assertThat(worstUlp(Elementary::log, HighPrecision::log, 1e-6, 1e-3)).isLessThan(1.0);
        assertThat(worstUlp(Elementary::log, HighPrecision::log, 2, 1e9)).isLessThan(1.0);
    }

    @Test
    void log1pIsWithinOneAndAHalfUlp() {
        assertThat(worstUlp(Elementary::log1p, HighPrecision::log1p, -0.99, 3)).isLessThan(1.5);
        assertThat(worstUlp(Elementary::log1p, HighPrecision::log1p, -1e-5, 1e-5))
                .isLessThan(1.5);
        assertThat(worstUlp(Elementary::log1p, HighPrecision::log1p, 1e3, 1e9)).isLessThan(1.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-8, 1e-4, 1e-2, 0.3, 1, 3, 100, 1e6, 1e12})
    void asinhIsWithinTwoUlpFromNearZeroToLarge(double scale) {
        assertThat(worstUlp(Elementary::asinh, HighPrecision::asinh, -scale, scale))
                .isLessThan(2.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-30, 1e-20})
    void asinhOfTheTiniestIsTheArgument(double x) {
        assertThat(Elementary.asinh(x)).isEqualTo(x);
        assertThat(Elementary.asinh(-x)).isEqualTo(-x);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e20, 1e99, 1e101, 1e160, 1e300, 8e307})
    void asinhOfTheLargestIsTheLogarithmOfTwiceTheArgument(double x) {
        double truth = StrictMath.log(x) + StrictMath.log(2);
        assertThat(Elementary.asinh(x)).isCloseTo(truth, org.assertj.core.data.Offset.offset(4 * Math.ulp(truth)));
        assertThat(Elementary.asinh(-x)).isEqualTo(-Elementary.asinh(x));
    }

    @Test
    void powerIsNearStrictMaths() {
        for (double p : new double[] {0.3, 0.5, 0.57, 2, 115}) {
            for (double x : new double[] {0.01, 0.36, 0.97, 1, 1.4, 10}) {
                double truth = StrictMath.pow(x, p);
                double bound = (2 + 2 * Math.abs(p * StrictMath.log(x))) * Math.ulp(truth);
                assertThat(Elementary.pow(x, p)).isCloseTo(truth, org.assertj.core.data.Offset.offset(bound));
            }
            assertThat(Elementary.pow(0, p)).isZero();
        }
    }

    @Test
    void whatIsNotANumberStaysSo() {
        assertThat(Elementary.exp(Double.NaN)).isNaN();
        assertThat(Elementary.log(Double.NaN)).isNaN();
        assertThat(Elementary.log(-1)).isNaN();
        assertThat(Elementary.log1p(Double.NaN)).isNaN();
        assertThat(Elementary.log1p(-1.5)).isNaN();
        assertThat(Elementary.asinh(Double.NaN)).isNaN();
    }

    @Test
    void theEndsOfTheRangeAreInfiniteOrZero() {
        assertThat(Elementary.exp(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Elementary.exp(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Elementary.exp(709.8)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Elementary.exp(-746)).isZero();
        assertThat(Elementary.exp(-740))
                .isCloseTo(StrictMath.exp(-740), org.assertj.core.data.Offset.offset(2 * Double.MIN_VALUE));
        assertThat(Elementary.exp(0)).isEqualTo(1.0);
        assertThat(Elementary.log(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Elementary.log(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Elementary.log(1)).isZero();
        assertThat(Elementary.log(Double.MIN_VALUE)).isEqualTo(StrictMath.log(Double.MIN_VALUE));
        assertThat(Elementary.log1p(-1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Elementary.log1p(Double.MAX_VALUE)).isEqualTo(StrictMath.log(Double.MAX_VALUE));
        assertThat(Double.doubleToRawLongBits(Elementary.asinh(-0.0))).isEqualTo(Double.doubleToRawLongBits(-0.0));
    }

    /** Any double at all, by its bits: never farther than 2 ulp from fdlibm's function (itself within 1 ulp). */
    @Property(tries = 5000)
    void anyNumberStaysNearFdlibm(@ForAll long bits) {
        double x = Double.longBitsToDouble(bits);
        assertNear(Elementary.exp(x), StrictMath.exp(x));
        assertNear(Elementary.log(x), StrictMath.log(x));
        assertNear(Elementary.log1p(x), StrictMath.log1p(x));
    }

    @Property(tries = 500)
    void rowsGiveTheBitsOfTheScalarWhateverTheirLength(@ForAll long seed) {
        int n = 1 + (int) (seed & 63);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = Double.longBitsToDouble(DRAWS.bits(i, seed, 1, 0));
            x[i] = (i & 1) == 0 ? DRAWS.normal(i, seed, 2, 0) * 20 : x[i];
        }
        ElementaryRows rows = new ElementaryRows(64);
        double[] y = new double[64];
        rows.exp(x, y, n);
        assertRow(x, y, Elementary::exp);
        rows.log(x, y, n);
        assertRow(x, y, Elementary::log);
        rows.log1p(x, y, n);
        assertRow(x, y, Elementary::log1p);
        rows.asinh(x, y, n);
        assertRow(x, y, Elementary::asinh);
        double[] inPlace = x.clone();
        rows.asinh(inPlace, inPlace, n);
        assertRow(x, inPlace, Elementary::asinh);
    }

    /** The compiled (vectorised) and the interpreted form must agree with each other and between JDKs: one hash for all. */
    @Test
    void aMillionResultsHashToTheSameBitsOnEveryJdk() {
        int n = 1000;
        double[] x = new double[n];
        double[] y = new double[n];
        ElementaryRows rows = new ElementaryRows(n);
        long hash = 17;
        for (int block = 0; block < 250; block++) {
            for (int i = 0; i < n; i++) {
                x[i] = (DRAWS.uniform(i, block, 3, 0) - 0.5) * (1 << (block % 10));
            }
            rows.exp(x, y, n);
            hash = mix(hash, y);
            rows.log(y, y, n);
            hash = mix(hash, y);
            rows.asinh(x, y, n);
            hash = mix(hash, y);
            rows.log1p(y, y, n);
            hash = mix(hash, y);
        }
        assertThat(Long.toHexString(hash)).isEqualTo("aa9d3d0aea67b4e0");
    }

    private static long mix(long hash, double[] y) {
        long h = hash;
        for (double v : y) {
            h = h * 31 + Double.doubleToLongBits(v);
        }
        return h;
    }

    private static void assertRow(double[] x, double[] y, DoubleUnaryOperator scalar) {
        for (int i = 0; i < x.length; i++) {
            assertThat(Double.doubleToLongBits(y[i]))
                    .as("element %s: %s", i, x[i])
                    .isEqualTo(Double.doubleToLongBits(scalar.applyAsDouble(x[i])));
        }
    }

    private static void assertNear(double y, double truth) {
        if (Double.isNaN(truth)) {
            assertThat(y).isNaN();
        } else if (Double.isInfinite(truth)) {
            assertThat(y).isEqualTo(truth);
        } else {
            assertThat(Math.abs(y - truth)).isLessThanOrEqualTo(2 * Math.ulp(truth));
        }
    }

    private static double worstUlp(DoubleUnaryOperator fast, UnaryOperator<BigDecimal> slow, double from, double to) {
        double worst = 0;
        for (int i = 0; i < POINTS; i++) {
            double x = from + (to - from) * DRAWS.uniform(i, 0, 0, 0);
            worst = Math.max(worst, HighPrecision.ulps(fast.applyAsDouble(x), slow.apply(new BigDecimal(x))));
        }
        return worst;
    }
}
