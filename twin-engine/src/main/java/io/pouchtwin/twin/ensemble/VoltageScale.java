package io.pouchtwin.twin.ensemble;

/**
 * The scale on which a measured voltage is compared with the members' predictions: one on which the cell is nearly linear
 * in what is uncertain. Valid until the members move; {@link EnsembleModel#voltageScale} gives the next.
 */
public interface VoltageScale {
    /** Whether the outputs have to be evaluated again after a correction on this scale: they do not follow in proportion. */
    boolean isBent();

    /** The members' predictions on this scale. */
    double[] predicted();

    /** A voltage [V] on this scale. */
    double of(double voltageV);

    /**
     * A variance about a voltage on this scale.
     *
     * @param voltageV where [V]
     * @param varianceV2 the variance [V2]
     */
    double variance(double voltageV, double varianceV2);

    /**
     * How far the members may spread on this scale before the cell is no longer linear over them.
     *
     * @param volts the same where the scale is volts [V]
     */
    double linearRange(double volts);

    /** The voltage [V] of a value on this scale. */
    double volts(double value);

    /** Half of the voltages [V] that one standard deviation to both sides of a value spans; value and variance on this scale. */
    double sigmaVolts(double value, double variance);
}
