package io.pouchtwin.twin.ensemble;

/**
 * Volts as they are.
 *
 * @param predicted the members' voltages; their own row [V]
 */
@SuppressWarnings("ArrayRecordComponent") // a row of the ensemble, never compared
public record StraightScale(double[] predicted) implements VoltageScale {
    @Override
    public boolean isBent() {
        return false;
    }

    @Override
    public double of(double voltageV) {
        return voltageV;
    }

    @Override
    public double variance(double voltageV, double varianceV2) {
        return varianceV2;
    }

    @Override
    public double linearRange(double volts) {
        return volts;
    }

    @Override
    public double volts(double value) {
        return value;
    }

    @Override
    public double sigmaVolts(double value, double variance) {
        return Math.sqrt(variance);
    }
}
