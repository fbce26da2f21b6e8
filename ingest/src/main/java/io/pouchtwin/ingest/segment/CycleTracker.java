package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.CycleState;
import io.pouchtwin.contracts.v1.CycleSummary;
import io.pouchtwin.contracts.v1.RawSample;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Counts cycles from 1, never backwards, and sums each up.
 *
 * <p>The tester's own cycle number where it has one; where that falls (the programme's loop began anew) a new cycle begins and later numbers count on from there. Else a new cycle begins
 * with a charging step after a discharging one.
 *
 * <p>Charge and energy are those of the tester's counters where it has them, else integrals of what it measured.
 */
final class CycleTracker {
    private static final double SECONDS_PER_HOUR = 3_600;

    private int cycleCount;
    private OptionalInt cycleId = OptionalInt.empty();
    private int offset;
    private boolean discharged;
    private CycleSummary.Builder sum = CycleSummary.newBuilder();
    private boolean open;
    private OptionalDouble stepChargeAh = OptionalDouble.empty();
    private OptionalDouble stepEnergyWh = OptionalDouble.empty();
    private double currentA;
    private double voltageV;

    /**
     * Goes on to a sample whose place is known, accepted or not.
     *
     * @return the summary of the cycle that this sample ends, if it ends one
     */
    @Nullable CycleSummary advance(RawSample sample, StepKind kind, boolean newStep, boolean gap, ElapsedTime time) {
        if (newStep) {
            stepChargeAh = OptionalDouble.empty();
            stepEnergyWh = OptionalDouble.empty();
        }
        CycleSummary ended = null;
        boolean first = cycleCount == 0;
        int next = next(sample, kind, newStep);
        if (gap) {
            miss();
        }
        if (next != cycleCount) {
            ended = first || !open ? null : sum.build();
            begin(sample, next, !gap, time);
        }
        if (kind.direction() == Direction.DISCHARGE) {
            discharged = true;
        }
        sum.setLastSequence(sample.getSequence()).setEndTestTimeS(time.testTimeS());
        open = true;
        return ended;
    }

    /** Adds what moved since the sample before; for accepted samples, after {@link #advance}. */
    void add(RawSample sample, StepKind kind, double sinceLastS) {
        int sign = kind.direction() == Direction.NONE ? 0 : kind.direction().sign(sample.getCurrentA());
        double meanA = (currentA + sample.getCurrentA()) / 2;
        double chargeAh;
        if (sample.hasStepChargeAh()) {
            chargeAh = sign * Math.max(0, sample.getStepChargeAh() - stepChargeAh.orElse(0));
            stepChargeAh = OptionalDouble.of(sample.getStepChargeAh());
        } else {
            chargeAh = meanA * sinceLastS / SECONDS_PER_HOUR;
        }
        double energyWh;
        if (sample.hasStepEnergyWh()) {
            energyWh = sign * Math.max(0, sample.getStepEnergyWh() - stepEnergyWh.orElse(0));
            stepEnergyWh = OptionalDouble.of(sample.getStepEnergyWh());
        } else {
            energyWh = chargeAh * (voltageV + sample.getVoltageV()) / 2;
        }
        if (chargeAh > 0) {
            sum.setChargeAh(sum.getChargeAh() + chargeAh);
        } else {
            sum.setDischargeAh(sum.getDischargeAh() - chargeAh);
        }
        if (energyWh > 0) {
            sum.setChargeEnergyWh(sum.getChargeEnergyWh() + energyWh);
        } else {
            sum.setDischargeEnergyWh(sum.getDischargeEnergyWh() - energyWh);
        }
        currentA = sample.getCurrentA();
        voltageV = sample.getVoltageV();
    }

    /** Something of this cycle is missing. */
    void miss() {
        sum.setComplete(false);
    }

    /** The run is over: the summary of its last cycle, unless it was given already. */
    @Nullable CycleSummary end() {
        if (!open) {
            return null;
        }
        open = false;
        return sum.build();
    }

    int cycleCount() {
        return cycleCount;
    }

    private int next(RawSample sample, StepKind kind, boolean newStep) {
        if (sample.hasCycleId()) {
            int id = sample.getCycleId();
            if (cycleId.isEmpty()) {
                // Late or first: keep the tester's number where it counts from 1.
                offset = Math.max(cycleCount, id < 1 ? 1 : id) - id;
            } else if (id < cycleId.getAsInt()) {
                offset = cycleCount + 1 - id;
            }
            cycleId = OptionalInt.of(id);
            return id + offset;
        }
        if (cycleCount == 0) {
            return 1;
        }
        boolean again = newStep && discharged && kind.direction() == Direction.CHARGE;
        return again ? cycleCount + 1 : cycleCount;
    }

    private void begin(RawSample sample, int count, boolean complete, ElapsedTime time) {
        cycleCount = count;
        discharged = false;
        sum = CycleSummary.newBuilder()
                .setCycleCount(count)
                .setFirstSequence(sample.getSequence())
                .setStartTestTimeS(time.testTimeS() - time.stepTimeS())
                .setComplete(complete);
    }

    CycleState save() {
        CycleState.Builder state = CycleState.newBuilder()
                .setCycleCount(cycleCount)
                .setOffset(offset)
                .setDischarged(discharged)
                .setSum(sum.build())
                .setOpen(open)
                .setCurrentA(currentA)
                .setVoltageV(voltageV);
        cycleId.ifPresent(state::setCycleId);
        stepChargeAh.ifPresent(state::setStepChargeAh);
        stepEnergyWh.ifPresent(state::setStepEnergyWh);
        return state.build();
    }

    static CycleTracker load(CycleState state) {
        CycleTracker tracker = new CycleTracker();
        tracker.cycleCount = state.getCycleCount();
        tracker.cycleId = state.hasCycleId() ? OptionalInt.of(state.getCycleId()) : OptionalInt.empty();
        tracker.offset = state.getOffset();
        tracker.discharged = state.getDischarged();
        tracker.sum = state.getSum().toBuilder();
        tracker.open = state.getOpen();
        tracker.stepChargeAh =
                state.hasStepChargeAh() ? OptionalDouble.of(state.getStepChargeAh()) : OptionalDouble.empty();
        tracker.stepEnergyWh =
                state.hasStepEnergyWh() ? OptionalDouble.of(state.getStepEnergyWh()) : OptionalDouble.empty();
        tracker.currentA = state.getCurrentA();
        tracker.voltageV = state.getVoltageV();
        return tracker;
    }
}
