package io.pouchtwin.twin.alert;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.Optional;
import java.util.function.Function;

/**
 * Heat to come. A cell that goes on making the heat that it makes now comes to its end value with the time constant of its design's cooling,
 *
 * <pre>
 *   T(h) = T + dT/dt * tau * (1 - exp(-h / tau)),
 * </pre>
 *
 * <p>over a horizon h, no further than the present current makes heat: until the charge is in or out, or the voltage meets the design's limit along its own slope. Where the charge is then held, its current falls
 * exponentially and its heat with the square: as much heat as the present current makes in half of the time that the charge still missing would take. The upper end of the interval is a cell that nothing cools.
 */
final class TemperatureAhead implements Rule<TwinState> {
    private final Function<String, Optional<DesignFacts>> designs;

    TemperatureAhead(Function<String, Optional<DesignFacts>> designs) {
        this.designs = designs;
    }

    /** Repeatability of a temperature sensor [K]. */
    private static final double SENSOR_KELVIN = 0.1;

    private static final double SECONDS_PER_HOUR = 3600;

    @Override
    public String code() {
        return "temperature-ahead";
    }

    @Override
    public double raiseAfterS() {
        return 15;
    }

    /** A cell that gets warm in each charge is one matter, not one in each cycle. */
    @Override
    public double clearAfterS() {
        return 3600;
    }

    @Override
    public Judgement judge(TwinState state, CellMemory memory, AlertThresholds thresholds) {
        // without a sensor the temperature is the twin's word, and one that does not explain its cell has none
        if (!state.hasTemperatureMeasuredDegc() && state.getTrust() != TrustState.TRUST_STATE_TRUSTED) {
            return Judgement.UNKNOWN;
        }
        AlertThresholds.TemperatureThresholds limits = thresholds.temperature();
        Trail trail = memory.trail();
        double now = Trail.temperature(state);
        Optional<DesignFacts> design = designs.apply(state.getParameterSet());
        double horizonS = trail.known() ? Math.min(limits.horizonS(), heatingS(state, trail, design)) : 0;
        double slope = horizonS > 0 ? Math.max(0, trail.temperatureSlope()) : 0;
        double cooledS = cooledS(horizonS, design);
        double ahead = now + slope * cooledS;
        if (!(ahead >= limits.warningDegc() - limits.hysteresisKelvin())) {
            return Judgement.CALM;
        }
        AlertLevel raise = AlertLevel.of(ahead, limits.warningDegc(), limits.criticalDegc());
        AlertLevel hold = AlertLevel.of(ahead + limits.hysteresisKelvin(), limits.warningDegc(), limits.criticalDegc());
        double slopeSigma = horizonS > 0 ? Math.sqrt(2) * SENSOR_KELVIN / trail.spanS() * cooledS : 0;
        double half = Evidence90.HALF_WIDTH_SIGMAS * Math.hypot(SENSOR_KELVIN, slopeSigma);
        return new Judgement(
                raise,
                hold,
                Evidence.now(
                                raise == AlertLevel.CRITICAL ? "The cell is getting hot" : "The cell is getting warm",
                                "cell temperature ahead",
                                "degC",
                                ahead,
                                ahead - half,
                                now + slope * horizonS + half,
                                raise == AlertLevel.CRITICAL ? limits.criticalDegc() : limits.warningDegc(),
                                "More heat is made than is carried away: a high current on a grown resistance, a chamber that does not cool, or a short.",
                                "Look at current and temperature; lower the current or cool the chamber before the charge goes on.")
                        .inSeconds(horizonS));
    }

    /** Time in which the present heat alone would warm the cell by as much as it does in a horizon, cooled as its design is [s]. */
    private static double cooledS(double horizonS, Optional<DesignFacts> design) {
        double tau = design.map(DesignFacts::coolingS).orElse(Double.POSITIVE_INFINITY);
        return Double.isInfinite(tau) ? horizonS : tau * (1 - Elementary.exp(-horizonS / tau));
    }

    /** How long heat is made as it is now [s]. */
    private static double heatingS(TwinState state, Trail trail, Optional<DesignFacts> design) {
        double current = state.getCurrentA();
        double share =
                current > 0 ? 1 - state.getSoc().getValue() : state.getSoc().getValue();
        double charge = Math.max(0, share) * state.getCapacityAh().getValue();
        double byCharge = current == 0 ? 0 : charge * SECONDS_PER_HOUR / Math.abs(current);
        double toLimit = state.getStepType() == StepType.STEP_TYPE_CV_CHARGE ? 0 : toLimitS(state, trail, design);
        if (byCharge <= toLimit) {
            return byCharge;
        }
        return current > 0 && trail.holdsAtTheLimit(state) ? 0.5 * (toLimit + byCharge) : toLimit;
    }

    /** How long until the voltage meets the limit that it heads for; infinite where it heads for none [s]. */
    private static double toLimitS(TwinState state, Trail trail, Optional<DesignFacts> design) {
        double slope = trail.voltageSlope();
        double current = state.getCurrentA();
        if (design.isEmpty() || !(slope * current > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double limit = current > 0 ? design.get().maxV() : design.get().minV();
        return Math.max(0, (limit - state.getVoltageMeasuredV()) / slope);
    }
}
