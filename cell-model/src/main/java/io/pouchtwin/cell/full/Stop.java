package io.pouchtwin.cell.full;

/** Why {@code advance} came back. */
public enum Stop {
    /** The asked time is over. */
    TIME,
    /** The lower cut-off voltage was reached. */
    VOLTAGE_MIN,
    /** The upper cut-off voltage was reached. */
    VOLTAGE_MAX,
    /** The current fell to the taper current. */
    TAPER,
    /** The temperature limit was reached. */
    TEMPERATURE,
    /** The last lithium was stripped. */
    LITHIUM_EXHAUSTED,
    /**
     * The cell cannot carry what is asked (salt depleted, particles full or empty, power beyond its maximum). The state is that of
     * the last instant at which it could.
     */
    SATURATED;

    /** True if the cell stopped at one of its physical ends rather than at a limit of the step. */
    public boolean isPhysicalEnd() {
        return this == LITHIUM_EXHAUSTED || this == SATURATED;
    }
}
