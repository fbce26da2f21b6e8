package io.pouchtwin.cell.full;

/** What the tester holds constant at the terminals. Positive current and power charge the cell. */
public sealed interface Drive {
    /** No current. */
    static Drive rest() {
        return new Current(0);
    }

    /** Holds the current [A]. */
    record Current(double ampere) implements Drive {}

    /** Holds the voltage [V]. */
    record Voltage(double volt) implements Drive {}

    /** Holds the power [W]. */
    record Power(double watt) implements Drive {}

    /** The held number, in the drive's own unit. */
    default double setPoint() {
        if (this instanceof Current current) {
            return current.ampere();
        }
        return this instanceof Voltage voltage ? voltage.volt() : ((Power) this).watt();
    }
}
