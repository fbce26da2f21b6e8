package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.twin.TesterAccuracy;
import io.pouchtwin.twin.softshort.SoftShortWatch;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Cells that get a leak at a random cycle, or none, on testers with an offset of their current; films and capacities
 * age. The watch is the one that every twin carries.
 *
 * @param design name of the parameter set
 * @param leakCRate leak current over that of 1 C; 0 for healthy cells [1]
 * @param draws number of cells
 * @param cycles number of cycles of each
 */
record SoftShortCase(String design, double leakCRate, int draws, int cycles) {
    private static final long FIRST_SEED = 5000;
    private static final int EARLIEST_CYCLE = 5;
    private static final int ONSET_CYCLES = 4;
    private static final double OFFSET_C_RATE = 5e-4;
    private static final double FADE_PER_CYCLE = 3e-4;
    private static final double FILM_GROWTH_PER_CYCLE = 5e-3;

    /**
     * What came of it.
     *
     * @param found share of the cells on which a soft short was called, before the leak never [1]
     * @param medianDelayCycles median number of cycles from the onset to the call; NaN where less than half were found
     * @param falseCalls calls on a cell without a leak, or before its leak
     * @param healthyHours tester time without a leak [h]
     */
    record Result(double found, double medianDelayCycles, int falseCalls, double healthyHours) {}

    private record One(boolean found, double delayCycles, boolean falseCall, double healthyHours) {}

    /** Runs all cells. */
    Result run(Consumer<String> progress) {
        ParameterSet set = ParameterLibrary.shipped().load(design);
        List<One> all = IntStream.range(0, draws)
                .parallel()
                .mapToObj(draw -> {
                    One one = runOne(set, draw);
                    progress.accept(String.format("leak of %.4g C: cell %d of %d", leakCRate, draw + 1, draws));
                    return one;
                })
                .toList();
        double[] delays = all.stream()
                .mapToDouble(one -> one.found() ? one.delayCycles() : Double.POSITIVE_INFINITY)
                .sorted()
                .toArray();
        double median = delays[delays.length / 2];
        return new Result(
                all.stream().filter(One::found).count() / (double) draws,
                Double.isInfinite(median) ? Double.NaN : median,
                (int) all.stream().filter(One::falseCall).count(),
                all.stream().mapToDouble(One::healthyHours).sum());
    }

    private One runOne(ParameterSet set, int draw) {
        CellParameters parameters = set.draw(FIRST_SEED + draw).toCellParameters();
        double oneC = parameters.oneCAmpere();
        Philox random = Philox.of(draw, "soft-short");
        TesterReadings readings =
                TesterReadings.ordinary().withCurrentOffset(OFFSET_C_RATE * oneC * random.normal(0, 0, 0, 0));
        CellOnBench bench = new CellOnBench(DrawnCell.plain(parameters, readings), Mesh.COARSE, 0.3, draw);
        SoftShortWatch watch =
                new SoftShortWatch(oneC, TesterAccuracy.standard().voltageNoiseV());
        int onset =
                leakCRate > 0 ? EARLIEST_CYCLE + (int) (ONSET_CYCLES * random.uniform(0, 0, 1, 0)) : Integer.MAX_VALUE;
        double onsetS = Double.POSITIVE_INFINITY;
        double cycleS = 0;
        for (int cycle = 1; cycle <= cycles; cycle++) {
            if (cycle == onset) {
                onsetS = bench.timeS();
                double middleV = 3.8;
                bench.age(bench.slow().withLeakConductance(leakCRate * oneC / middleV / parameters.areaM2()));
            }
            double from = bench.timeS();
            bench.cycle(
                    new Protocol(1, 1, 900, 60),
                    (sample, truth) -> watch.take(
                            sample.getTestTimeS(),
                            sample.getNetChargeAh(),
                            sample.getVoltageV(),
                            sample.getCurrentA()));
            cycleS = bench.timeS() - from;
            bench.grow(FADE_PER_CYCLE, FILM_GROWTH_PER_CYCLE);
            if (watch.called()) {
                break;
            }
        }
        boolean falseCall = watch.called() && watch.calledAtS() < onsetS;
        return new One(
                watch.called() && !falseCall,
                (watch.calledAtS() - onsetS) / cycleS,
                falseCall,
                Math.min(onsetS, bench.timeS()) / 3600);
    }
}
