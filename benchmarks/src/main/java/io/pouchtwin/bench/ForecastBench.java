package io.pouchtwin.bench;

import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.twin.forecast.DesignKnowledge;
import io.pouchtwin.twin.forecast.Forecaster;
import io.pouchtwin.twin.forecast.ShortRule;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;

/**
 * What a forecast of 1,000 cycles with 32 members costs on one core, over a hundred cells: the first of a cell, which also resolves the cycles of its table, and each later one, which learns, scores and forecasts.
 */
final class ForecastBench {
    private static final String DESIGN = "pouch-5c-ncm523-ppla";
    private static final int CELLS = 100;
    private static final int MEMBERS = 32;
    private static final int WARMING = 20;
    private static final int LATER = 10;

    private ForecastBench() {}

    /** Measures; milliseconds of processor time per forecast. */
    static Map<String, Double> run(Consumer<String> progress) {
        DesignKnowledge design = DesignKnowledge.shipped().apply(DESIGN).orElseThrow();
        cells(design, WARMING).forEach(cell -> take(cell, 2, 4));
        long from = cpuNanoseconds();
        List<Forecaster> cells = cells(design, CELLS);
        cells.forEach(cell -> take(cell, 2, 3));
        double first = (cpuNanoseconds() - from) * 1e-6 / CELLS;
        from = cpuNanoseconds();
        cells.forEach(cell -> take(cell, 4, 3 + LATER));
        double later = (cpuNanoseconds() - from) * 1e-6 / (CELLS * LATER);
        progress.accept(String.format("forecast: first of a cell %.1f ms, later ones %.2f ms", first, later));
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("prediction.forecast.ms", first);
        figures.put("prediction.forecast.later.ms", later);
        return figures;
    }

    /** The forecast's inner algebra by plain loops and by ND4J, for batches of cells; microseconds for the whole batch. */
    static Map<String, Double> algebra(Consumer<String> progress) {
        progress.accept("the forecast's algebra by plain loops and by ND4J, for 1, 100 and 1000 cells in one batch");
        Map<String, Double> figures = new LinkedHashMap<>();
        for (RunResult result : ModelBench.results(ForecastAlgebraBenchmark.class)) {
            String key = "prediction.algebra." + result.getPrimaryResult().getLabel() + ".us.cells_"
                    + result.getParams().getParam("cells");
            figures.put(key, result.getPrimaryResult().getScore());
        }
        return figures;
    }

    /** A thread that forecasts one new cell after the other, as the forecaster's own thread does when all cycles end at once. */
    static final class Background implements AutoCloseable {
        private final AtomicBoolean wanted = new AtomicBoolean(true);
        private final AtomicInteger made = new AtomicInteger();
        private final Thread thread = new Thread(this::run, "forecasts");

        private Background() {}

        static Background start() {
            Background background = new Background();
            background.thread.start();
            return background;
        }

        private void run() {
            DesignKnowledge design = DesignKnowledge.shipped().apply(DESIGN).orElseThrow();
            while (wanted.get()) {
                take(cells(design, 1).get(0), 2, 4);
                made.addAndGet(2);
            }
        }

        /** Forecasts made so far. */
        int made() {
            return made.get();
        }

        @Override
        public void close() {
            wanted.set(false);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<Forecaster> cells(DesignKnowledge design, int count) {
        List<Forecaster> cells = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            cells.add(Forecaster.begin("bench-" + k, design, ShortRule.standard()));
        }
        return cells;
    }

    private static void take(Forecaster cell, int fromCycle, int toCycle) {
        for (int cycle = fromCycle; cycle <= toCycle; cycle++) {
            boolean made = cell.accept(basis(cycle), List.of()).isPresent();
            if (made != (cycle > 2)) {
                throw new IllegalStateException("cycle " + cycle + " made a forecast: " + made);
            }
        }
    }

    /** A cycle at 5 C without a hold, of a cell that slowly fades. */
    private static ForecastBasis basis(int cycle) {
        double capacity = 0.23 * (1 - 1e-3 * cycle);
        return ForecastBasis.newBuilder()
                .setCell("bench")
                .setParameterSet(DESIGN)
                .setCycleCount(cycle)
                .setAreaCm2(297)
                .setNominalCapacityAh(0.38)
                .setStartTestTimeS(2000.0 * cycle)
                .setEndTestTimeS(2000.0 * (cycle + 1))
                .setChargeAh(capacity)
                .setDischargeAh(capacity)
                .setChargeEnergyWh(4.14 * capacity)
                .setDischargeEnergyWh(3.54 * capacity)
                .setChargeCurrentA(1.9)
                .setDischargeCurrentA(1.9)
                .setVoltageMaxV(4.4)
                .setVoltageMinV(2.8)
                .setRestS(1200)
                .setMeanTemperatureDegc(31)
                .setAmbientTemperatureDegc(25)
                .setComplete(true)
                .setTrust(TrustState.TRUST_STATE_TRUSTED)
                .setMembers(MEMBERS)
                .build();
    }

    private static long cpuNanoseconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
