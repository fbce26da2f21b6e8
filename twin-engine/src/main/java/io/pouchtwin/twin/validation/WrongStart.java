package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    private static final double REST_S = 600;
    private static final double SLOWEST_HOLD_C_RATE = 0.05;

    /**
     * What came of it.
     *
     * @param first errors of the state of charge at the first sample [1]
     * @param afterThreeMinutes the same after three minutes [1]
     * @param atEnd the same when the charge or discharge ends in whose middle the twin began [1]
     * @param afterHalfCycle the same when as much charge has flowed as in one whole charge or discharge [1]
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Result(double[] first, double[] afterThreeMinutes, double[] atEnd, double[] afterHalfCycle) {
        /** Root mean square when as much charge has flowed as in one whole charge or discharge [1]. */
        double rmsAfterHalfCycle() {
            return rms(afterHalfCycle);
        }

        /** The worst cell then [1]. */
        double worstAfterHalfCycle() {
            return largest(afterHalfCycle);
        }

        /** The part of the page. */
        Section section() {
            Map<String, double[]> moments = new LinkedHashMap<>();
            moments.put("first sample", first);
            moments.put("three minutes later", afterThreeMinutes);
            moments.put("end of that charge or discharge", atEnd);
            moments.put("when as much charge has flowed as in one whole charge or discharge", afterHalfCycle);
            List<List<String>> rows = new ArrayList<>();
            moments.forEach((moment, errors) -> rows.add(List.of(
                    moment,
                    Integer.toString(errors.length),
                    Table.number(100 * rms(errors)),
                    Table.number(100 * largest(errors)))));
            return Section.of(
                    "A wrong start, late",
                    "Twins attached at a random moment of a charge or discharge at 1 C (one row a second) to cells of unknown state and age. A twin finds its state from its first reading; this"
                            + " reading is made wrong by the voltage that belongs to 30 % of the charge.",
                    new Table(List.of("when", "cells", "SOC RMS / %", "SOC worst / %"), rows));
        }

        private static double rms(double[] errors) {
            return Math.sqrt(Arrays.stream(errors).map(e -> e * e).average().orElse(Double.NaN));
        }

        private static double largest(double[] errors) {
            return Arrays.stream(errors).map(Math::abs).max().orElse(Double.NaN);
        }
    }

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
        return new Result(column(all, 0), column(all, 1), column(all, 2), column(all, 3));
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
        Attached attached = new Attached(truth -> charging ? truth.soc() >= moment : truth.soc() <= 1 - moment);
        bench.half(charging, LOGGED_EVERY_S, attached);
        attached.firstHalfEnds();
        bench.turn(charging, SLOWEST_HOLD_C_RATE, REST_S, attached);
        bench.half(!charging, LOGGED_EVERY_S, attached);
        return errors(EstimationCase.twin(models, design, "late-" + seed), attached, drawn.parameters());
    }

    /** What is read and what is true from the moment on at which the twin is attached. */
    private static final class Attached implements CellOnBench.Log {
        private final Predicate<Truth> comes;
        private final List<Sample> samples = new ArrayList<>();
        private final List<Truth> truths = new ArrayList<>();
        private final List<Double> throughputAh = new ArrayList<>();
        private double flowedAh;
        private double lastNetAh;
        private int firstHalf;
        private double halfAh;

        Attached(Predicate<Truth> comes) {
            this.comes = comes;
        }

        @Override
        public void take(Sample sample, Truth truth) {
            flowedAh += Math.abs(sample.getNetChargeAh() - lastNetAh);
            lastNetAh = sample.getNetChargeAh();
            if (!samples.isEmpty() || comes.test(truth)) {
                samples.add(sample);
                truths.add(truth);
                throughputAh.add(flowedAh);
            }
        }

        void firstHalfEnds() {
            firstHalf = samples.size();
            halfAh = flowedAh;
        }

        boolean isHalfCycleAfterStart(int k) {
            return throughputAh.get(k) - throughputAh.get(0) >= halfAh;
        }
    }

    private static double[] errors(CellTwin twin, Attached attached, CellParameters parameters) {
        double from = attached.samples.get(0).getTestTimeS();
        double[] errors = new double[4];
        for (int k = 0; k < attached.samples.size(); k++) {
            Sample read = attached.samples.get(k);
            Sample sample = k == 0 ? misread(read, attached.truths.get(0), parameters) : read;
            TwinState state = ((TwinOutcome.Advanced) twin.accept("late", sample)).state();
            double error = state.getSoc().getValue() - attached.truths.get(k).soc();
            if (k == 0) {
                errors[0] = error;
            }
            if (sample.getTestTimeS() - from <= AFTER_S) {
                errors[1] = error;
            }
            if (k < attached.firstHalf) {
                errors[2] = error;
            }
            errors[3] = error;
            if (attached.isHalfCycleAfterStart(k)) {
                break;
            }
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
