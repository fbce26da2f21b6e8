package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.AlertMoment;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.Freshness;
import io.pouchtwin.contracts.v1.SoftShort;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;

/** States of a cell to which something happens. */
public final class States {
    static final String CELL = "pouch-1";
    static final String DESIGN = "pouch-5c-ncm523-ppla";

    private States() {}

    /** A cell that is well, at a sample each 10 s, a new step each 60 samples, a new cycle each 240. */
    public static TwinState.Builder well(String cell, String run, long sequence) {
        long step = sequence / 60;
        double current = step % 4 == 0 ? 1.9 : step % 4 == 2 ? -0.8 : 0;
        return TwinState.newBuilder()
                .setCell(cell)
                .setTestRun(run)
                .setSequence(sequence)
                .setTestTimeS(10.0 * sequence)
                .setUnixTimeS(1.7e9 + 10.0 * sequence)
                .setStepCount((int) step + 1)
                .setStepType(StepType.STEP_TYPE_CC_CHARGE)
                .setCycleCount((int) (step / 4) + 1)
                .setCurrentA(current)
                .setVoltageMeasuredV(3.8)
                .setVoltagePredictedV(estimate(3.801, 0.005))
                .setInnovationV(-0.001)
                .setTemperatureMeasuredDegc(25)
                .setTemperaturePredictedDegc(estimate(25, 0.2))
                .setSoc(estimate(0.5, 0.01))
                .setCapacityAh(estimate(0.38, 0.005))
                .setTrust(TrustState.TRUST_STATE_TRUSTED)
                .setFreshness(Freshness.FRESHNESS_FRESH)
                .setSoftShort(signs(0, 0, false))
                .setParameterSet(DESIGN);
    }

    static TwinState.Builder well(long sequence) {
        return well(CELL, "run-1", sequence);
    }

    /** Evidence of a soft short. */
    public static SoftShort signs(double balance, double drift, boolean called) {
        return SoftShort.newBuilder()
                .setChargeBalanceLevel(balance)
                .setRestDriftLevel(drift)
                .setCalled(called)
                .build();
    }

    static Estimate estimate(double value, double sigma) {
        return Estimate.newBuilder().setValue(value).setSigma(sigma).build();
    }

    static Occasion at(TwinState state) {
        return new Occasion(
                state.getCell(),
                state.getTestRun(),
                AlertMoment.newBuilder()
                        .setSequence(state.getSequence())
                        .setTestTimeS(state.getTestTimeS())
                        .setUnixTimeS(state.getUnixTimeS())
                        .build(),
                state.getStepCount(),
                state.getStepType(),
                state.getCycleCount());
    }

    /** A life with a warning that clears, a critical soft short, a twin that diverges, and heat. */
    public static TwinState eventful(String cell, long sequence) {
        TwinState.Builder state = well(cell, "run-1", sequence);
        double balance = sequence < 100 ? 0 : sequence < 180 ? 1.2 : sequence < 260 ? 0.7 : sequence < 320 ? 0.3 : 1.5;
        state.setSoftShort(signs(balance, sequence < 400 ? 0 : 1.1, sequence >= 400));
        if (sequence >= 150 && sequence < 215) {
            state.setTrust(TrustState.TRUST_STATE_DIVERGED).setInnovationV(0.08);
        }
        long inStep = sequence % 60;
        if (sequence >= 480 && sequence < 540) {
            state.setTemperatureMeasuredDegc(25 + 0.9 * inStep);
        }
        return state.build();
    }
}
