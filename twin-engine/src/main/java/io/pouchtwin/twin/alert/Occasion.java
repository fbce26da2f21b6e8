package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.AlertMoment;
import io.pouchtwin.contracts.v1.StepType;

/**
 * When and in what a record was made.
 *
 * @param cell whose
 * @param testRun which test
 * @param moment in both times
 * @param stepCount step of the test, where the record names one, else 0
 * @param stepType what the step does
 * @param cycleCount cycle of the test
 */
public record Occasion(
        String cell, String testRun, AlertMoment moment, int stepCount, StepType stepType, int cycleCount) {
    double testTimeS() {
        return moment.getTestTimeS();
    }
}
