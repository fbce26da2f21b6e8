package io.pouchtwin.twin;

import io.pouchtwin.contracts.v1.Sample;
import java.util.Optional;

/** What a sample must be for a twin to take it. Ingest lets nothing else through; the twin does not rely on it. */
final class SampleCheck {
    /** Multiple of the design's capacity beyond which a current is a mistake of unit [1/h]. */
    static final double LARGEST_C_RATE = 100;

    private static final double LARGEST_VOLTAGE_V = 10;

    private SampleCheck() {}

    /** Why the sample is refused, if it is. */
    static Optional<TwinOutcome.Refused> refusal(
            LastSample before, String testRun, Sample sample, double nominalCapacityAh) {
        if (!Double.isFinite(sample.getTestTimeS()) || sample.getTestTimeS() < 0) {
            return refused("not-finite", "test_time_s", sample.getTestTimeS(), "a finite time of zero or more");
        }
        if (!Double.isFinite(sample.getVoltageV())) {
            return refused("not-finite", "voltage_v", sample.getVoltageV(), "a finite number");
        }
        if (!Double.isFinite(sample.getCurrentA())) {
            return refused("not-finite", "current_a", sample.getCurrentA(), "a finite number");
        }
        if (sample.hasNetChargeAh() && !Double.isFinite(sample.getNetChargeAh())) {
            return refused("not-finite", "net_charge_ah", sample.getNetChargeAh(), "a finite number");
        }
        if (Math.abs(sample.getVoltageV()) > LARGEST_VOLTAGE_V) {
            return refused("voltage-out-of-range", "voltage_v", sample.getVoltageV(), "-10 to 10 V");
        }
        double largest = LARGEST_C_RATE * nominalCapacityAh;
        if (Math.abs(sample.getCurrentA()) > largest) {
            return refused(
                    "current-implausible", "current_a", sample.getCurrentA(), "at most " + largest + " A (100 C)");
        }
        if (testRun.equals(before.testRun()) && before.sequence() > 0) {
            return againstBefore(before, sample);
        }
        return Optional.empty();
    }

    private static Optional<TwinOutcome.Refused> againstBefore(LastSample before, Sample sample) {
        if (Long.compareUnsigned(sample.getSequence(), before.sequence()) <= 0) {
            return Optional.of(new TwinOutcome.Refused(
                    "already-seen",
                    "sequence",
                    Long.toUnsignedString(sample.getSequence()),
                    "above " + Long.toUnsignedString(before.sequence())));
        }
        if (sample.getTestTimeS() < before.testTimeS()) {
            return refused("time-backwards", "test_time_s", sample.getTestTimeS(), before.testTimeS() + " s or later");
        }
        return Optional.empty();
    }

    private static Optional<TwinOutcome.Refused> refused(String code, String field, double value, String expected) {
        return Optional.of(new TwinOutcome.Refused(code, field, Double.toString(value), expected));
    }
}
