package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Freshness;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;

/** Readings that hang: they come, and are no news. */
final class FrozenReading implements Rule<TwinState> {
    private static final double MILLI = 1e3;

    @Override
    public String code() {
        return "data-frozen";
    }

    /** Readings that hang now and then are one fault, not many. */
    @Override
    public double clearAfterS() {
        return 600;
    }

    @Override
    public Judgement judge(TwinState state, CellMemory memory, AlertThresholds thresholds) {
        // a twin that does not explain its cell does not know that the voltage moves, nor does one of a cell that
        // shorts
        if (state.getFreshness() != Freshness.FRESHNESS_FROZEN
                || state.getTrust() == TrustState.TRUST_STATE_DIVERGED
                || state.getSoftShort().getCalled()) {
            return Judgement.CALM;
        }
        double half =
                Evidence90.HALF_WIDTH_SIGMAS * state.getVoltagePredictedV().getSigma();
        double moved = state.getVoltagePredictedV().getValue() - state.getVoltageMeasuredV();
        return Judgement.of(
                AlertLevel.WARNING,
                Evidence.now(
                        "The voltage reading hangs",
                        "predicted minus reported voltage",
                        "mV",
                        MILLI * moved,
                        MILLI * (moved - half),
                        MILLI * (moved + half),
                        MILLI * half,
                        "The tester repeats an old value: a stopped measuring board, or a stuck link between board and PC.",
                        "Look at the channel on the tester itself; do not trust its protection while readings hang."));
    }
}
