package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.ElapsedState;
import io.pouchtwin.contracts.v1.RawSample;
import org.jspecify.annotations.Nullable;

/**
 * Time since the start of the run, in the tester's own time.
 *
 * <p>Where the tester gives it, it is taken. Else it is put together from the time within the step: t = t<sub>0</sub> + step time [s], where t<sub>0</sub> is the time of the last
 * sample of the step before. Testers log the end of each step, so this is exact; where that row is missing, t is a lower bound and is flagged.
 */
final class ElapsedTime {
    /** No logging interval and no gap in a run is longer. [s] */
    private static final double LONGEST_JUMP_S = 31 * 86_400.0;

    private boolean begun;
    /** Rows are missing or could not be timed since the last one that was. */
    private boolean missed;
    /** The step in hand began later than is known, and no sample has said so yet. */
    private boolean estimated;

    private double testTimeS;
    private double stepTimeS;
    private double stepStartS;

    /** What is wrong with the sample's time, if anything; changes nothing. */
    @Nullable Fault judge(RawSample sample, boolean newStep) {
        if (!sample.hasTestTimeS() && !sample.hasStepTimeS()) {
            return new Fault(
                    RejectCode.TIME_MISSING,
                    "The sample has no elapsed time, so it cannot be placed. Have the tester export test time or step time.",
                    "test_time_s",
                    "",
                    "test_time_s or step_time_s");
        }
        if (sample.hasTestTimeS() && !valid(sample.getTestTimeS())) {
            return invalid("test_time_s", sample.getTestTimeS());
        }
        if (sample.hasStepTimeS() && !valid(sample.getStepTimeS())) {
            return invalid("step_time_s", sample.getStepTimeS());
        }
        double time = timeOf(sample, newStep);
        if (begun && time < testTimeS) {
            boolean byStep = !sample.hasTestTimeS();
            return new Fault(
                    RejectCode.TIME_BACKWARDS,
                    "The tester's time runs backwards" + (byStep ? " within a step" : "")
                            + ", so the sample cannot be placed. Check the tester's clock and the order of its export.",
                    byStep ? "step_time_s" : "test_time_s",
                    String.valueOf(byStep ? sample.getStepTimeS() : sample.getTestTimeS()),
                    "not less than " + (byStep ? stepTimeS : testTimeS));
        }
        if (begun && time - testTimeS > LONGEST_JUMP_S) {
            return new Fault(
                    RejectCode.TIME_JUMP,
                    "The tester's time jumps ahead by more than a month; perhaps milliseconds were taken for seconds. Check the driver's unit.",
                    sample.hasTestTimeS() ? "test_time_s" : "step_time_s",
                    String.valueOf(sample.hasTestTimeS() ? sample.getTestTimeS() : sample.getStepTimeS()),
                    "at most " + LONGEST_JUMP_S + " s after " + testTimeS);
        }
        return null;
    }

    /** Goes on to a sample that was judged well. */
    void advance(RawSample sample, boolean newStep) {
        double time = timeOf(sample, newStep);
        estimated |= missed && !sample.hasTestTimeS() && (newStep || !begun);
        missed = false;
        if (sample.hasStepTimeS()) {
            stepTimeS = sample.getStepTimeS();
            if (sample.hasTestTimeS()) {
                stepStartS = time - stepTimeS;
            } else if (newStep || !begun) {
                stepStartS = begun ? testTimeS : 0;
            }
        } else {
            if (newStep || !begun) {
                stepStartS = time;
            }
            stepTimeS = time - stepStartS;
        }
        testTimeS = time;
        begun = true;
    }

    /** Rows are missing, or the one in hand has no time: the end of the step may be among them. */
    void miss() {
        missed = true;
    }

    /** Whether the time is a lower bound from here on; says so once. */
    boolean tellEstimated() {
        boolean told = estimated;
        estimated = false;
        return told;
    }

    boolean begun() {
        return begun;
    }

    double testTimeS() {
        return testTimeS;
    }

    double stepTimeS() {
        return stepTimeS;
    }

    private double timeOf(RawSample sample, boolean newStep) {
        if (sample.hasTestTimeS()) {
            return sample.getTestTimeS();
        }
        if (!begun) {
            return sample.getStepTimeS();
        }
        return (newStep ? testTimeS : stepStartS) + sample.getStepTimeS();
    }

    private static boolean valid(double timeS) {
        return timeS >= 0 && timeS < Double.POSITIVE_INFINITY;
    }

    private static Fault invalid(String field, double value) {
        return new Fault(
                RejectCode.TIME_INVALID,
                "The sample's time is not a time. Check the driver's parsing of this field.",
                field,
                String.valueOf(value),
                "a finite number, 0 or more");
    }

    ElapsedState save() {
        return ElapsedState.newBuilder()
                .setBegun(begun)
                .setMissed(missed)
                .setEstimated(estimated)
                .setTestTimeS(testTimeS)
                .setStepTimeS(stepTimeS)
                .setStepStartS(stepStartS)
                .build();
    }

    static ElapsedTime load(ElapsedState state) {
        ElapsedTime time = new ElapsedTime();
        time.begun = state.getBegun();
        time.missed = state.getMissed();
        time.estimated = state.getEstimated();
        time.testTimeS = state.getTestTimeS();
        time.stepTimeS = state.getStepTimeS();
        time.stepStartS = state.getStepStartS();
        return time;
    }
}
