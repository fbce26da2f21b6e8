package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.parameters.CellKind;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.report.Figure;
import io.pouchtwin.cell.report.Finding;
import io.pouchtwin.cell.report.LineChart;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The reduced-order cell against the full-order one, for every shipped cell and rate. */
final class ReducedFinding {
    private static final List<Double> RATES = List.of(0.2, 1.0, 2.0, 5.0, 10.0);
    private static final List<Double> QUICK_RATES = List.of(1.0, 5.0);
    /** The last twentieth is a cliff; what happens there is in the table's largest differences. */
    private static final double CHARTED_SHARE = 0.95;

    private static final String CHARTED = "pouch-ncm523-ppla";
    /** PyBaMM's half cell is for the numerical comparison only and not a cell that the twin follows. */
    private static final String NOT_A_PRODUCT = "xu2019-half-cell";

    private ReducedFinding() {}

    static Finding of(ValidationOptions options, Consumer<String> progress) {
        List<ReducedComparison> all = new ArrayList<>();
        for (String design : ParameterLibrary.DESIGNS) {
            CellParameters cell = ParameterLibrary.shipped().cell(design);
            if (cell.kind() != CellKind.HALF_CELL || design.equals(NOT_A_PRODUCT)) {
                continue;
            }
            progress.accept("reduced against full order: " + design);
            for (double cRate : options.quick() ? QUICK_RATES : RATES) {
                all.add(ReducedComparison.of(cell, cRate, false));
                all.add(ReducedComparison.of(cell, cRate, true));
            }
        }
        return new Finding(figures(all), section(all));
    }

    /** The promised numbers; NaN where there is no case. */
    static List<Figure> figures(List<ReducedComparison> all) {
        return List.of(
                figure("model.reduced_vs_full.rms_max_le1C", "<=3", "up to 1 C", all, c -> c.cRate() <= 1),
                figure("model.reduced_vs_full.rms_max_5C", "<=10", "at 5 C", all, c -> c.cRate() == 5));
    }

    private static Figure figure(
            String key, String bound, String rates, List<ReducedComparison> all, Predicate<ReducedComparison> which) {
        return all.stream()
                .filter(which)
                .max(Comparator.comparingDouble(ReducedComparison::rmsV)) // NaN counts as the largest
                .map(c -> Figure.of(
                        key,
                        1e3 * c.rmsV(),
                        bound,
                        "mV",
                        "voltage RMS " + rates + "; worst: " + c.cell() + " " + Table.number(c.cRate()) + " C "
                                + direction(c)))
                .orElse(Figure.of(key, Double.NaN, bound, "mV", "voltage RMS " + rates + "; no case"));
    }

    private static String direction(ReducedComparison c) {
        return c.charging() ? "charge" : "discharge";
    }

    private static Section section(List<ReducedComparison> all) {
        List<List<String>> rows = new ArrayList<>();
        for (ReducedComparison c : all) {
            rows.add(List.of(
                    c.cell(),
                    direction(c),
                    Table.number(c.cRate()),
                    Table.number(100 * c.carriedRatio()),
                    Table.number(1e3 * c.rmsV()),
                    Table.number(1e3 * c.maxV()),
                    Table.number(100 * c.sharedRatio())));
        }
        Table table = new Table(
                List.of(
                        "cell",
                        "direction",
                        "C-rate",
                        "carried [% of 1 C x 1 h]",
                        "RMS [mV]",
                        "max [mV]",
                        "both inside the window [% of time]"),
                rows);
        return new Section(
                "Reduced order against full order",
                "Constant current from rest at 298 K to the full-order cell's cut-off, both models with the shipped parameters and heat"
                        + " balance; the reduced cell at its standard resolution, 400 steps. RMS over the usable window: the time in"
                        + " which both are inside the voltage window. Its share of the full-order cell's time stands in the last column:"
                        + " below 100 % the reduced cell would have stopped earlier (the last reading of a run, 0.25 %, is the cut-off"
                        + " itself). \"Carried\" says how much of the nominal charge the window holds at that rate: a thick cathode carries"
                        + " little at 5 C and more. What remains here enters the twin's uncertainty, by the table below.",
                List.of(table),
                chart(all));
    }

    private static List<LineChart> chart(List<ReducedComparison> all) {
        List<LineChart.Curve> curves = new ArrayList<>();
        for (ReducedComparison c : all) {
            if (c.cell().equals(CHARTED) && !c.charging()) {
                String rate = Table.number(c.cRate()) + " C";
                double[] share = new double[c.timeS().length];
                double[] difference = new double[share.length];
                int n = 0;
                for (int k = 0; k < CHARTED_SHARE * share.length && !Double.isNaN(c.fullV()[k]); k++) {
                    share[n] = 100.0 * (k + 1) / share.length;
                    difference[n++] = 1e3 * (c.reducedV()[k] - c.fullV()[k]);
                }
                curves.add(new LineChart.Curve(rate, Arrays.copyOf(share, n), Arrays.copyOf(difference, n), false));
            }
        }
        return List.of(new LineChart(
                "model-reduced-" + CHARTED,
                CHARTED + ": reduced minus full order on discharge",
                "share of the discharge [%], shown up to 95 %",
                "voltage difference [mV]",
                curves));
    }
}
