package io.pouchtwin.cell.math;

/**
 * exp, log, log1p and asinh with the same bits everywhere, within 2 ulp of the true value (the tests measure it); NaN in, NaN out.
 *
 * <ul>
 *   <li>exp(x) = 2^k e^r with k = round(x / ln 2), |r| &lt;= ln 2 / 2 and e^r by its Taylor polynomial of degree 13 (truncation below 5e-18);
 *   <li>log(x) = k ln 2 + log(m), x = 2^k m, m in [sqrt(1/2), sqrt 2), log(m) by the odd series in s = (m - 1) / (m + 1) with fdlibm's minimax coefficients;
 *   <li>log1p(t): the same with 1 + t = 2^k m, where m - 1 = t 2^-k + (2^-k - 1) is rounded once, so that nothing is lost near zero;
 *   <li>asinh(x) = sign(x) log1p(a + a (a / (1 + sqrt(1 + a a)))), a = |x|; the form log(a + sqrt(a a + 1)) is worthless near zero.
 * </ul>
 *
 * @see "Sun Microsystems, Freely Distributable Math Library (fdlibm) 5.3, e_log.c, s_log1p.c: coefficients Lg1 to Lg7 and the splitting of ln 2"
 */
public final class Elementary {
    static final double LOG2_E = 1.4426950408889634;
    /** ln 2 in two parts; the first has trailing zeros so that k times it is exact. */
    static final double LN2_HIGH = 0.6931471803691238;

    static final double LN2_LOW = 1.9082149292705877e-10;
    /** Adding and subtracting it rounds to an integer, which then stands in the low bits. */
    static final double ROUNDER = 6755399441055744.0;
    /** Beyond it exp has long been 0 or infinite; keeps 2^(k/2) a normal number. */
    static final double EXP_LIMIT = 1000.0;

    private static final double E2 = 1.0 / 2;
    private static final double E3 = 1.0 / 6;
    private static final double E4 = 1.0 / 24;
    private static final double E5 = 1.0 / 120;
    private static final double E6 = 1.0 / 720;
    private static final double E7 = 1.0 / 5040;
    private static final double E8 = 1.0 / 40320;
    private static final double E9 = 1.0 / 362880;
    private static final double E10 = 1.0 / 3628800;
    private static final double E11 = 1.0 / 39916800;
    private static final double E12 = 1.0 / 479001600;
    private static final double E13 = 1.0 / 6227020800.0;

    private static final double LG1 = 0.6666666666666735;
    private static final double LG2 = 0.3999999999940942;
    private static final double LG3 = 0.2857142874366239;
    private static final double LG4 = 0.22222198432149784;
    private static final double LG5 = 0.1818357216161805;
    private static final double LG6 = 0.15313837699209373;
    private static final double LG7 = 0.14798198605116586;

    /** 2^54 lifts every subnormal number into the normal range. */
    private static final double FROM_SUBNORMAL = 0x1p54;

    private static final long MANTISSA = 0x000f_ffff_ffff_ffffL;
    private static final long ONE = 0x3ff0_0000_0000_0000L;
    /** Added to the bits of a number, it carries into the exponent where the mantissa is sqrt(2) or more. */
    private static final long CARRY_FROM_SQRT2 = 0x0009_5f61_9980_c433L;

    private Elementary() {}

    /** Returns e^x; 0 and infinity beyond the range of double. */
    public static double exp(double x) {
        return expFromScale(x, expHalfScale(x));
    }

    /** Returns the natural logarithm of x; NaN below zero, minus infinity at zero. */
    public static double log(double x) {
        double exponent = logExponent(x);
        return logSum(logFraction(x, exponent), exponent);
    }

    /** Returns log(1 + t), exact near zero; NaN below -1, minus infinity at -1. */
    public static double log1p(double t) {
        double exponent = logExponent(1.0 + t);
        return logSum(log1pFraction(t, exponent), exponent);
    }

    /** Returns the inverse hyperbolic sine of x, for |x| up to 8e307. */
    public static double asinh(double x) {
        return Math.copySign(log1p(asinhArgument(x)), x);
    }

    /** Returns x^p for x of 0 or more, as e^(p log x): off by at most about 1 + 2 |p log x| ulp; 0 at x = 0 where p is above 0. */
    public static double pow(double x, double p) {
        return exp(p * log(x));
    }

    /** 2^floor(k/2), k = round(x / ln 2): a part of exp that needs the bits of a number, which HotSpot does not vectorise. */
    static double expHalfScale(double x) {
        double rounded = Math.fma(expClamp(x), LOG2_E, ROUNDER);
        int half = (int) Double.doubleToRawLongBits(rounded) >> 1;
        return Double.longBitsToDouble((half + 1023L) << 52);
    }

