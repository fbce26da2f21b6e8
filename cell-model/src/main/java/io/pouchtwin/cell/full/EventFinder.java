package io.pouchtwin.cell.full;

/** Tells which limit a state has reached and by how much; margins are positive before the event. */
final class EventFinder {
    static final int MAX_TRIES = 40;
    private static final Stop[] WATCHED = {
        Stop.LITHIUM_EXHAUSTED, Stop.VOLTAGE_MIN, Stop.VOLTAGE_MAX, Stop.TAPER, Stop.TEMPERATURE
    };
    private static final double VOLTAGE_TOLERANCE_V = 1e-7;
    private static final double TEMPERATURE_TOLERANCE_K = 1e-6;
    /** Lithium below this cannot be told from none [mol/m2]. */
    private static final double LEAST_LITHIUM = 1e-9;

    private Limits limits = Limits.NONE;
    private boolean voltageHeld;
    private double taper;

    void watch(Drive drive, Limits next, double areaM2) {
        limits = next;
        voltageHeld = drive instanceof Drive.Voltage;
        taper = next.taperAmpere() / areaM2;
    }

    /** The limit that the state has reached; {@link Stop#TIME} if none. */
    Stop reached(FieldState state, double outerCurrent, double inventory) {
        for (Stop stop : WATCHED) {
            if (margin(stop, state, outerCurrent, inventory) <= 0) {
                return stop;
            }
        }
        return Stop.TIME;
    }

    /** Of the limits that are passed between two states, the one passed first, by straight lines between them. */
    Stop earliest(
            FieldState from,
            double fromCurrent,
            double fromInventory,
            FieldState to,
            double toCurrent,
            double toInventory) {
        Stop first = Stop.TIME;
        double share = Double.POSITIVE_INFINITY;
        for (Stop stop : WATCHED) {
            double before = margin(stop, from, fromCurrent, fromInventory);
            double after = margin(stop, to, toCurrent, toInventory);
            if (after <= 0 && before / (before - after) < share) {
                share = before / (before - after);
                first = stop;
            }
        }
        return first;
    }

    /** Distance from a limit. */
    double margin(Stop stop, FieldState state, double outerCurrent, double inventory) {
        return switch (stop) {
            case VOLTAGE_MIN ->
                voltageHeld || outerCurrent <= 0 ? Double.POSITIVE_INFINITY : state.voltage - limits.voltageMinV();
            case VOLTAGE_MAX ->
                voltageHeld || outerCurrent >= 0 ? Double.POSITIVE_INFINITY : limits.voltageMaxV() - state.voltage;
            case TAPER -> voltageHeld && taper > 0 ? Math.abs(outerCurrent) - taper : Double.POSITIVE_INFINITY;
            case TEMPERATURE -> limits.temperatureMaxK() - state.coreK;
            case LITHIUM_EXHAUSTED -> state.current > 0 ? inventory - LEAST_LITHIUM : Double.POSITIVE_INFINITY;
            default -> Double.POSITIVE_INFINITY;
        };
    }

    /** How close to the limit is close enough. */
    double tolerance(Stop stop) {
        return switch (stop) {
            case TEMPERATURE -> TEMPERATURE_TOLERANCE_K;
            case TAPER -> 1e-6 * taper;
            case LITHIUM_EXHAUSTED -> LEAST_LITHIUM * 0.5;
            default -> VOLTAGE_TOLERANCE_V;
        };
    }
}
