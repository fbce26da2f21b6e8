package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.Optional;
import java.util.function.Function;

/**
 * Heat to come: T + dT/dt * h over a horizon h, no further than the present charge or discharge lasts: until the charge is in or out, or the voltage meets the design's limit along its own slope, whichever is sooner. A cell that warms
 * up approaches its end value from below with a falling slope, so that the line is an upper bound.
 */
final class TemperatureAhead implements Rule<TwinState> {
    private final Function<String, Optional<VoltageWindow>> windows;

    TemperatureAhead(Function<String, Optional<VoltageWindow>> windows) {
        this.windows = windows;
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
        double horizonS = trail.known() ? Math.min(limits.horizonS(), remainingS(state, trail)) : 0;
        double rise = horizonS > 0 ? Math.max(0, trail.temperatureSlope()) * horizonS : 0;
        double ahead = now + rise;
        if (!(ahead >= limits.warningDegc() - limits.hysteresisKelvin())) {
            return Judgement.CALM;
        }
        AlertLevel raise = AlertLevel.of(ahead, limits.warningDegc(), limits.criticalDegc());
        AlertLevel hold = AlertLevel.of(ahead + limits.hysteresisKelvin(), limits.warningDegc(), limits.criticalDegc());
        double slopeSigma = horizonS > 0 ? Math.sqrt(2) * SENSOR_KELVIN / trail.spanS() * horizonS : 0;
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
                                ahead + half,
                                raise == AlertLevel.CRITICAL ? limits.criticalDegc() : limits.warningDegc(),
                                "More heat is made than is carried away: a high current on a grown resistance, a chamber that does not cool, or a short.",
                                "Look at current and temperature; lower the current or cool the chamber before the charge goes on.")
                        .inSeconds(horizonS));
    }

    /** How long the present current can go on [s]. */
    private double remainingS(TwinState state, Trail trail) {
        double current = state.getCurrentA();
        double share =
                current > 0 ? 1 - state.getSoc().getValue() : state.getSoc().getValue();
        double charge = Math.max(0, share) * state.getCapacityAh().getValue();
        double byCharge = current == 0 ? 0 : charge * SECONDS_PER_HOUR / Math.abs(current);
        return Math.min(byCharge, toLimitS(state, trail));
    }

    /** How long until the voltage meets the limit that it heads for; infinite where it heads for none [s]. */
    private double toLimitS(TwinState state, Trail trail) {
        double slope = trail.voltageSlope();
        double current = state.getCurrentA();
        Optional<VoltageWindow> window = windows.apply(state.getParameterSet());
        if (window.isEmpty() || !(slope * current > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double limit = current > 0 ? window.get().maxV() : window.get().minV();
        return Math.max(0, (limit - state.getVoltageMeasuredV()) / slope);
    }
}
