package io.pouchtwin.cell.ageing;

/**
 * Constant-current cycling between two voltages: charge to the upper, discharge to the lower.
 *
 * @param chargeA current of the charge, positive [A]
 * @param dischargeA current of the discharge, positive [A]
 * @param voltageMinV end of discharge [V]
 * @param voltageMaxV end of charge [V]
 * @param ambientK surroundings [K]
 */
public record CyclingProtocol(
        double chargeA, double dischargeA, double voltageMinV, double voltageMaxV, double ambientK) {
    /** The same current both ways. */
    public static CyclingProtocol symmetric(double currentA, double voltageMinV, double voltageMaxV, double ambientK) {
        return new CyclingProtocol(currentA, currentA, voltageMinV, voltageMaxV, ambientK);
    }
}
