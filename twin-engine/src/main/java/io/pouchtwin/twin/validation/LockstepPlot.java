package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.report.LineChart;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One cell and its twin in lockstep, for the eye: what the twin says with its 90 % band, and what is true. */
final class LockstepPlot {
    private static final String DESIGN = "pouch-5c-ncm523-ppla";
    private static final long SEED = 900;
    private static final int CYCLES = 6;
    private static final double FILM_GROWTH = 0.05;
    private static final double CATHODE_LOSS = 3e-3;

    private record Point(double hours, Estimate estimate, double truth) {}

    private final List<Point> film = new ArrayList<>();
    private final List<Point> capacity = new ArrayList<>();
    private final List<Point> voltage = new ArrayList<>();

    /** Cycles the cell, which ages fast so that there is something to follow. */
    static LockstepPlot run() {
        LockstepPlot plot = new LockstepPlot();
        CellOnBench bench = new CellOnBench(DrawnCell.draw(DESIGN, SEED), CellOnBench.FINE, 0.3, SEED);
        CellTwin twin = EstimationCase.twin(ReducedCellModels.shipped(), DESIGN, "lockstep");
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            int number = cycle;
            CellOnBench.Log log = (sample, truth) -> {
                TwinState state = ((TwinOutcome.Advanced) twin.accept("plot", sample)).state();
                double hours = sample.getTestTimeS() / 3600;
                plot.film.add(new Point(hours, state.getFilmResistanceOhmCm2(), truth.filmResistanceOhmCm2()));
                plot.capacity.add(new Point(hours, state.getCapacityAh(), truth.capacityAh()));
                if (number == 2) {
                    plot.voltage.add(new Point(hours, state.getVoltagePredictedV(), sample.getVoltageV()));
                }
            };
            if (cycle == 1 || cycle == 4) {
                bench.checkUp(900, log);
            } else {
                bench.cycle(Protocol.at(1), log);
            }
            bench.grow(CATHODE_LOSS, FILM_GROWTH);
        }
        return plot;
    }

    /** The charts. */
    List<LineChart> charts() {
        double newCapacityAh = capacity.get(0).truth();
        return List.of(
                chart("estimation-lockstep-film", "Film resistance", "film / ohm cm2", film, 1),
                chart(
                        "estimation-lockstep-capacity",
                        "Capacity, of that of the new cell",
                        "capacity / %",
                        capacity.subList(capacity.size() / CYCLES, capacity.size()),
                        100 / newCapacityAh),
                errors());
    }

    private LineChart errors() {
        return new LineChart(
                "estimation-lockstep-voltage",
                "Voltage one step ahead in the second cycle: measured less predicted, and the 90 % band",
                "time / h",
                "voltage / mV",
                List.of(
                        curve(
                                "measured less predicted",
                                voltage,
                                p -> clip(p.truth() - p.estimate().getValue())),
                        curve(
                                "band",
                                voltage,
                                p -> clip(ErrorTally.BAND_90 * p.estimate().getSigma())),
                        curve(
                                "band, below",
                                voltage,
                                p -> clip(-ErrorTally.BAND_90 * p.estimate().getSigma()))));
    }

    /** In millivolts; the last reading of a discharge, down the cliff, would flatten all others. */
    private static double clip(double volts) {
        return Math.max(-5, Math.min(5, 1e3 * volts));
    }

    private static LineChart chart(String file, String title, String axis, List<Point> points, double unit) {
        return new LineChart(
                file,
                title,
                "time / h",
                axis,
                List.of(
                        curve("twin", points, p -> unit * p.estimate().getValue()),
                        curve("band", points, p -> unit * band(p, 1)),
                        curve("band, below", points, p -> unit * band(p, -1)),
                        curve("truth", points, p -> unit * p.truth())));
    }

    private static double band(Point point, int sign) {
        return point.estimate().getValue()
                + sign * ErrorTally.BAND_90 * point.estimate().getSigma();
    }

    private static LineChart.Curve curve(String name, List<Point> points, ToDoubleFunction<Point> y) {
        return new LineChart.Curve(
                name,
                points.stream().mapToDouble(Point::hours).toArray(),
                points.stream().mapToDouble(y).toArray(),
                false);
    }
}
