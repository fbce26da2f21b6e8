package io.pouchtwin.cell;

import io.pouchtwin.cell.math.Elementary;

/**
 * Charge transfer with symmetric transfer coefficients (1/2, 1/2):
 *
 * <pre>i = 2 i0 sinh( F eta / (2 R T) ),    eta = (2 R T / F) asinh( i / (2 i0) )</pre>
 *
 * with i the current density leaving the electrode into the electrolyte [A/m2], i0 the exchange current density [A/m2] and
 * eta the overpotential [V].
 *
 * @see "Newman and Balsara, Electrochemical Systems, 4th ed. 2021, chapter 8"
 */
public final class ButlerVolmer {
    private ButlerVolmer() {}

    /** Overpotential [V] that drives a current density [A/m2]. */
    public static double overpotential(double currentAPerM2, double exchangeAPerM2, double temperatureK) {
        return 2 * PhysicalConstants.thermalVoltage(temperatureK) * asinh(currentAPerM2 / (2 * exchangeAPerM2));
    }

    /** Current density [A/m2] driven by an overpotential [V]. */
    public static double current(double overpotentialV, double exchangeAPerM2, double temperatureK) {
        return 2
                * exchangeAPerM2
                * StrictMath.sinh(overpotentialV / (2 * PhysicalConstants.thermalVoltage(temperatureK)));
    }

    /** Charge-transfer resistance at zero current, R T / (F i0) [ohm m2]. */
    public static double resistance(double exchangeAPerM2, double temperatureK) {
        return PhysicalConstants.thermalVoltage(temperatureK) / exchangeAPerM2;
    }

    /** Inverse hyperbolic sine, accurate near zero (log1p form) and without overflow for huge arguments. */
    public static double asinh(double value) {
        return Elementary.asinh(value);
    }
}
