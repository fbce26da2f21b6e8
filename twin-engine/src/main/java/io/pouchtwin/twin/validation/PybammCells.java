package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import io.pouchtwin.cell.validation.ReferenceCase;
import io.pouchtwin.cell.validation.ReferenceCurve;
import io.pouchtwin.cell.validation.ReferenceLibrary;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Cells that another program made: the DFN curves of PyBaMM that come with the cell model, read with the noise of a
 * tester, one run after the other by one twin for each cell. Every run begins where its curve begins, full or empty; what
 * a run taught of the cell the twin keeps for the next.
 */
final class PybammCells {
    private static final List<String> CELLS =
            List.of("coin-ncm523-ppla", "pouch-5c-ncm523-ppla", "pouch-ncm523-ppla", "pouch-ncm811-ppla");

    private static final double[] RATES = {1, 2, 5};
    private static final double TEMPERATURE_K = 298.15;
    private static final double ZERO_CELSIUS_K = 273.15;

    /** From core to skin: so much that they are one [W/K]. */
    private static final double ONE_TEMPERATURE_W_PER_K = 100;

    /** What the first minutes of a run show is the twin finding its state [s]. */
    private static final double SETTLED_AFTER_S = 180;

    /**
     * One run.
     *
     * @param reference which
     * @param voltageV errors of the voltage one step ahead [V]
     * @param absoluteV the same, without their signs, and how long each row stands for [V, s]
     * @param soc errors of the state of charge [1]
     */
    private record Run(ReferenceCase reference, ErrorTally voltageV, List<double[]> absoluteV, ErrorTally soc) {}

    private final List<Run> runs = new ArrayList<>();

    /** Runs all cells. */
    static PybammCells run() {
        PybammCells all = new PybammCells();
        ReducedCellModels models = ReducedCellModels.shipped()
                .knowing(set -> set.with("thermal.core_surface_conductance", ONE_TEMPERATURE_W_PER_K));
        for (String cell : CELLS) {
            CellTwin twin = EstimationCase.twin(models, cell, "pybamm-" + cell);
            for (double rate : RATES) {
                all.follow(twin, cell, ReferenceCase.Protocol.CHARGE, rate);
                all.follow(twin, cell, ReferenceCase.Protocol.DISCHARGE, rate);
            }
            all.follow(twin, cell, ReferenceCase.Protocol.DRIVE, Double.NaN);
        }
        return all;
    }

    private void follow(CellTwin twin, String cell, ReferenceCase.Protocol protocol, double rate) {
        ReferenceLibrary.cases().stream()
                .filter(c -> c.cell().equals(cell) && c.model() == ReferenceCase.Model.DFN && c.protocol() == protocol)
                .filter(c -> Math.abs(c.temperatureK() - TEMPERATURE_K) < 0.1)
                .filter(c -> Double.isNaN(rate) || c.cRate() == rate)
                .filter(c -> c.stop() != ReferenceCase.StopReason.AT_ONCE)
                .forEach(c -> runs.add(follow(twin, c)));
    }

    private static Run follow(CellTwin twin, ReferenceCase reference) {
        ReferenceCurve curve = ReferenceLibrary.curve(reference);
        CellParameters cell = ParameterLibrary.shipped().cell(reference.cell());
        double window = cell.dischargedStoichiometry() - cell.chargedStoichiometry();
        Philox random = Philox.of(reference.file().hashCode(), "pybamm");
        TesterReadings readings = TesterReadings.ordinary();
        Run run = new Run(reference, new ErrorTally(), new ArrayList<>(), new ErrorTally());
        double netChargeAh = 0;
        double before = 0;
        int step = 1;
        for (int k = 0; k < curve.size(); k++) {
            double length = k == 0 ? 0 : curve.timeS()[k] - before;
            before = curve.timeS()[k];
            netChargeAh += curve.ampere()[k] * length / 3600;
            step += k > 0 && curve.ampere()[k] != curve.ampere()[k - 1] ? 1 : 0;
            double voltage = curve.voltageV()[k] + readings.voltageNoiseV() * random.normal(0, k, 0, 0);
            double celsius =
                    curve.temperatureK()[k] - ZERO_CELSIUS_K + readings.temperatureNoiseK() * random.normal(0, k, 1, 0);
            Sample sample = Sample.newBuilder()
                    .setSequence(k + 1)
                    .setTestTimeS(curve.timeS()[k])
                    .setVoltageV(readings.rounded(voltage, readings.voltageResolutionV()))
                    .setCurrentA(curve.ampere()[k])
                    .setNetChargeAh(netChargeAh)
                    .setCellTemperatureDegc(celsius)
                    .setStepCount(step)
                    .setCycleCount(1)
                    .build();
            TwinState state = ((TwinOutcome.Advanced) twin.accept(reference.file(), sample)).state();
            if (curve.timeS()[k] > SETTLED_AFTER_S) {
                double soc = (cell.dischargedStoichiometry() - curve.meanStoichiometry()[k]) / window;
                run.soc().add(state.getSoc(), soc);
                run.voltageV().add(state.getVoltagePredictedV(), sample.getVoltageV());
                run.absoluteV().add(new double[] {Math.abs(state.getInnovationV()), length});
            }
        }
        return run;
    }

