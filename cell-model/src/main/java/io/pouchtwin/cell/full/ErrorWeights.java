package io.pouchtwin.cell.full;

import io.pouchtwin.cell.OpenCircuitVoltage;

/**
 * What an error of the state is worth in volts, so that steps are chosen for the voltage: filling by the slope of the open-circuit voltage,
 * salt by the diffusion potential, temperature by a millivolt per kelvin.
 *
 * @param toleranceV error per step [V]
 */
record ErrorWeights(double toleranceV, OpenCircuitVoltage openCircuit, int shells) {
    /** Near a full or empty surface the curve is so steep that only a small range of x is meant. */
    private static final double STEEPEST_V = 4;

    private static final double FLATTEST_V = 0.3;
    private static final double SALT_V = 0.05;
    /** Where less salt than this is left, next to no current flows and its exact amount does not matter. */
    private static final double DEPLETED = 0.02;

    private static final double TEMPERATURE_V_PER_K = 1e-3;

    /** Largest error over the tolerance. */
    double measure(RungeKutta step, FieldState start) {
        double largest = 0;
        for (int m = 0; m < step.end.surface.length; m++) {
            double slope = Math.abs(openCircuit.slope(step.end.surface[m]));
            double worth = Math.min(Math.max(slope, FLATTEST_V), STEEPEST_V);
            int outermost = (m + 1) * shells - 1;
            largest = larger(largest, worth * step.fillingError(start, outermost));
            largest = larger(largest, worth * step.fillingError(start, m * shells + shells / 2));
        }
        for (int k = 0; k < start.salt.length; k++) {
            largest = larger(largest, SALT_V * step.saltError(start, k) / Math.max(step.end.salt[k], DEPLETED));
        }
        largest = larger(largest, TEMPERATURE_V_PER_K * step.temperatureError(start));
        return largest / toleranceV;
    }

    private static double larger(double largest, double error) {
        double size = Math.abs(error);
        return size <= largest ? largest : size;
    }
}
