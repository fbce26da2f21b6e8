package io.pouchtwin.gateway.emulator;

import io.pouchtwin.cell.math.Philox;

/**
 * What the tester's analogue side makes of the truth: noise, then the steps of its converters. The noise of a point depends on channel, run
 * and sequence number alone.
 *
 * @param voltageSigmaV noise, V
 * @param voltageStepV resolution, V
 * @param currentSigmaA noise, A
 * @param currentStepA resolution, A
 * @param seed of the noise
 */
public record Instrument(
        double voltageSigmaV, double voltageStepV, double currentSigmaA, double currentStepA, long seed) {
    private static final int VOLTAGE = 0;
    private static final int CURRENT = 1;

    /** Checks every value. */
    public Instrument {
        require(voltageSigmaV >= 0 && voltageSigmaV < 1, "voltageSigmaV", voltageSigmaV);
        require(voltageStepV >= 0 && voltageStepV < 1, "voltageStepV", voltageStepV);
        require(currentSigmaA >= 0 && currentSigmaA < 100, "currentSigmaA", currentSigmaA);
        require(currentStepA >= 0 && currentStepA < 100, "currentStepA", currentStepA);
    }

    /** A 5 V channel with 16-bit converters for a range of current, A. */
    public static Instrument sixteenBit(double rangeA, long seed) {
        return new Instrument(1e-4, 5.0 / 65536, 2e-5 * rangeA, 2 * rangeA / 65536, seed);
    }

    /** The voltage as stored, V. */
    double voltage(Philox noise, long run, long sequence, double trueV) {
        return quantised(
                trueV + voltageSigmaV * noise.normal((int) (run & 0xffff), sequence, VOLTAGE, 0), voltageStepV);
    }

    /** The current as stored, A; an open channel reads exactly zero. */
    double current(Philox noise, long run, long sequence, double trueA) {
        if (trueA == 0) {
            return 0;
        }
        return quantised(
                trueA + currentSigmaA * noise.normal((int) (run & 0xffff), sequence, CURRENT, 0), currentStepA);
    }

    private static double quantised(double value, double step) {
        // adding zero turns a negative zero into zero
        return step > 0 ? step * Math.rint(value / step) + 0.0 : value;
    }

    private static void require(boolean holds, String key, double value) {
        if (!holds) {
            throw new IllegalArgumentException(key + ": " + value + ", expected a small number, not negative");
        }
    }
}
