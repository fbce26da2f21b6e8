package io.pouchtwin.cell.full;

import io.pouchtwin.cell.parameters.CellParameters;

/**
 * What ends a step before its time is over.
 *
 * @param voltageMinV lower cut-off; acts while the cell is discharged or at rest
 * @param voltageMaxV upper cut-off; acts while the cell is charged
 * @param taperAmpere the step ends when the magnitude of the current falls to this; 0 for never
 * @param temperatureMaxK the step ends when the cell becomes this hot
 */
public record Limits(double voltageMinV, double voltageMaxV, double taperAmpere, double temperatureMaxK) {
    /** Nothing but the cell's physical ends. */
    public static final Limits NONE =
            new Limits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY);

    /** The voltage and temperature window of a parameter set. */
    public static Limits window(CellParameters cell) {
        return new Limits(
                cell.window().voltageMinV(),
                cell.window().voltageMaxV(),
                0,
                cell.window().temperatureMaxK());
    }

    /** The same with a taper current [A], for a constant-voltage step. */
    public Limits withTaper(double ampere) {
        return new Limits(voltageMinV, voltageMaxV, ampere, temperatureMaxK);
    }
}
