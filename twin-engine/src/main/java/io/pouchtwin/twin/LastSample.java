package io.pouchtwin.twin;

import io.pouchtwin.contracts.v1.Sample;

/**
 * What a twin remembers of the sample before.
 *
 * @param testRun the run it belongs to
 * @param sequence its number in the run
 * @param testTimeS its tester time [s]
 * @param currentA its current [A]
 * @param hasNetCharge whether the tester counted charge
 * @param netChargeAh the counter at the last sample at which time advanced [Ah]
 * @param stepCount its step
 * @param cycleCount its cycle
 */
record LastSample(
        String testRun,
        long sequence,
        double testTimeS,
        double currentA,
        boolean hasNetCharge,
        double netChargeAh,
        int stepCount,
        int cycleCount) {

    /** Before any sample. */
    static final LastSample NONE = new LastSample("", 0, 0, 0, false, 0, 0, 0);

    /** After this sample, at which this current flowed [A]. */
    LastSample after(String run, Sample sample, double currentA) {
        boolean sameRun = run.equals(testRun);
        boolean keepsCounter = sameRun && hasNetCharge && sample.getTestTimeS() <= testTimeS;
        // Charge counted within one time stamp is carried over to the next interval.
        boolean counted = keepsCounter || sample.hasNetChargeAh();
        double counter = keepsCounter ? netChargeAh : sample.getNetChargeAh();
        return new LastSample(
                run,
                sample.getSequence(),
                sample.getTestTimeS(),
                currentA,
                counted,
                counter,
                sample.getStepCount(),
                sample.getCycleCount());
    }
}
