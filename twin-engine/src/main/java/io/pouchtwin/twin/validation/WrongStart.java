package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Twins attached in the middle of a test, at a random moment of a charge or a discharge at 1 C, to cells of unknown state
 * and age. A twin finds its state from its first reading, so the first reading is made wrong: by the voltage that belongs
 * to a state of charge 30 % away.
 *
 * @param design name of the parameter set
 * @param draws number of cells
 * @param firstSeed of the first cell
 */
record WrongStart(String design, int draws, long firstSeed) {
    /** What the first reading is off by, in state of charge [1]. */
    static final double WRONG_BY = 0.3;

    private static final double AFTER_S = 180;
    private static final double LOGGED_EVERY_S = 1;

    /**
     * What came of it.
     *
     * @param first errors of the state of charge at the first sample [1]
     * @param afterThreeMinutes the same after three minutes [1]
     * @param afterHalfCycle the same when the charge or discharge ends [1]
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Result(double[] first, double[] afterThreeMinutes, double[] afterHalfCycle) {}

    /** Runs all cells. */
    Result run(Consumer<String> progress) {
        ReducedCellModels models = ReducedCellModels.shipped();
        List<double[]> all = IntStream.range(0, draws)
                .parallel()
                .mapToObj(draw -> {
                    double[] errors = runOne(models, firstSeed + draw);
                    progress.accept(String.format("wrong start, %s: cell %d of %d", design, draw + 1, draws));
                    return errors;
                })
                .toList();
        return new Result(column(all, 0), column(all, 1), column(all, 2));
    }

    private static double[] column(List<double[]> rows, int k) {
        return rows.stream().mapToDouble(row -> row[k]).toArray();
    }

    private double[] runOne(ReducedCellModels models, long seed) {
        DrawnCell drawn = DrawnCell.draw(design, seed);
        Philox random = Philox.of(seed, "wrong-start");
        boolean charging = random.uniform(0, 0, 0, 0) < 0.5;
        double moment = 0.15 + 0.5 * random.uniform(0, 0, 1, 0);
        CellOnBench bench = new CellOnBench(drawn, CellOnBench.FINE, charging ? 0.02 : 0.98, seed);
        List<Sample> samples = new ArrayList<>();
        List<Truth> truths = new ArrayList<>();
        bench.half(charging, LOGGED_EVERY_S, (sample, truth) -> {
            if (charging ? truth.soc() >= moment : truth.soc() <= 1 - moment) {
                samples.add(sample);
                truths.add(truth);
            }
        });
        CellTwin twin = EstimationCase.twin(models, design, "late-" + seed);
        double from = samples.get(0).getTestTimeS();
        double[] errors = new double[3];
        for (int k = 0; k < samples.size(); k++) {
            Sample sample = k == 0 ? misread(samples.get(0), truths.get(0), drawn.parameters()) : samples.get(k);
            TwinState state = ((TwinOutcome.Advanced) twin.accept("late", sample)).state();
            double error = state.getSoc().getValue() - truths.get(k).soc();
            if (k == 0) {
                errors[0] = error;
            }
            if (sample.getTestTimeS() - from <= AFTER_S) {
                errors[1] = error;
            }
            errors[2] = error;
        }
        return errors;
    }

    /** The first reading, as if the cell were 30 % fuller or, where there is no room above, emptier. */
    private static Sample misread(Sample sample, Truth truth, CellParameters parameters) {
        ReducedCell cell = ReducedCell.of(parameters);
        double window = parameters.dischargedStoichiometry() - parameters.chargedStoichiometry();
        double by = truth.soc() < 1 - WRONG_BY ? WRONG_BY : -WRONG_BY;
        double x = parameters.dischargedStoichiometry() - truth.soc() * window;
        double wrongV = cell.restVoltage(x - by * window) - cell.restVoltage(x);
        return sample.toBuilder().setVoltageV(sample.getVoltageV() + wrongV).build();
    }
}
