package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;

/** A twin that no longer explains its cell: everything else it says is to be doubted until it does again. */
final class TrustRule implements Rule<TwinState> {
    private static final double MILLI = 1e3;

    @Override
    public String code() {
        return "model-not-trusted";
    }

    /** A stretch that a twin gets over by itself, as the first minutes of a charge on a cell that ages fast, is no news. */
    @Override
    public double raiseAfterS() {
        return 600;
    }

    /** Trust that comes and goes is one distrust, not many alerts. */
    @Override
    public double clearAfterS() {
        return 3600;
    }

    @Override
    public Judgement judge(TwinState state, CellMemory memory, AlertThresholds thresholds) {
        if (state.getTrust() == TrustState.TRUST_STATE_TRUSTED) {
            return Judgement.CALM;
        }
        boolean diverged = state.getTrust() == TrustState.TRUST_STATE_DIVERGED;
        // a short that is called is critical by itself; that the twin does not explain it is no second matter
        boolean critical = memory.heldS() >= thresholds.trust().criticalAfterS()
                && !state.getSoftShort().getCalled();
        AlertLevel raise = !diverged ? AlertLevel.NONE : critical ? AlertLevel.CRITICAL : AlertLevel.WARNING;
        // a twin that began anew has to find its cell again before the alert clears
        AlertLevel hold = raise == AlertLevel.NONE ? AlertLevel.WARNING : raise;
        double band =
                Evidence90.HALF_WIDTH_SIGMAS * state.getVoltagePredictedV().getSigma();
        return new Judgement(
                raise,
                hold,
                Evidence.now(
                        diverged
                                ? "The twin no longer explains the cell"
                                : "The twin finds the state of its cell again",
                        "measured minus predicted voltage",
                        "mV",
                        MILLI * state.getInnovationV(),
                        MILLI * (state.getInnovationV() - band),
                        MILLI * (state.getInnovationV() + band),
                        MILLI * band,
                        "The cell does what the model does not know, a lead or a sensor has come loose, or another cell is on the channel.",
                        "Do not act on forecasts of this cell. Compare measured and predicted voltage where the difference begins; check contacts and temperature sensor."));
    }
}
