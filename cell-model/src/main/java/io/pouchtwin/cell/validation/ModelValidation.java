package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.report.Finding;
import io.pouchtwin.cell.report.ValidationReport;
import java.util.List;
import java.util.function.Consumer;

/** Computes the {@code model.*} figures and what stands behind them: {@code pouchtwin validate model}. */
public final class ModelValidation {
    private ModelValidation() {}

    /**
     * Runs the whole comparison.
     *
     * @param options how much
     * @param progress receives a line whenever a new part begins
     */
    public static ValidationReport run(ValidationOptions options, Consumer<String> progress) {
        List<Finding> findings = List.of(
                FullOrderFinding.of(options, progress),
                LithiumFinding.of(progress),
                ReducedFinding.of(options, progress),
                ModelErrorFinding.of(options, progress),
                EnergyFinding.of(progress),
                ResolutionFinding.of(options, progress));
        String introduction = "Computed by `./pouchtwin validate model" + (options.quick() ? " --quick" : "")
                + "`; nothing on this page is typed in. Where a figure is not kept, the tables say where and by how much.";
        return new ValidationReport(
                "The cell model against PyBaMM and against itself",
                introduction,
                findings.stream().flatMap(f -> f.figures().stream()).toList(),
                findings.stream().map(Finding::section).toList());
    }
}
