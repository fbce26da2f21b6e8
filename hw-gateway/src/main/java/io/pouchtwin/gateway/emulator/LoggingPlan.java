package io.pouchtwin.gateway.emulator;

/**
 * When a channel stores a point, besides the start and the end of every step.
 *
 * @param activeIntervalS between points while current flows, s
 * @param restIntervalS between points at rest, s
 * @param voltageChangeV a point as soon as the voltage has moved this much under constant current, V; infinite for never
 */
public record LoggingPlan(double activeIntervalS, double restIntervalS, double voltageChangeV) {
    /** Checks every value. */
    public LoggingPlan {
        if (!(activeIntervalS >= 0.1 && activeIntervalS <= 3600)) {
            throw new IllegalArgumentException("activeIntervalS: " + activeIntervalS + ", expected 0.1 to 3600 s");
        }
        if (!(restIntervalS >= 0.1 && restIntervalS <= 3600)) {
            throw new IllegalArgumentException("restIntervalS: " + restIntervalS + ", expected 0.1 to 3600 s");
        }
        if (!(voltageChangeV >= 0.001)) {
            throw new IllegalArgumentException("voltageChangeV: " + voltageChangeV + ", expected 0.001 V or more");
        }
    }

    /** Every 10 s under current, every 30 s at rest, and every 20 mV. */
    public static final LoggingPlan USUAL = new LoggingPlan(10, 30, 0.02);
}
