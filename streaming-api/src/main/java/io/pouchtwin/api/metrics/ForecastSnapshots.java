package io.pouchtwin.api.metrics;

import io.pouchtwin.contracts.v1.Between;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastRecord;
import io.pouchtwin.contracts.v1.Quantiles;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** What the newest forecast of each cell says, with its 90 % interval as label "bound": low, median, high. */
final class ForecastSnapshots {
    private static final Labels LOW = Labels.of("bound", "low");
    private static final Labels MEDIAN = Labels.of("bound", "median");
    private static final Labels HIGH = Labels.of("bound", "high");

    private final Gauges remaining = new Gauges(
            "pouchtwin_cell_remaining_cycles",
            "cycles until 80 % of the capacity of the first complete cycle; what lies beyond the forecast's horizon is given as the horizon");
    private final Gauges shortProbability = new Gauges(
            "pouchtwin_cell_short_probability_ratio",
            "probability of a short within the forecast's nearest horizon; an index that orders cells, not a count");
    private final Gauges margin = new Gauges(
            "pouchtwin_cell_dendrite_current_over_critical_ratio",
            "local current over the effective critical current; above 1 it is beyond it");
    private final Gauges damage =
            new Gauges("pouchtwin_cell_dendrite_damage_ratio", "hazard of a short that has added up so far; an index");
    private final Gauges coverage = new Gauges(
            "pouchtwin_cell_forecast_coverage_ratio",
            "share of the cell's forecasts whose 90 % interval held; 0.9 is right");
    private final Gauges age = new Gauges(
            "pouchtwin_cell_forecast_age_cycles", "cycles that have begun since the newest forecast was made");

    private ForecastSnapshots() {}

    static List<MetricSnapshot> all(List<CellReading> cells) {
        ForecastSnapshots snapshots = new ForecastSnapshots();
        cells.forEach(cell -> cell.forecast().ifPresent(forecast -> snapshots.add(cell, forecast)));
        return List.of(
                snapshots.remaining.snapshot(),
                snapshots.shortProbability.snapshot(),
                snapshots.margin.snapshot(),
                snapshots.damage.snapshot(),
                snapshots.coverage.snapshot(),
                snapshots.age.snapshot());
    }

    private void add(CellReading cell, Forecast forecast) {
        Labels label = cell.label();
        if (forecast.hasTo80Percent()) {
            add(remaining, label, forecast.getTo80Percent().getCycles());
        }
        if (forecast.getFailureCount() > 0 && forecast.getFailure(0).hasShort()) {
            add(shortProbability, label, forecast.getFailure(0).getShort());
        }
        if (forecast.hasDendrite()) {
            add(margin, label, forecast.getDendrite().getCurrentOverCritical());
            add(damage, label, forecast.getDendrite().getDamage());
        }
        ForecastRecord record = forecast.getCellRecord();
        coverage.add(label, record.hasCoverage90() ? record.getCoverage90() : Double.NaN);
        cell.state()
                .filter(state -> state.getTestRun().equals(forecast.getTestRun()))
                .ifPresent(state -> age.add(label, state.getCycleCount() - forecast.getCycleCount()));
    }

    private static void add(Gauges gauges, Labels label, Quantiles quantiles) {
        gauges.add(label.merge(LOW), quantiles.getP05())
                .add(label.merge(MEDIAN), quantiles.getP50())
                .add(label.merge(HIGH), quantiles.getP95());
    }

    private static void add(Gauges gauges, Labels label, Between between) {
        gauges.add(label.merge(LOW), between.getLow())
                .add(label.merge(MEDIAN), between.getValue())
                .add(label.merge(HIGH), between.getHigh());
    }
}
