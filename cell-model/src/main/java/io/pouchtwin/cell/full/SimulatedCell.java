package io.pouchtwin.cell.full;

import io.pouchtwin.cell.parameters.CellParameters;

/**
 * A cell that a tester can be connected to. Not thread-safe: one owner at a time.
 *
 * <p>All readings belong to the end of the last {@link #advance}. Positive current charges the cell.
 */
public sealed interface SimulatedCell permits FullOrderCell, LithiumPairCell {
    /** What the cell is made of. */
    CellParameters parameters();

    /**
     * Holds the drive for a time, or until a limit or a physical end.
     *
     * @param drive what the tester holds
     * @param seconds how long; 0 gives the readings of the first instant
     * @param limits what ends the step early
     * @throws IllegalArgumentException if a number is NaN, infinite or a time is negative
     */
    StepReport advance(Drive drive, double seconds, Limits limits);

    /** Voltage at the terminals [V]. */
    double voltageV();

    /** Current through the terminals, positive on charge [A]. */
    double ampere();

    /** Temperature of the outer surface, where a sensor would be [K]. */
    double temperatureK();

    /** Temperature of the stack [K]. */
    double coreTemperatureK();

    /** Lithium that can still be stripped, per area [mol/m2]. */
    double lithiumInventoryMolPerM2();

    /** Lithium lost since the beginning, on plating or in active material that lost contact, per area [mol/m2]. */
    double lostLithiumMolPerM2();

    /** What ages. */
    SlowState slow();

    /** Sets what ages; acts from the next advance. */
    void age(SlowState slow);

    /** Sets the lithium that can still be stripped, e.g. after an ageing law has taken some [mol/m2]. */
    void setLithiumInventory(double molPerM2);

    /** Sets the share of plated lithium that can be stripped again, 0..1. */
    void setEfficiency(double share);

    /** Sets the temperature of the surroundings [K]. */
    void setAmbient(double kelvin);

    /** Length of the array that {@link #save} gives. */
    int stateSize();

    /** The whole state as numbers; a cell restored from them continues with the same bits. */
    double[] save();

    /** Takes the state of a cell with the same parameters and mesh. */
    void restore(double[] state);

    /** A new cell of any kind as it comes from assembly: discharged, with all lithium beyond the foil in the cathode. */
    static SimulatedCell fresh(CellParameters parameters, Mesh mesh) {
        return parameters.cathode().isPresent()
                ? FullOrderCell.discharged(parameters, mesh)
                : LithiumPairCell.fresh(parameters, mesh);
    }
}