    /** e^x from x and its {@link #expHalfScale}; only arithmetic. */
    static double expFromScale(double x, double halfScale) {
        double c = expClamp(x);
        double k = Math.fma(c, LOG2_E, ROUNDER) - ROUNDER;
        double r = Math.fma(-k, LN2_LOW, Math.fma(-k, LN2_HIGH, c));
        // k is 2 half or 2 half + 1; k/2 - 1/4 is never half-way between integers
        double half = Math.fma(k, 0.5, -0.25) + ROUNDER - ROUNDER;
        double odd = Math.fma(-2.0, half, k);
        return expReduced(r) * halfScale * Math.fma(odd, halfScale, halfScale);
    }

    /** e^r for |r| up to ln 2 / 2, in two interleaved Horner chains. */
    static double expReduced(double r) {
        double r2 = r * r;
        double even = Math.fma(r2, E12, E10);
        double odd = Math.fma(r2, E13, E11);
        even = Math.fma(r2, even, E8);
        odd = Math.fma(r2, odd, E9);
        even = Math.fma(r2, even, E6);
        odd = Math.fma(r2, odd, E7);
        even = Math.fma(r2, even, E4);
        odd = Math.fma(r2, odd, E5);
        even = Math.fma(r2, even, E2);
        odd = Math.fma(r2, odd, E3);
        return 1.0 + Math.fma(r2, Math.fma(r, odd, even), r);
    }

    private static double expClamp(double x) {
        return Math.max(-EXP_LIMIT, Math.min(EXP_LIMIT, x));
    }

    /** k in x = 2^k m with m in [sqrt(1/2), sqrt 2); where x has no logarithm, the value that the logarithm shall have (infinite or NaN). */
    static double logExponent(double x) {
        boolean subnormal = x < Double.MIN_NORMAL;
        long bits = Double.doubleToRawLongBits(subnormal ? x * FROM_SUBNORMAL : x);
        long biased = (bits + CARRY_FROM_SQRT2) >> 52;
        double special = x == 0 ? Double.NEGATIVE_INFINITY : x < 0 ? Double.NaN : x;
        return x > 0 && x <= Double.MAX_VALUE ? (double) (biased - (subnormal ? 1023 + 54 : 1023)) : special;
    }

    /** m - 1; zero where x has no logarithm. */
    static double logFraction(double x, double exponent) {
        long bits = Double.doubleToRawLongBits(x < Double.MIN_NORMAL ? x * FROM_SUBNORMAL : x) & MANTISSA;
        long carry = (bits + CARRY_FROM_SQRT2) >> 52;
        double m = Double.longBitsToDouble(bits | (ONE - (carry << 52)));
        return Math.abs(exponent) <= 2000 ? m - 1.0 : 0.0;
    }

    /** m - 1 with 1 + t = 2^k m, rounded once; zero where 1 + t has no logarithm. */
    static double log1pFraction(double t, double exponent) {
        // above 2^1000 the one is far below the last bit, and 2^-k might be subnormal
        double k = Math.min(exponent, 1000.0);
        double scale = Double.longBitsToDouble((1023L - (long) k) << 52);
        double f = exponent > 1000.0 ? logFraction(t, exponent) : Math.fma(t, scale, scale - 1.0);
        return Math.abs(exponent) <= 2000 ? f : 0.0;
    }

    /** log(2^k (1 + f)) for f in [sqrt(1/2) - 1, sqrt 2 - 1]; only arithmetic. */
    static double logSum(double f, double k) {
        double s = f / (2.0 + f);
        double z = s * s;
        double w = z * z;
        double t1 = w * Math.fma(w, Math.fma(w, LG6, LG4), LG2);
        double t2 = z * Math.fma(w, Math.fma(w, Math.fma(w, LG7, LG5), LG3), LG1);
        double halfSquare = 0.5 * f * f;
        double correction = Math.fma(s, halfSquare + (t1 + t2), k * LN2_LOW);
        return Math.fma(k, LN2_HIGH, f - (halfSquare - correction));
    }

    /** t with asinh(|x|) = log1p(t); only arithmetic. */
    static double asinhArgument(double x) {
        double a = Math.abs(x);
        // beyond 1e100 the quotient is 1 to the last bit; keeps the square finite
        double b = Math.min(a, 1e100);
        return Math.fma(a, b / (1.0 + Math.sqrt(Math.fma(b, b, 1.0))), a);
    }
}
