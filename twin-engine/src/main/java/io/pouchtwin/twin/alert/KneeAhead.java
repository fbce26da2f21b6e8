package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastPoint;
import java.util.List;
import java.util.Optional;

/**
 * A knee ahead: the median of the capacity falls, somewhere within the horizon, so many times more steeply per cycle than
 * it does first.
 */
final class KneeAhead implements Rule<Forecast> {
    /** A fade below this share of the capacity per cycle is no knee, however flat the beginning is [1]. */
    private static final double LEAST_FADE_PER_CYCLE = 5e-4;

    /** An open alert stays open until the knee is so many times the horizon away [1]. */
    private static final double HOLD_HORIZONS = 1.5;

    @Override
    public String code() {
        return "knee-ahead";
    }

    @Override
    public Judgement judge(Forecast forecast, CellMemory memory, AlertThresholds thresholds) {
        AlertThresholds.LifeThresholds limits = thresholds.life();
        double cycles = cyclesToKnee(forecast, limits.kneeFactor());
        Optional<Judgement> silent = Lives.silent(forecast);
        if (silent.isPresent()) {
            return silent.get();
        }
        if (!(cycles <= HOLD_HORIZONS * limits.kneeHorizonCycles())) {
            return Judgement.CALM;
        }
        AlertLevel raise = cycles <= limits.kneeHorizonCycles() ? AlertLevel.WARNING : AlertLevel.NONE;
        return new Judgement(
                raise,
                AlertLevel.WARNING,
                Evidence.now(
                                "Capacity will begin to fall steeply",
                                "cycles until the fade steepens",
                                "cycles",
                                cycles,
                                Double.NaN,
                                Double.NaN,
                                limits.kneeHorizonCycles(),
                                "The spare lithium ends, or polarisation brings the charge to its voltage limit early.",
                                "Look at the forecast of this cell: which quantity turns first. Decide whether the test is to go on past the knee.")
                        .inCycles(limits.kneeHorizonCycles()));
    }

    /** Cycles from now to the segment that is so many times steeper than the first; NaN where there is none. */
    static double cyclesToKnee(Forecast forecast, double factor) {
        List<ForecastPoint> points = forecast.getPointsList();
        if (points.size() < 3) {
            return Double.NaN;
        }
        double first = fade(points.get(0), points.get(1));
        double least = LEAST_FADE_PER_CYCLE * points.get(0).getCapacityAh().getP50();
        for (int i = 1; i + 1 < points.size(); i++) {
            double here = fade(points.get(i), points.get(i + 1));
            if (here > Math.max(least, factor * Math.max(first, 0))) {
                return points.get(i).getCycle() - points.get(0).getCycle();
            }
        }
        return Double.NaN;
    }

    /** Loss of capacity per cycle [Ah]. */
    private static double fade(ForecastPoint from, ForecastPoint to) {
        double cycles = to.getCycle() - from.getCycle();
        return cycles > 0 ? (from.getCapacityAh().getP50() - to.getCapacityAh().getP50()) / cycles : 0;
    }
}
