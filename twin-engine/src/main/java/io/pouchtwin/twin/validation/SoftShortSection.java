package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.report.LineChart;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import java.util.ArrayList;
import java.util.List;

/** The page's part about soft shorts: what was found of leaks of all sizes, and what was called without one. */
final class SoftShortSection {
    private SoftShortSection() {}

    /** The first case is the one without a leak. */
    static Section of(List<SoftShortCase> leaks, List<SoftShortCase.Result> leakResults) {
        List<List<String>> rows = new ArrayList<>();
        int n = leaks.size() - 1;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int k = 0; k < leaks.size(); k++) {
            SoftShortCase.Result r = leakResults.get(k);
            double rate = leaks.get(k).leakCRate();
            rows.add(List.of(
                    rate == 0 ? "none" : "C/" + Table.number(1 / rate),
                    Integer.toString(leaks.get(k).draws()),
                    rate == 0 ? "-" : Table.number(100 * r.found()),
                    rate == 0 ? "-" : Table.number(r.medianDelayCycles()),
                    Integer.toString(r.falseCalls()),
                    Table.number(r.healthyHours())));
            if (k > 0) {
                x[k - 1] = 1 / rate;
                y[k - 1] = 100 * r.found();
            }
        }
        return new Section(
                "Soft shorts",
                "Cycles at 1 C; the leak begins at a random cycle after the fourth. The testers' currents have offsets of C/2000 (one standard deviation), films grow by 0.5 % and"
                        + " active material shrinks by 0.03 % a cycle. Called when the charge balance and the drift at rest have both spoken.",
                List.of(new Table(
                        List.of(
                                "leak",
                                "cells",
                                "found / %",
                                "median delay / cycles",
                                "false calls",
                                "hours without leak"),
                        rows)),
                List.of(new LineChart(
                        "estimation-softshort",
                        "Soft shorts found within twenty cycles",
                        "1 C over the leak current / h",
                        "found / %",
                        List.of(new LineChart.Curve("found", x, y, false)))));
    }
}
