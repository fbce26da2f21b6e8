package io.pouchtwin.twin.alert;

/** How bad. In ascending order. */
public enum AlertLevel {
    /** Nothing to tell. */
    NONE,
    /** To be looked at during the day. */
    WARNING,
    /** To be looked at now. */
    CRITICAL;

    /** Whether this is at least as bad. */
    boolean atLeast(AlertLevel other) {
        return compareTo(other) >= 0;
    }

    /** The level that a rising value has reached. */
    static AlertLevel of(double value, double warning, double critical) {
        return value >= critical ? CRITICAL : value >= warning ? WARNING : NONE;
    }
}
