package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.report.Figure;
import io.pouchtwin.cell.report.Finding;
import io.pouchtwin.cell.report.LineChart;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import io.pouchtwin.cell.validation.ReferenceCase.Model;
import io.pouchtwin.cell.validation.ReferenceCase.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The full-order cell against PyBaMM's DFN: voltage, capacity at cut-off, temperature. */
final class FullOrderFinding {
    private static final double COOL_BELOW_K = 300;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final List<String> CHARTED = List.of("coin-ncm523-ppla", "pouch-ncm523-ppla");

    private FullOrderFinding() {}

    static Finding of(ValidationOptions options, Consumer<String> progress) {
        List<CaseComparison> all = compareAll(options, progress);
        return new Finding(figures(all), section(all));
    }

    /** The promised numbers; NaN where there is no case. */
    static List<Figure> figures(List<CaseComparison> all) {
        return List.of(
                voltage(
                        "rms_max_le2C",
                        "<=2",
                        "up to 2 C",
                        all,
                        c -> c.reference().cRate() <= 2),
                voltage(
                        "rms_max_5C",
                        "<=5",
                        "above 2 C up to 5 C",
                        all,
                        c -> c.reference().cRate() > 2 && c.reference().cRate() <= 5),
                voltage(
                        "rms_max_10C",
                        "<=10",
                        "at 10 C",
                        all,
                        c -> c.reference().cRate() > 5),
                worst(
                        "model.full_vs_pybamm_dfn.capacity_err_max",
                        "<=0.3",
                        "%",
                        "capacity at cut-off",
                        all,
                        CaseComparison::hasCapacity,
                        c -> 100 * c.capacityErrorRatio()),
                worst(
                        "model.full_vs_pybamm_dfn.temperature_err_max",
                        "<=0.1",
                        "K",
                        "temperature",
                        all,
                        c -> true,
                        CaseComparison::temperatureMaxK));
    }

    private static List<CaseComparison> compareAll(ValidationOptions options, Consumer<String> progress) {
        FullOrderComparison comparison = FullOrderComparison.reference();
        Map<String, ParameterSet> parameters = new LinkedHashMap<>();
        List<CaseComparison> done = new ArrayList<>();
        String cell = "";
        for (ReferenceCase reference : ReferenceLibrary.cases()) {
            if (reference.model() != Model.DFN || (options.quick() && reference.temperatureK() > COOL_BELOW_K)) {
                continue;
            }
            if (!reference.cell().equals(cell)) {
                cell = reference.cell();
                progress.accept("full order against PyBaMM DFN: " + cell);
            }
            done.add(comparison.compare(
                    reference, parameters.computeIfAbsent(reference.cell(), ReferenceLibrary::parameters)));
        }
        return done;
    }

    private static Figure voltage(
            String name, String bound, String rates, List<CaseComparison> all, Predicate<CaseComparison> which) {
        return worst(
                "model.full_vs_pybamm_dfn." + name,
                bound,
                "mV",
                "voltage RMS " + rates,
                all,
                which,
                c -> 1e3 * c.rmsV());
    }

    /** The largest value, and where it was; a case that gave no number is worse than any that did. */
    private static Figure worst(
            String key,
            String bound,
            String unit,
            String what,
            List<CaseComparison> all,
            Predicate<CaseComparison> which,
            ToDoubleFunction<CaseComparison> value) {
        return all.stream()
                .filter(which)
                .max(Comparator.comparingDouble(value)) // NaN counts as the largest
                .map(c -> Figure.of(
                        key,
                        value.applyAsDouble(c),
                        bound,
                        unit,
                        what + "; worst: " + c.reference().label()))
                .orElse(Figure.of(key, Double.NaN, bound, unit, what + "; no case"));
    }

