package io.pouchtwin.cell.reduced.error;

import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.full.StepReport;
import io.pouchtwin.cell.full.Stop;
import io.pouchtwin.cell.parameters.CellKind;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.ReducedOptions;
import io.pouchtwin.cell.reduced.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs the reduced cell beside the full-order one on every shipped cell and writes the table of differences.
 *
 * <p>{@code pouchtwin validate model --model-error cell-model/src/main/resources/io/pouchtwin/cell/reduced/model-error.csv}; to be run again when a parameter set or a model has changed, which {@code validate model}
 * notices.
 */
public final class ModelErrorMeasurement {
    private static final double[] RATES = {0.2, 0.5, 1, 2, 3, 5, 10};
    /** Readings per charge of 1 C. */
    private static final int READINGS = 300;
    /** A run with fewer readings says nothing. */
    private static final int FEWEST = 10;

    private static final double BODY = 0.95;

    private ModelErrorMeasurement() {}

    /** All shipped cells with a cathode, all rates, both directions. */
    public static List<MeasuredError> run(Consumer<String> progress) {
        return run(ParameterLibrary.DESIGNS, progress);
    }

    /** The given cells as far as they have a cathode, all rates, both directions. */
    public static List<MeasuredError> run(List<String> designs, Consumer<String> progress) {
        List<MeasuredError> all = new ArrayList<>();
        for (String design : designs) {
            CellParameters cell = ParameterLibrary.shipped().cell(design);
            if (cell.kind() == CellKind.HALF_CELL) {
                progress.accept(design);
                for (double rate : RATES) {
                    measure(cell, -rate).ifPresent(all::add);
                    measure(cell, rate).ifPresent(all::add);
                }
            }
        }
        return all;
    }

    /** One run at a rate, positive on charge; empty where the full-order cell stops at once. */
    static Optional<MeasuredError> measure(CellParameters cell, double rate) {
        double current = rate * cell.oneCAmpere();
        double length = 3600 / Math.abs(rate) / READINGS;
        double ambient = cell.thermal().ambientK();
        double start = rate < 0 ? cell.chargedStoichiometry() : cell.dischargedStoichiometry();
        FullOrderCell full = FullOrderCell.at(cell, Mesh.REFERENCE, start);
        ReducedCell reduced = ReducedCell.of(cell, ReducedOptions.lockstep(cell));
        Ensemble ensemble = reduced.newEnsemble(1);
        Workspace workspace = reduced.newWorkspace(1);
        reduced.startAtRest(ensemble, new double[] {start}, ambient);
        ensemble.state(reduced.layout().inventory())[0] = reduced.freshInventoryMolPerM2(start);
        List<Double> differences = new ArrayList<>();
        while (differences.size() < 2 * READINGS) {
            StepReport report = full.advance(new Drive.Current(current), length, Limits.window(cell));
            if (report.stop() != Stop.TIME) {
                break;
            }
            reduced.step(ensemble, workspace, length, current, current, ambient);
            differences.add(ensemble.output(Output.VOLTAGE)[0] - report.voltageV());
        }
        int n = differences.size();
        if (n < FEWEST) {
            return Optional.empty();
        }
        double max = differences.stream().mapToDouble(Math::abs).max().orElse(0);
        return Optional.of(new MeasuredError(
                cell.design(),
                current / cell.areaM2(),
                rms(differences),
                rms(differences.subList(0, (int) Math.ceil(BODY * n))),
                max,
                (double) n / READINGS));
    }

    private static double rms(List<Double> values) {
        double sum = 0;
        for (double v : values) {
            sum += v * v;
        }
        return Math.sqrt(sum / values.size());
    }

    /** Measures all and writes the table as it is shipped. */
    public static void write(Path file, Consumer<String> progress) throws IOException {
        StringBuilder text = new StringBuilder("# computed by " + ModelErrorMeasurement.class.getName()
                + " from the shipped parameter sets: reduced minus full order\n");
        text.append(MeasuredError.HEADER).append('\n');
        run(progress).forEach(e -> text.append(e.toLine()).append('\n'));
        Files.writeString(file, text);
    }
}
