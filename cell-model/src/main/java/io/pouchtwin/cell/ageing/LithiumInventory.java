package io.pouchtwin.cell.ageing;

import io.pouchtwin.cell.PhysicalConstants;

/**
 * Lithium that can still be stripped when the cell is discharged, and what its end means for capacity.
 *
 * <p>The foil is spare: the cathode carries its own lithium. While spare lithium lasts, losing it costs no capacity. Once it is used up the cathode can no longer be refilled: a deficit of d leaves the discharge d short, and since
 * each cycle then loses a share (1 - CE) of what is left, Q_{n+1} = CE Q_n. That bend is the knee.
 *
 * <p>The balance W is spare lithium where positive and deficit where negative [C/m2].
 *
 * @param foilCPerM2 spare lithium at the beginning [C/m2]
 */
public record LithiumInventory(double foilCPerM2) {
    /** A foil of this thickness [m]; 20 um is 4.12 mAh/cm2. */
    public static LithiumInventory ofFoil(double thicknessM, double molarVolumeM3PerMol) {
        return new LithiumInventory(thicknessM / molarVolumeM3PerMol * PhysicalConstants.FARADAY_C_PER_MOL);
    }

    /** Charge that a discharge delivers [C/m2] where the cathode alone would give {@code cathodeChargeCPerM2}. */
    public static double deliverable(double cathodeChargeCPerM2, double balanceCPerM2) {
        return Math.max(0, cathodeChargeCPerM2 + Math.min(0, balanceCPerM2));
    }

    /** Coulombic efficiency of lithium in a cycle: 1 - lost / plated. */
    public static double efficiency(double lostCPerM2, double platedCPerM2) {
        return platedCPerM2 > 0 ? 1 - lostCPerM2 / platedCPerM2 : 1;
    }

    /** Cycles until the foil is used up at a constant efficiency: N_0 / [q (1 - CE)]. */
    public double cyclesToExhaustion(double chargePerCycleCPerM2, double efficiency) {
        return foilCPerM2 / (chargePerCycleCPerM2 * (1 - efficiency));
    }
}
