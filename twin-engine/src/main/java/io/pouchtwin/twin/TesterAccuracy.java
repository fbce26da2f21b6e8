package io.pouchtwin.twin;

/**
 * What the tester's readings are worth.
 *
 * @param voltageNoiseV standard deviation of the voltage noise from sample to sample [V]
 * @param voltageResolutionV step of the voltage reading [V]
 * @param temperatureNoiseK standard deviation of a temperature reading about the temperature of the cell [K]
 * @param currentOffsetShare standard deviation of the current's offset over the current of 1 C [1]
 */
public record TesterAccuracy(
        double voltageNoiseV, double voltageResolutionV, double temperatureNoiseK, double currentOffsetShare) {
    /** Checks the ranges. */
    public TesterAccuracy {
        requirePositive("voltageNoiseV", voltageNoiseV, 0.1);
        requirePositive("voltageResolutionV", voltageResolutionV, 0.1);
        requirePositive("temperatureNoiseK", temperatureNoiseK, 20);
        requirePositive("currentOffsetShare", currentOffsetShare, 0.1);
    }

    private static void requirePositive(String name, double value, double most) {
        if (!(value > 0 && value <= most)) {
            throw new IllegalArgumentException(name + ": " + value + ", expected above 0 and at most " + most);
        }
    }

    /** A battery tester of the usual class: 5 V range, 16 bit, noise of half a millivolt; a sensor taped to the cell. */
    public static TesterAccuracy standard() {
        return new TesterAccuracy(0.5e-3, 0.1e-3, 0.3, 2e-4);
    }

    /** Variance of one voltage reading [V2]: noise, and rounding as uniform noise over one step. */
    public double voltageVariance() {
        return voltageNoiseV * voltageNoiseV + voltageResolutionV * voltageResolutionV / 12;
    }

    /** Variance of one temperature reading [K2]. */
    public double temperatureVariance() {
        return temperatureNoiseK * temperatureNoiseK;
    }
}
