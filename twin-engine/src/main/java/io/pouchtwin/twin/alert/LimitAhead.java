package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.TwinState;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tester's own limit ahead. Inside the design's window the programme ends its steps; a voltage that has left the
 * window and goes on will meet the tester's protection. Looked ahead along the slope of the last minute.
 */
final class LimitAhead implements Rule<TwinState> {
    private final Function<String, Optional<DesignFacts>> designs;

    LimitAhead(Function<String, Optional<DesignFacts>> designs) {
        this.designs = designs;
    }

    @Override
    public String code() {
        return "limit-ahead";
    }

    /** One reading beyond the cut-off is how a tester ends a step; the next one that is beyond it is a violation. */
    @Override
    public double raiseAfterS() {
        return 1;
    }

    @Override
    public Judgement judge(TwinState state, CellMemory memory, AlertThresholds thresholds) {
        AlertThresholds.VoltageThresholds limits = thresholds.voltage();
        Optional<DesignFacts> design = designs.apply(state.getParameterSet());
        double current = state.getCurrentA();
        if (design.isEmpty() || current == 0) {
            return Judgement.CALM;
        }
        boolean up = current > 0;
        double voltage = state.getVoltageMeasuredV();
        double beyond = up ? voltage - design.get().maxV() : design.get().minV() - voltage;
        if (!(beyond > limits.toleranceVolt() / 2)) {
            return Judgement.CALM;
        }
        Trail trail = memory.trail();
        double horizonS = trail.known() ? limits.horizonS() : 0;
        double outward = horizonS > 0 ? Math.max(0, up ? trail.voltageSlope() : -trail.voltageSlope()) : 0;
        double ahead = beyond + outward * horizonS;
        AlertLevel raise = beyond <= limits.toleranceVolt()
                ? AlertLevel.NONE
                : ahead >= limits.marginVolt() ? AlertLevel.CRITICAL : AlertLevel.WARNING;
        AlertLevel hold = raise == AlertLevel.NONE ? AlertLevel.WARNING : raise;
        double sign = up ? 1 : -1;
        double edge = up ? design.get().maxV() : design.get().minV();
        double half =
                Evidence90.HALF_WIDTH_SIGMAS * state.getVoltagePredictedV().getSigma();
        return new Judgement(
                raise,
                hold,
                Evidence.now(
                                "The voltage has left the design's window and heads for the tester's limit",
                                "voltage ahead",
                                "V",
                                edge + sign * ahead,
                                edge + sign * ahead - half,
                                edge + sign * ahead + half,
                                edge + sign * limits.marginVolt(),
                                "The programme's cut-off lies outside the design's window, or the tester did not act on it.",
                                "Check the programme's cut-off voltages against the design; stop the step if they are right.")
                        .inSeconds(horizonS));
    }
}
