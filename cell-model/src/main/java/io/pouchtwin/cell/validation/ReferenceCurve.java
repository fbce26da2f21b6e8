package io.pouchtwin.cell.validation;

/**
 * A curve: row k holds what was read at {@code timeS[k]} after {@code ampere[k]} had flowed since the row before.
 *
 * @param timeS since the start [s], not falling
 * @param ampere positive on charge [A]
 * @param voltageV at the terminals [V]
 * @param temperatureK of the cell [K]
 * @param meanStoichiometry over all particles
 * @param surfaceStoichiometry mean over the particles' surfaces
 */
@SuppressWarnings("ArrayRecordComponent") // rows of numbers, read in loops, never compared
public record ReferenceCurve(
        double[] timeS,
        double[] ampere,
        double[] voltageV,
        double[] temperatureK,
        double[] meanStoichiometry,
        double[] surfaceStoichiometry) {

    /** Rows. */
    public int size() {
        return timeS.length;
    }
}
