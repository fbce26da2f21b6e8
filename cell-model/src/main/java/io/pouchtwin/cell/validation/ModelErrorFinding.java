package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.reduced.error.MeasuredError;
import io.pouchtwin.cell.reduced.error.ModelErrorMeasurement;
import io.pouchtwin.cell.reduced.error.ModelErrorTable;
import io.pouchtwin.cell.report.Figure;
import io.pouchtwin.cell.report.Finding;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the twin counts as the reduced cell's error, and whether the shipped table still says what is measured now. */
final class ModelErrorFinding {
    /** In quick runs: a thin cathode. */
    private static final String QUICK_DESIGN = "coin-ncm523-ppla";

    private ModelErrorFinding() {}

    static Finding of(ValidationOptions options, Consumer<String> progress) {
        Consumer<String> cell = design -> progress.accept("the reduced cell's error: " + design);
        List<MeasuredError> measured = options.quick()
                ? ModelErrorMeasurement.run(List.of(QUICK_DESIGN), cell)
                : ModelErrorMeasurement.run(cell);
        return new Finding(
                List.of(Figure.of(
                        "model.error_table.deviation_max",
                        1e3 * deviation(measured, ModelErrorTable.shipped()),
                        "<=0.001",
                        "mV",
                        "shipped table of the reduced cell's error against the one measured now")),
                Section.of(
                        "What the twin counts as the model's error",
                        "Reduced minus full order, 300 readings per charge of 1 C from rest to the full-order cell's cut-off, without a"
                                + " voltage limit for the reduced cell. The filter's noise of the model is the RMS without the last"
                                + " twentieth (sigma), interpolated in the current density per cell and direction; on the cliff at the end"
                                + " it can be off by the whole RMS. `./pouchtwin validate model --model-error FILE` writes the table that"
                                + " is shipped.",
                        new Table(
                                List.of("cell", "mA/cm2", "sigma [mV]", "whole RMS [mV]", "max [mV]", "carried [%]"),
                                rows(measured))));
    }

    /** Largest difference of what the filter uses; infinite where a run is missing [V]. */
    static double deviation(List<MeasuredError> measured, ModelErrorTable shipped) {
        double worst = 0;
        for (MeasuredError run : measured) {
            double difference = shipped.runs(run.design()).stream()
                    .filter(r -> Math.abs(r.currentDensityAPerM2() - run.currentDensityAPerM2()) < 1e-9)
                    .mapToDouble(r -> Math.abs(r.bodyRmsV() - run.bodyRmsV()))
                    .findFirst()
                    .orElse(Double.POSITIVE_INFINITY);
            worst = Math.max(worst, difference);
        }
        return worst;
    }

    private static List<List<String>> rows(List<MeasuredError> measured) {
        List<List<String>> rows = new ArrayList<>();
        for (MeasuredError run : measured) {
            rows.add(List.of(
                    run.design(),
                    Table.number(0.1 * run.currentDensityAPerM2()),
                    Table.number(1e3 * run.bodyRmsV()),
                    Table.number(1e3 * run.rmsV()),
                    Table.number(1e3 * run.maxV()),
                    Table.number(100 * run.carriedShare())));
        }
        return rows;
    }
}
