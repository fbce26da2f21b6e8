package io.pouchtwin.twin.cycle;

import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.StepResistance;
import java.util.Arrays;
import java.util.Optional;

/** Resistances so long after a step of the current: R = (V(t) - V(0)) / (I(t) - I(0)), where a reading lies near that time. */
final class StepResponse {
    static final double[] AFTER_S = {0.01, 1, 30};

    /** A reading counts from two thirds to one and a half times that time [1]. */
    private static final double NEAR = 1.5;

    /** Smaller steps give no resistance [1/h]. */
    private static final double LEAST_C_RATE = 0.1;

    private static final int EDGE = 4;
    static final int SAVED_LENGTH = EDGE + 4 * AFTER_S.length;

    private final double capacityAh;
    private final double voltageNoiseV;
    /** Edge: known, time, voltage, current; then for each time count, sum, sum of squares, taken at this edge. */
    private final double[] state = new double[SAVED_LENGTH];

    StepResponse(double capacityAh, double voltageNoiseV) {
        this.capacityAh = capacityAh;
        this.voltageNoiseV = voltageNoiseV;
    }

    /** The sums of another cycle begin; an edge stays an edge. */
    void begin() {
        Arrays.fill(state, EDGE, SAVED_LENGTH, 0);
    }

    void edge(double timeS, double voltageV, double currentA) {
        state[0] = 1;
        state[1] = timeS;
        state[2] = voltageV;
        state[3] = currentA;
        for (int k = 0; k < AFTER_S.length; k++) {
            state[EDGE + 4 * k + 3] = 0;
        }
    }

    void take(double timeS, double voltageV, double currentA) {
        double step = currentA - state[3];
        if (state[0] == 0 || Math.abs(step) < LEAST_C_RATE * capacityAh) {
            return;
        }
        double after = timeS - state[1];
        for (int k = 0; k < AFTER_S.length; k++) {
            int at = EDGE + 4 * k;
            if (state[at + 3] == 0 && after >= AFTER_S[k] / NEAR && after <= AFTER_S[k] * NEAR) {
                double resistance = (voltageV - state[2]) / step;
                state[at]++;
                state[at + 1] += resistance;
                state[at + 2] += 2 * voltageNoiseV * voltageNoiseV / (step * step);
                state[at + 3] = 1;
            }
        }
    }

    /** Mean over the steps of the cycle, with the sigma of the readings' noise. */
    Optional<StepResistance> mean(int k, double areaCm2) {
        int at = EDGE + 4 * k;
        double n = state[at];
        if (n == 0) {
            return Optional.empty();
        }
        return Optional.of(StepResistance.newBuilder()
                .setOhmCm2(Estimate.newBuilder()
                        .setValue(state[at + 1] / n * areaCm2)
                        .setSigma(Math.sqrt(state[at + 2]) / n * areaCm2))
                .setSteps((int) n)
                .build());
    }

    void save(double[] target, int from) {
        System.arraycopy(state, 0, target, from, SAVED_LENGTH);
    }

    void restore(double[] source, int from) {
        System.arraycopy(source, from, state, 0, SAVED_LENGTH);
    }
}
