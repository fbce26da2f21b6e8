package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.validation.ReferenceCase.Protocol;
import io.pouchtwin.cell.validation.ReferenceCase.StopReason;

/**
 * The full-order cell on one reference case.
 *
 * @param reference what was compared with
 * @param loadRmsV voltage, root mean square over the time under load (or over the profile) [V]
 * @param loadMaxV voltage, largest difference under load [V]
 * @param restRmsV voltage, root mean square over the rest afterwards [V]
 * @param temperatureMaxK largest difference of the temperatures [K]
 * @param capacityErrorRatio difference of the capacities at cut-off over the reference's; 0 where neither carries the current, NaN where
 *     the two do not stop for the same reason
 * @param rowsLeftOut of the reference's readings under load, those after our own cut-off: they count as capacity, not as voltage
 * @param voltageV our voltage at the reference's readings, for charts [V]
 */
@SuppressWarnings("ArrayRecordComponent") // kept for charts, never compared
public record CaseComparison(
        ReferenceCase reference,
        double loadRmsV,
        double loadMaxV,
        double restRmsV,
        double temperatureMaxK,
        double capacityErrorRatio,
        int rowsLeftOut,
        double[] voltageV) {

    /** The larger of the root mean squares under load and at rest [V]. */
    public double rmsV() {
        return Math.max(loadRmsV, restRmsV);
    }

    /** True if the case says something about the capacity at cut-off. */
    public boolean hasCapacity() {
        return reference.protocol() != Protocol.DRIVE && reference.stop() != StopReason.OTHER;
    }
}
