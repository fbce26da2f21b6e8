package io.pouchtwin.twin.validation;

/**
 * What a simulated tester makes of the cell.
 *
 * @param voltageNoiseV standard deviation of a voltage reading [V]
 * @param voltageResolutionV step of a voltage reading [V]
 * @param voltageOffsetV constant error of the voltage [V]
 * @param currentNoiseShare standard deviation of a current reading over the current of 1 C [1]
 * @param currentOffsetA constant error of the current while it flows, in reading and counter [A]
 * @param temperatureNoiseK standard deviation of a temperature reading [K]
 */
record TesterReadings(
        double voltageNoiseV,
        double voltageResolutionV,
        double voltageOffsetV,
        double currentNoiseShare,
        double currentOffsetA,
        double temperatureNoiseK) {
    /** Half a millivolt of noise, a tenth of resolution, no offsets. */
    static TesterReadings ordinary() {
        return new TesterReadings(0.5e-3, 0.1e-3, 0, 2.5e-4, 0, 0.3);
    }

    /** The same with an offset of the current. */
    TesterReadings withCurrentOffset(double otherA) {
        return new TesterReadings(
                voltageNoiseV, voltageResolutionV, voltageOffsetV, currentNoiseShare, otherA, temperatureNoiseK);
    }

    /** The same with an offset of the voltage. */
    TesterReadings withVoltageOffset(double otherV) {
        return new TesterReadings(
                voltageNoiseV, voltageResolutionV, otherV, currentNoiseShare, currentOffsetA, temperatureNoiseK);
    }

    /** Charge that the counter adds for charge that flowed [C]. */
    double charge(double coulomb, double seconds) {
        return coulomb + currentOffsetA * seconds;
    }

    /** A value as it is displayed. */
    double rounded(double value, double resolution) {
        return Math.rint(value / resolution) * resolution;
    }
}
