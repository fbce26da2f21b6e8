package io.pouchtwin.cell;

import io.pouchtwin.cell.math.Elementary;

/**
 * Exchange current density of lithium metal per electrode area: i0 = p (c_e/c_e0)^m A(T).
 *
 * @param prefactorAPerM2 p [A/m2], the value at the initial salt concentration and the reference temperature
 * @param electrolyteExponent m
 * @param arrhenius A(T)
 */
public record LithiumExchangeCurrent(double prefactorAPerM2, double electrolyteExponent, ArrheniusLaw arrhenius) {
    /** i0 [A/m2] at the salt concentration relative to the initial one and T [K]. */
    public double at(double relativeSalt, double temperatureK) {
        return prefactorAPerM2 * Elementary.pow(relativeSalt, electrolyteExponent) * arrhenius.factor(temperatureK);
    }
}
