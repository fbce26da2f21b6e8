package io.pouchtwin.twin.cycle;

import io.pouchtwin.contracts.v1.Freshness;

/**
 * Whether readings are news. A voltage that reads the same to the last digit while the twin knows that it moves is a
 * reading that hangs; it says nothing of the cell. A sample after a long silence says little of what happened meanwhile.
 */
public final class FreshnessWatch {
    /** Number of doubles in a saved watch. */
    public static final int SAVED_LENGTH = 3;

    /** Longer than testers that are well wait between two rows [s]: ten minutes, and half of that again. */
    static final double SILENCE_S = 900;

    /** So many readings alike ... */
    static final int ALIKE = 5;

    /** ... while the voltage should have moved by so many standard deviations of the noise. */
    static final double MOVED_SIGMAS = 10;

    private final double noiseV;
    private double voltageV = Double.NaN;
    private double alike;
    private double expectedV;

    /**
     * A watch that has seen nothing.
     *
     * @param noiseV standard deviation of a voltage reading [V]
     */
    public FreshnessWatch(double noiseV) {
        this.noiseV = noiseV;
    }

    /**
     * Takes one reading.
     *
     * @param measuredV the reading [V]
     * @param predictedV what the twin expected of it [V]
     * @param lengthS time since the reading before [s]
     */
    public Freshness take(double measuredV, double predictedV, double lengthS) {
        if (measuredV == voltageV) {
            alike++;
            expectedV += predictedV - measuredV;
        } else {
            alike = 0;
            expectedV = 0;
            voltageV = measuredV;
        }
        if (alike >= ALIKE && Math.abs(expectedV) > MOVED_SIGMAS * noiseV) {
            return Freshness.FRESHNESS_FROZEN;
        }
        return lengthS > SILENCE_S ? Freshness.FRESHNESS_AFTER_SILENCE : Freshness.FRESHNESS_FRESH;
    }

    /** The last reading [V]; not a number before any. */
    public double lastVoltageV() {
        return voltageV;
    }

    /** Another run. */
    public void restart() {
        voltageV = Double.NaN;
        alike = 0;
        expectedV = 0;
    }

    /** Writes the watch's state. */
    public void save(double[] target) {
        target[0] = voltageV;
        target[1] = alike;
        target[2] = expectedV;
    }

    /** Takes up what {@link #save} wrote. */
    public void restore(double[] source) {
        voltageV = source[0];
        alike = source[1];
        expectedV = source[2];
    }
}
