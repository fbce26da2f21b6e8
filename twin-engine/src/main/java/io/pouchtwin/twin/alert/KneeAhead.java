package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastPoint;
import io.pouchtwin.contracts.v1.Quantiles;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

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
        double cycles = cyclesToKnee(forecast, limits.kneeFactor(), Quantiles::getP50);
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
                                Math.min(cycles, cyclesToKnee(forecast, limits.kneeFactor(), Quantiles::getP05)),
                                Math.max(cycles, cyclesToKnee(forecast, limits.kneeFactor(), Quantiles::getP95)),
                                limits.kneeHorizonCycles(),
                                "The spare lithium ends, or polarisation brings the charge to its voltage limit early.",
                                "Look at the forecast of this cell: which quantity turns first. Decide whether the test is to go on past the knee.")
                        .inCycles(limits.kneeHorizonCycles()));
    }

    /** Cycles from now to the segment of a quantile's curve that is so many times steeper than its first; NaN where there is none, which leaves the interval out. */
    private static double cyclesToKnee(Forecast forecast, double factor, ToDoubleFunction<Quantiles> curve) {
        List<ForecastPoint> points = forecast.getPointsList();
        if (points.size() < 3) {
            return Double.NaN;
        }
        double first = fade(points.get(0), points.get(1), curve);
        double least = LEAST_FADE_PER_CYCLE * curve.applyAsDouble(points.get(0).getCapacityAh());
        for (int i = 1; i + 1 < points.size(); i++) {
            double here = fade(points.get(i), points.get(i + 1), curve);
            if (here > Math.max(least, factor * Math.max(first, 0))) {
                return points.get(i).getCycle() - points.get(0).getCycle();
            }
        }
        return Double.NaN;
    }

    /** Loss of capacity per cycle [Ah]. */
    private static double fade(ForecastPoint from, ForecastPoint to, ToDoubleFunction<Quantiles> curve) {
        double cycles = to.getCycle() - from.getCycle();
        double lost = curve.applyAsDouble(from.getCapacityAh()) - curve.applyAsDouble(to.getCapacityAh());
        return cycles > 0 ? lost / cycles : 0;
    }
}