    /** Largest median error, over the time, of the voltage over runs at some rates, but for a cell's first two [V]. */
    double voltageMedianV(double fromRate, double toRate) {
        return runs.stream()
                .filter(run -> run.voltageV().count() > 0)
                .filter(run ->
                        run.reference().cRate() >= fromRate && run.reference().cRate() <= toRate)
                .mapToDouble(PybammCells::medianV)
                .max()
                .orElse(Double.NaN);
    }

    /** Over the time: the rows are the solver's own, and half of those of a discharge may lie in its last seconds. */
    private static double medianV(Run run) {
        double half = 0.5 * run.absoluteV().stream().mapToDouble(row -> row[1]).sum();
        double passed = 0;
        List<double[]> sorted = run.absoluteV().stream()
                .sorted(Comparator.comparingDouble(row -> row[0]))
                .toList();
        for (double[] row : sorted) {
            passed += row[1];
            if (passed >= half) {
                return row[0];
            }
        }
        return Double.NaN;
    }

    /** Largest RMS error of the state of charge over all runs but a cell's first two [1]. */
    double socRms() {
        return runs.stream()
                .filter(run -> run.soc().count() > 0 && run.reference().cRate() > 1)
                .mapToDouble(run -> run.soc().rms())
                .max()
                .orElse(Double.NaN);
    }

    /** Table of all runs. */
    Section section() {
        List<List<String>> rows = new ArrayList<>();
        for (Run run : runs) {
            rows.add(List.of(
                    run.reference().cell(),
                    run.reference().protocol().name().toLowerCase(Locale.ROOT),
                    Table.number(run.reference().cRate()),
                    Long.toString(run.voltageV().count()),
                    run.voltageV().count() == 0 ? "-" : Table.number(1e3 * medianV(run)),
                    run.voltageV().count() == 0
                            ? "-"
                            : Table.number(1e3 * run.voltageV().rms()),
                    run.soc().count() == 0 ? "-" : Table.number(100 * run.soc().rms()),
                    run.soc().count() == 0 ? "-" : Table.number(100 * run.soc().largest())));
        }
        return Section.of(
                "Cells made by PyBaMM",
                "PyBaMM's DFN curves of four cells (`cell-model/reference`), read with the noise of a tester: one twin for each cell, which knows the design, that PyBaMM's cell has one temperature, and not that the cell is the"
                        + " most ordinary of it, takes them as runs one after the other, each from full or empty to the cut-off with half an hour of rest behind it, then a drive-like"
                        + " profile. Without the first three minutes of each run, in which the twin finds its state; the voltage's RMS is"
                        + " dominated by the last rows of a discharge, which lie within its last second, on the cliff of the open-circuit curve: the same error is counted in each of"
                        + " them. The median over the time says what the rest is; the next section has cells with rows as a tester logs them.",
                new Table(
                        List.of(
                                "cell",
                                "run",
                                "rate / C",
                                "rows",
                                "voltage median / mV",
                                "voltage RMS / mV",
                                "SOC RMS / %",
                                "SOC worst / %"),
                        rows));
    }
}
