package io.pouchtwin.cell.math;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The same functions in decimal arithmetic of 50 digits: slow and plain, to measure the fast ones by. */
final class HighPrecision {
    private static final MathContext DIGITS = new MathContext(50, RoundingMode.HALF_EVEN);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private HighPrecision() {}

    static BigDecimal exp(BigDecimal x) {
        BigDecimal r = x.divide(BigDecimal.valueOf(1024), DIGITS);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; n < 60; n++) {
            term = term.multiply(r, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum.pow(1024, DIGITS);
    }

    /** Newton's iteration on exp, from the machine's own logarithm. */
    static BigDecimal log(BigDecimal x) {
        int shift = x.precision() - x.scale();
        BigDecimal scaled = x.scaleByPowerOfTen(-shift);
        BigDecimal y = new BigDecimal(StrictMath.log(scaled.doubleValue()));
        for (int i = 0; i < 3; i++) {
            BigDecimal e = exp(y);
            y = y.add(TWO.multiply(scaled.subtract(e, DIGITS)).divide(scaled.add(e, DIGITS), DIGITS), DIGITS);
        }
        return shift == 0 ? y : y.add(log10ToE().multiply(BigDecimal.valueOf(shift)), DIGITS);
    }

    static BigDecimal log1p(BigDecimal t) {
        return log(BigDecimal.ONE.add(t));
    }

    static BigDecimal asinh(BigDecimal x) {
        BigDecimal a = x.abs();
        MathContext wide = new MathContext(80, RoundingMode.HALF_EVEN);
        BigDecimal y = log(a.add(a.multiply(a).add(BigDecimal.ONE).sqrt(wide)));
        return x.signum() < 0 ? y.negate() : y;
    }

    /** Distance of y from the truth in units of the last place of the truth. */
    static double ulps(double y, BigDecimal truth) {
        BigDecimal ulp = new BigDecimal(Math.ulp(truth.doubleValue()));
        return new BigDecimal(y).subtract(truth).abs().divide(ulp, DIGITS).doubleValue();
    }

    private static BigDecimal log10ToE() {
        return new BigDecimal("2.30258509299404568401799145468436420760110148862877297603332790");
    }
}
