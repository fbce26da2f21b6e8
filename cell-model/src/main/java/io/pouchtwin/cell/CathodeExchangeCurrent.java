package io.pouchtwin.cell;

import io.pouchtwin.cell.math.Elementary;

/**
 * Exchange current density of the cathode per area of particle surface:
 *
 * <pre>i0 = p (c_e/c_e0)^m x^f (1 - x)^e A(T)</pre>
 *
 * <p>With m = f = e = 1/2 this is F k sqrt(c_e c_s (c_max - c_s)) of Doyle, Fuller and Newman 1993 and p = F k sqrt(c_e0) c_max.
 *
 * @param prefactorAPerM2 p [A/m2]; at x = 1/2 and the initial salt concentration i0 is p 2^-(f + e)
 * @param electrolyteExponent m
 * @param filledExponent f
 * @param emptyExponent e
 * @param arrhenius A(T)
 */
public record CathodeExchangeCurrent(
        double prefactorAPerM2,
        double electrolyteExponent,
        double filledExponent,
        double emptyExponent,
        ArrheniusLaw arrhenius) {

    /** Surface stoichiometry is held this far from 0 and 1, so that i0 stays positive. */
    public static final double END_DISTANCE = 1e-9;

    /** i0 [A/m2] at the salt concentration relative to the initial one, the surface stoichiometry and T [K]. */
    public double at(double relativeSalt, double x, double temperatureK) {
        double held = Math.min(Math.max(x, END_DISTANCE), 1 - END_DISTANCE);
        return prefactorAPerM2
                * power(relativeSalt, electrolyteExponent)
                * power(held, filledExponent)
                * power(1 - held, emptyExponent)
                * arrhenius.factor(temperatureK);
    }

    private static double power(double base, double exponent) {
        return exponent == 0.5 ? Math.sqrt(base) : Elementary.pow(base, exponent);
    }
}
