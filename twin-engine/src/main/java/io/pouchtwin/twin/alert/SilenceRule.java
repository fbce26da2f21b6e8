package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.CellSilence;

/** A cell that is not heard. The watch that writes the silences looks at the clock; this does not. */
final class SilenceRule implements Rule<CellSilence> {
    @Override
    public String code() {
        return "data-stale";
    }

    @Override
    public Judgement judge(CellSilence silence, CellMemory memory, AlertThresholds thresholds) {
        AlertThresholds.SilenceThresholds limits = thresholds.silence();
        AlertLevel level = AlertLevel.of(silence.getSilentForS(), limits.warningS(), limits.criticalS());
        if (level == AlertLevel.NONE) {
            return Judgement.CALM;
        }
        return Judgement.of(
                level,
                Evidence.now(
                        "Nothing comes from the cell's tester",
                        "time without a word from the tester",
                        "s",
                        silence.getSilentForS(),
                        Double.NaN,
                        Double.NaN,
                        level == AlertLevel.CRITICAL ? limits.criticalS() : limits.warningS(),
                        "The tester's PC is off or its programme closed, the network is cut, or the gateway or ingest has stopped.",
                        "Look at the channel on the tester itself: the test goes on without being watched. Then at gateway and ingest: /health/ready of each."));
    }
}
