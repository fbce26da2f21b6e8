package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.AlertWatchState;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.TrailPoint;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.ArrayList;
import java.util.List;

/**
 * Two earlier points of the present step, so that slopes are known, and the last cycle whose charge was held at a voltage. Points are kept only while current flows, and renewed each
 * {@link #SPACING_S}, so that a cell at rest writes nothing.
 */
public final class Trail {
    /** Test time between two points that are kept [s]. */
    static final double SPACING_S = 30;

    private static final int KEPT = 2;

    private final List<TrailPoint> points = new ArrayList<>();
    private int stepCount;
    private int heldCycle;
    private double timeS;
    private double voltageV;
    private double temperatureDegc;

    /** Takes the points of a state; true where what is kept has changed. */
    public boolean take(TwinState state) {
        timeS = state.getTestTimeS();
        voltageV = state.getVoltageMeasuredV();
        temperatureDegc = temperature(state);
        boolean otherStep = state.getStepCount() != stepCount;
        boolean held = isHeld(state) && state.getCycleCount() != heldCycle;
        if (held) {
            heldCycle = state.getCycleCount();
        }
        boolean begins = otherStep || points.isEmpty();
        if (state.getCurrentA() == 0) {
            stepCount = state.getStepCount();
            return forget() || held;
        }
        if (otherStep) {
            points.clear();
            stepCount = state.getStepCount();
        }
        if (begins || timeS - points.get(points.size() - 1).getTestTimeS() >= SPACING_S) {
            if (points.size() == KEPT) {
                points.remove(0);
            }
            points.add(TrailPoint.newBuilder()
                    .setTestTimeS(timeS)
                    .setVoltageV(voltageV)
                    .setTemperatureDegc(temperatureDegc)
                    .build());
            return true;
        }
        return held;
    }

    /** Whether the step holds a voltage, now or at its end. */
    static boolean isHeld(TwinState state) {
        return state.getStepType() == StepType.STEP_TYPE_CV_CHARGE
                || state.getStepType() == StepType.STEP_TYPE_CCCV_CHARGE;
    }

    /** Whether a charge goes on at a held voltage when it has met its limit, as in this cycle or the last. */
    boolean holdsAtTheLimit(TwinState state) {
        return heldCycle > 0 && state.getCycleCount() - heldCycle <= 1;
    }

    /** Another test: cycles are counted anew; true where anything was known. */
    boolean beginRun() {
        boolean knew = heldCycle > 0;
        heldCycle = 0;
        return forget() || knew;
    }

    /** Forgets the points; true where there were any. */
    private boolean forget() {
        boolean had = !points.isEmpty();
        points.clear();
        return had;
    }

    /** Whether slopes are known: the oldest point is far enough back. */
    boolean known() {
        return spanS() >= SPACING_S;
    }

    /** Test time that the slopes are taken over [s]. */
    double spanS() {
        return points.isEmpty() ? 0 : timeS - points.get(0).getTestTimeS();
    }

    /** [V/s]. */
    double voltageSlope() {
        return (voltageV - points.get(0).getVoltageV()) / spanS();
    }

    /** [K/s]. */
    double temperatureSlope() {
        return (temperatureDegc - points.get(0).getTemperatureDegc()) / spanS();
    }

    /** Measured where there is a sensor, else predicted [degC]. */
    static double temperature(TwinState state) {
        return state.hasTemperatureMeasuredDegc()
                ? state.getTemperatureMeasuredDegc()
                : state.getTemperaturePredictedDegc().getValue();
    }

    void save(AlertWatchState.Builder into) {
        into.addAllTrail(points).setStepCount(stepCount).setHeldCycle(heldCycle);
    }

    void restore(AlertWatchState from) {
        points.clear();
        points.addAll(from.getTrailList());
        stepCount = from.getStepCount();
        heldCycle = from.getHeldCycle();
    }
}
