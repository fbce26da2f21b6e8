package io.pouchtwin.api.metrics;

import io.pouchtwin.api.metrics.CellFamily.Labelled;
import io.pouchtwin.contracts.v1.Between;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.Quantiles;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What the newest forecast of each cell says, with its 90 % interval as label "bound": low, median, high. */
final class ForecastFamilies {

    static final List<CellFamily> ALL = List.of(
            quantiles(
                    "remaining_cycles",
                    "cycles until 80 % of the capacity of the first complete cycle; what lies beyond the forecast's horizon is given as the horizon",
                    Forecast::hasTo80Percent,
                    f -> f.getTo80Percent().getCycles()),
            quantiles(
                    "short_probability_ratio",
                    "probability of a short within the forecast's nearest horizon; an index that orders cells, not a count",
                    f -> f.getFailureCount() > 0 && f.getFailure(0).hasShort(),
                    f -> f.getFailure(0).getShort()),
            between(
                    "dendrite_current_over_critical_ratio",
                    "local current over the effective critical current; above 1 it is beyond it",
                    f -> f.getDendrite().getCurrentOverCritical()),
            between(
                    "dendrite_damage_ratio",
                    "hazard of a short that has added up so far; an index",
                    f -> f.getDendrite().getDamage()),
            CellFamily.forecast(
                    "forecast_coverage_ratio",
                    "share of the cell's forecasts whose 90 % interval held; 0.9 is right",
                    f -> f.getCellRecord().hasCoverage90() ? f.getCellRecord().getCoverage90() : Double.NaN),
            CellFamily.of(
                    "forecast_age_cycles",
                    "cycles that have begun since the newest forecast was made",
                    (cell, now) -> ageCycles(cell)));

    private ForecastFamilies() {}

    /** The middle of the remaining life, cycles; NaN without a forecast. */
    static double remainingCycles(CellReading cell) {
        return cell.forecast()
                .filter(Forecast::hasTo80Percent)
                .map(f -> f.getTo80Percent().getCycles().getP50())
                .orElse(Double.NaN);
    }

    /** The middle of the probability of a short within the nearest horizon; NaN without a forecast. */
    static double shortProbability(CellReading cell) {
        return cell.forecast()
                .filter(f -> f.getFailureCount() > 0 && f.getFailure(0).hasShort())
                .map(f -> f.getFailure(0).getShort().getP50())
                .orElse(Double.NaN);
    }

    /** Cycles begun since the newest forecast; NaN without one, or where it is of another run. */
    static double ageCycles(CellReading cell) {
        if (cell.forecast().isEmpty() || cell.state().isEmpty()) {
            return Double.NaN;
        }
        Forecast forecast = cell.forecast().get();
        return cell.state().get().getTestRun().equals(forecast.getTestRun())
                ? cell.state().get().getCycleCount() - forecast.getCycleCount()
                : Double.NaN;
    }

    private static CellFamily quantiles(
            String name, String help, Predicate<Forecast> present, Function<Forecast, Quantiles> of) {
        return bounds(
                name,
                help,
                f -> present.test(f) ? of.apply(f).getP05() : Double.NaN,
                f -> present.test(f) ? of.apply(f).getP50() : Double.NaN,
                f -> present.test(f) ? of.apply(f).getP95() : Double.NaN);
    }

    private static CellFamily between(String name, String help, Function<Forecast, Between> of) {
        return bounds(
                name,
                help,
                f -> f.hasDendrite() ? of.apply(f).getLow() : Double.NaN,
                f -> f.hasDendrite() ? of.apply(f).getValue() : Double.NaN,
                f -> f.hasDendrite() ? of.apply(f).getHigh() : Double.NaN);
    }

    private static CellFamily bounds(
            String name,
            String help,
            ToDoubleFunction<Forecast> low,
            ToDoubleFunction<Forecast> median,
            ToDoubleFunction<Forecast> high) {
        return CellFamily.forecast(
                name,
                help,
                "bound",
                List.of(new Labelled<>("low", low), new Labelled<>("median", median), new Labelled<>("high", high)));
    }
}
