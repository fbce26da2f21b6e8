package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.StepState;
import java.util.OptionalInt;

/**
 * Counts steps from 1; a number never repeats within a run, though the tester's programme may come back to a step.
 *
 * <p>A new step begins where the tester's step number, cycle number or word for the step changes; and, with all of these the same (a programme that loops over one step), where the
 * time within the step falls back to a smaller value while the test time goes on, or, where there is no test time, while the step's charge counter falls back with it. A falling step time
 * alone is time running backwards, not a new step.
 *
 * <p>Where the tester says neither number nor word, the current tells: rest, charge, discharge; and a constant voltage phase where the current has left the value it had while the
 * voltage stands.
 */
final class StepTracker {
    /** Below this the cell rests. [1/h], times nominal capacity; a tester's offset is a tenth of it. */
    private static final double REST_RATE = 0.002;

    /** A constant voltage phase has begun when the current is below this part of the step's largest... */
    private static final double HELD_CURRENT_RATIO = 0.95;

    /** ...and the voltage moves less than this from sample to sample. [V] */
    private static final double HELD_VOLTAGE_V = 0.005;

    private final double restCurrentA;
    private int stepCount;
    private OptionalInt stepId = OptionalInt.empty();
    private OptionalInt cycleId = OptionalInt.empty();
    private String word = "";
    private StepKind kind = StepKind.UNKNOWN;
    private double referenceCurrentA;
    private double voltageV;

    StepTracker(double nominalCapacityAh) {
        restCurrentA = REST_RATE * nominalCapacityAh;
    }

    /**
     * Whether a sample begins a new step; changes nothing.
     *
     * @param elapsed the time of the sample before
     * @param chargeFellBack whether the step's charge counter is below the one of the sample before
     * @param usable whether voltage and current can be believed
     */
    boolean begins(RawSample sample, ElapsedTime elapsed, boolean chargeFellBack, boolean usable) {
        if (stepCount == 0) {
            return true;
        }
        if (sample.hasStepId() && stepId.isPresent() && sample.getStepId() != stepId.getAsInt()) {
            return true;
        }
        if (sample.hasCycleId() && cycleId.isPresent() && sample.getCycleId() != cycleId.getAsInt()) {
            return true;
        }
        if (!sample.getStepType().equals(word)) {
            return true;
        }
        if (sample.hasStepTimeS() && sample.getStepTimeS() < elapsed.stepTimeS()) {
            return chargeFellBack || (sample.hasTestTimeS() && sample.getTestTimeS() >= elapsed.testTimeS());
        }
        return untold(sample) && usable && !kindByCurrent(sample).equals(kind);
    }

    /** Goes on to a sample. */
    void advance(RawSample sample, boolean newStep, boolean usable) {
        boolean untold = untold(sample);
        if (newStep) {
            stepCount++;
        }
        if (newStep && !untold) {
            kind = StepKind.UNKNOWN;
            referenceCurrentA = 0;
        }
        if (sample.hasStepId()) {
            stepId = OptionalInt.of(sample.getStepId());
        }
        if (sample.hasCycleId()) {
            cycleId = OptionalInt.of(sample.getCycleId());
        }
        word = sample.getStepType();
        StepKind told = word.isEmpty() ? null : StepKind.of(word);
        if (told != null) {
            kind = told;
        } else if (usable) {
            kind = kindByCurrent(sample);
        }
        if (newStep && untold) {
            referenceCurrentA = 0; // only now: the step before told that this one is at constant voltage
        }
        if (usable) {
            referenceCurrentA = Math.max(referenceCurrentA, Math.abs(sample.getCurrentA()));
            voltageV = sample.getVoltageV();
        }
    }

    int stepCount() {
        return stepCount;
    }

    StepKind kind() {
        return kind;
    }

    private static boolean untold(RawSample sample) {
        return !sample.hasStepId() && sample.getStepType().isEmpty();
    }

    private StepKind kindByCurrent(RawSample sample) {
        double currentA = sample.getCurrentA();
        if (Math.abs(currentA) <= restCurrentA) {
            return StepKind.REST;
        }
        boolean charge = currentA > 0;
        StepKind constantCurrent = charge ? StepKind.CC_CHARGE : StepKind.CC_DISCHARGE;
        StepKind constantVoltage = charge ? StepKind.CV_CHARGE : StepKind.CV_DISCHARGE;
        if (kind.equals(constantVoltage)) {
            return constantVoltage;
        }
        boolean held = kind.equals(constantCurrent)
                && Math.abs(currentA) < HELD_CURRENT_RATIO * referenceCurrentA
                && Math.abs(sample.getVoltageV() - voltageV) < HELD_VOLTAGE_V;
        return held ? constantVoltage : constantCurrent;
    }

    StepState save() {
        StepState.Builder state = StepState.newBuilder()
                .setStepCount(stepCount)
                .setWord(word)
                .setType(kind.type())
                .setDirection(kind.direction().name())
                .setReferenceCurrentA(referenceCurrentA)
                .setVoltageV(voltageV);
        stepId.ifPresent(state::setStepId);
        cycleId.ifPresent(state::setCycleId);
        return state.build();
    }

    static StepTracker load(StepState state, double nominalCapacityAh) {
        StepTracker tracker = new StepTracker(nominalCapacityAh);
        tracker.stepCount = state.getStepCount();
        tracker.stepId = state.hasStepId() ? OptionalInt.of(state.getStepId()) : OptionalInt.empty();
        tracker.cycleId = state.hasCycleId() ? OptionalInt.of(state.getCycleId()) : OptionalInt.empty();
        tracker.word = state.getWord();
        tracker.kind = new StepKind(state.getType(), Direction.valueOf(state.getDirection()));
        tracker.referenceCurrentA = state.getReferenceCurrentA();
        tracker.voltageV = state.getVoltageV();
        return tracker;
    }
}