    private static Section section(List<CaseComparison> all) {
        String changed = all.stream()
                .map(c -> c.reference().cell())
                .distinct()
                .map(cell -> Map.entry(cell, ReferenceLibrary.changedSince(cell)))
                .filter(e -> !e.getValue().isEmpty())
                .map(e -> "`" + e.getKey() + "`: " + String.join(", ", e.getValue()))
                .collect(Collectors.joining("; "));
        long leftOut = all.stream().filter(c -> c.rowsLeftOut() > 0).count();
        String text =
                "Same equations, same parameters, other code: PyBaMM's half-cell DFN, made by `cell-model/reference/make_reference.py`"
                        + " with its own reading of the parameter files, on a mesh and with tolerances at which its own error is given in"
                        + " `cell-model/reference/README.md`. RMS is over time; load and rest are judged apart and the larger counts. The"
                        + " load of each ends at its own cut-off: where ours ends a moment before the reference's last reading, that reading"
                        + " (one row, on the cliff; \"left out\") is not compared as a voltage but counts in full as capacity. That is so in "
                        + leftOut + " of the " + all.size()
                        + " cases; compared as a voltage it would be a difference of up to the whole"
                        + " height of the cliff. \"Carried\" is the charge that passed until then: a cell that cannot carry a"
                        + " rate stops early, and both must stop at the same moment.\n\n"
                        + (changed.isEmpty()
                                ? "The curves were made with the shipped parameter values."
                                : "Shipped values that were changed after the curves were made (the comparison uses the older ones on both"
                                        + " sides): " + changed + ".");
        return new Section("Full order against PyBaMM", text, List.of(table(all)), charts(all));
    }

    private static Table table(List<CaseComparison> all) {
        List<List<String>> rows = new ArrayList<>();
        for (CaseComparison c : all) {
            ReferenceCase r = c.reference();
            rows.add(List.of(
                    r.cell(),
                    r.protocol().name().toLowerCase(Locale.ROOT),
                    Table.number(r.cRate()),
                    String.format(Locale.ROOT, "%.0f", r.temperatureK()),
                    r.protocol() == Protocol.DRIVE ? "-" : Table.number(r.capacityAh() * 1e3),
                    Table.number(1e3 * c.loadRmsV()),
                    Table.number(1e3 * c.loadMaxV()),
                    r.protocol() == Protocol.DRIVE ? "-" : Table.number(1e3 * c.restRmsV()),
                    r.protocol() == Protocol.DRIVE ? "-" : Table.number(100 * c.capacityErrorRatio()),
                    Table.number(c.temperatureMaxK()),
                    Integer.toString(c.rowsLeftOut())));
        }
        return new Table(
                List.of(
                        "cell",
                        "protocol",
                        "C-rate",
                        "T [K]",
                        "carried [mAh]",
                        "RMS load [mV]",
                        "max load [mV]",
                        "RMS rest [mV]",
                        "capacity [%]",
                        "temperature [K]",
                        "left out [rows]"),
                rows);
    }

    private static List<LineChart> charts(List<CaseComparison> all) {
        List<LineChart> charts = new ArrayList<>();
        for (String cell : CHARTED) {
            List<LineChart.Curve> curves = new ArrayList<>();
            for (CaseComparison c : all) {
                ReferenceCase r = c.reference();
                if (r.cell().equals(cell) && r.protocol() == Protocol.DISCHARGE && r.temperatureK() < COOL_BELOW_K) {
                    addCurves(curves, c);
                }
            }
            if (!curves.isEmpty()) {
                charts.add(new LineChart(
                        "model-full-" + cell,
                        cell + ": discharge at 298 K, full order (lines) and PyBaMM DFN (dots)",
                        "charge [mAh]",
                        "voltage [V]",
                        curves));
            }
        }
        return charts;
    }

    private static void addCurves(List<LineChart.Curve> curves, CaseComparison c) {
        ReferenceCurve curve = ReferenceLibrary.curve(c.reference());
        List<double[]> points = new ArrayList<>();
        for (int k = 1; k < curve.size() && curve.ampere()[k] != 0; k++) {
            double charge = Math.abs(c.reference().ampere()) * curve.timeS()[k] / SECONDS_PER_HOUR * 1e3;
            points.add(new double[] {charge, c.voltageV()[k], curve.voltageV()[k]});
        }
        String rate = Table.number(c.reference().cRate()) + " C";
        List<double[]> ours = points.stream().filter(p -> !Double.isNaN(p[1])).toList();
        curves.add(new LineChart.Curve(rate, column(ours, 0), column(ours, 1), false));
        curves.add(new LineChart.Curve(rate + " PyBaMM", column(points, 0), column(points, 2), true));
    }

    private static double[] column(List<double[]> points, int c) {
        return points.stream().mapToDouble(p -> p[c]).toArray();
    }
}
