package io.pouchtwin.api.metrics;

import io.pouchtwin.api.json.Liveness;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What can be said of all cells together, in a number of series that does not grow with them; and which alerts are open, up to a bound. */
final class FleetSnapshots {
    private static final String PREFIX = "pouchtwin_fleet_";

    private FleetSnapshots() {}

    static List<MetricSnapshot> all(List<CellReading> cells, long nowUnixUs, int mostAlerts) {
        return List.of(
                byLiveness(cells),
                byTrust(cells),
                spread(
                        "sample_age_seconds",
                        "time since the newest sample, over the cells whose test runs",
                        cells,
                        cell -> running(cell) ? cell.sampleAgeS(nowUnixUs) : Double.NaN),
                spread(
                        "capacity_health_ratio",
                        "capacity over that of the design, over all cells",
                        cells,
                        estimate(TwinState::hasCapacityHealth, TwinState::getCapacityHealth)),
                spread(
                        "resistance_health_ratio",
                        "resistance over that of the design, over all cells",
                        cells,
                        estimate(TwinState::hasResistanceHealth, TwinState::getResistanceHealth)),
                spread(
                        "soft_short_level_ratio",
                        "stronger sign of a soft short over its threshold, over all cells",
                        cells,
                        cell -> cell.state()
                                .filter(TwinState::hasSoftShort)
                                .map(Attention::strongestSign)
                                .orElse(Double.NaN)),
                spread(
                        "innovation_volts",
                        "magnitude of measured minus predicted voltage, over the live cells",
                        cells,
                        cell -> cell.isLive()
                                ? cell.state()
                                        .map(s -> Math.abs(s.getInnovationV()))
                                        .orElse(Double.NaN)
                                : Double.NaN),
                spread(
                        "remaining_cycles",
                        "cycles until 80 % of the first complete cycle's capacity, the middle of each cell's forecast, over all cells",
                        cells,
                        ForecastFamilies::remainingCycles),
                spread(
                        "short_probability_ratio",
                        "probability of a short within the nearest horizon, the middle of each cell's forecast, over all cells; an index",
                        cells,
                        ForecastFamilies::shortProbability),
                spread(
                        "forecast_age_cycles",
                        "cycles that have begun since the newest forecast was made, over all cells",
                        cells,
                        ForecastFamilies::ageCycles),
                alerts(cells, mostAlerts),
                alertCounts(cells));
    }

    private static boolean running(CellReading cell) {
        return cell.liveness() != Liveness.State.ENDED && cell.liveness() != Liveness.State.NEVER;
    }

    private static MetricSnapshot byLiveness(List<CellReading> cells) {
        Gauges gauges = new Gauges(PREFIX + "cells", "cells by what can be said of their line to the tester");
        for (Liveness.State state : Liveness.State.values()) {
            gauges.add(Labels.of("liveness", state.word()), number(cells, cell -> cell.liveness() == state));
        }
        return gauges.snapshot();
    }

    private static MetricSnapshot byTrust(List<CellReading> cells) {
        Gauges gauges = new Gauges(PREFIX + "trust_cells", "cells by whether their twin explains them");
        for (TrustState trust : List.of(
                TrustState.TRUST_STATE_CONVERGING, TrustState.TRUST_STATE_TRUSTED, TrustState.TRUST_STATE_DIVERGED)) {
            String word = trust.name().substring("TRUST_STATE_".length()).toLowerCase(Locale.ROOT);
            gauges.add(
                    Labels.of("trust", word),
                    number(
                            cells,
                            cell -> cell.state()
                                    .map(TwinState::getTrust)
                                    .filter(trust::equals)
                                    .isPresent()));
        }
        return gauges.snapshot();
    }

    private static double number(List<CellReading> cells, Predicate<CellReading> which) {
        return (double) cells.stream().filter(which).count();
    }

    /** Least, 5 %, middle, 95 %, largest. Not a summary: these are of one moment, over cells. */
    private static MetricSnapshot spread(
            String name, String help, List<CellReading> cells, ToDoubleFunction<CellReading> value) {
        double[] sorted = cells.stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        Gauges gauges = new Gauges(PREFIX + name, help);
        if (sorted.length > 0) {
            gauges.add(Labels.of("statistic", "min"), sorted[0])
                    .add(Labels.of("statistic", "p05"), at(sorted, 0.05))
                    .add(Labels.of("statistic", "median"), at(sorted, 0.5))
                    .add(Labels.of("statistic", "p95"), at(sorted, 0.95))
                    .add(Labels.of("statistic", "max"), sorted[sorted.length - 1]);
        }
        return gauges.snapshot();
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private static ToDoubleFunction<CellReading> estimate(
            Predicate<TwinState> present, Function<TwinState, Estimate> estimate) {
        return cell -> cell.state()
                .filter(present)
                .map(s -> estimate.apply(s).getValue())
                .orElse(Double.NaN);
    }

    private static MetricSnapshot alerts(List<CellReading> cells, int most) {
        Gauges gauges = new Gauges(
                "pouchtwin_cell_alert", "1 while the twin has this alert open; series are gone when it is cleared");
        int[] left = {most};
        // critical ones first: if something must be left out, not those
        for (OpenAlert.Stage stage : List.of(OpenAlert.Stage.CRITICAL, OpenAlert.Stage.WARNING)) {
            for (CellReading cell : cells) {
                cell.alerts().stream()
                        .filter(alert -> alert.stage() == stage && left[0]-- > 0)
                        .forEach(alert -> gauges.add(
                                Labels.of("cell", cell.cell(), "rule", alert.rule(), "stage", stage.word()), 1));
            }
        }
        return gauges.snapshot();
    }

    private static MetricSnapshot alertCounts(List<CellReading> cells) {
        Map<OpenAlert.Stage, Integer> counts =
                new TreeMap<>(Map.of(OpenAlert.Stage.WARNING, 0, OpenAlert.Stage.CRITICAL, 0));
        cells.forEach(cell -> cell.alerts().forEach(alert -> counts.merge(alert.stage(), 1, Integer::sum)));
        Gauges gauges = new Gauges(
                PREFIX + "alerts",
                "alerts of the twin that are open, also those beyond the bound of pouchtwin_cell_alert");
        counts.forEach((stage, count) -> gauges.add(Labels.of("stage", stage.word()), count));
        return gauges.snapshot();
    }
}
