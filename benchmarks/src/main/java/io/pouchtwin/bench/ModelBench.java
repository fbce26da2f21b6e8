package io.pouchtwin.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures the cell models as {@code pouchtwin bench model} reports them: each benchmark in a Java process of its own, warmed up.
 *
 * <p>The two published figures are the worst over the designs measured with the standard resolution (reduced step) and the reference mesh (full discharge); every single result stands beside them.
 */
public final class ModelBench {
    /** Microseconds per member and step, worst design. */
    public static final String REDUCED_STEP = "model.reduced.step.us";
    /** Milliseconds per 1 C discharge on the reference mesh, worst design. */
    public static final String FULL_DISCHARGE = "model.full.discharge_1C.ms";

    private ModelBench() {}

    /**
     * Runs all benchmarks of the models; about three minutes.
     *
     * @param progress told what is being measured
     * @return figure key to value, in the order measured
     */
    public static Map<String, Double> run(Consumer<String> progress) {
        Map<String, Double> figures = new LinkedHashMap<>();
        progress.accept("reduced cell, 32 members, steps of 1 s");
        figures.put(REDUCED_STEP, measure(ReducedStepBenchmark.class, REDUCED_STEP, "", figures));
        progress.accept("full-order cell, 1 C discharges");
        figures.put(FULL_DISCHARGE, measure(FullDischargeBenchmark.class, FULL_DISCHARGE, "REFERENCE", figures));
        return figures;
    }

    /** Adds every result under its own key and returns the worst of those whose parameters contain the given word. */
    private static double measure(Class<?> benchmark, String key, String counting, Map<String, Double> figures) {
        double worst = 0;
        for (RunResult result : results(benchmark)) {
            String name = result.getParams().getParamsKeys().stream()
                    .map(result.getParams()::getParam)
                    .reduce(key, (a, b) -> a + "." + b);
            double score = result.getPrimaryResult().getScore();
            figures.put(name, score);
            worst = name.contains(counting) ? Math.max(worst, score) : worst;
        }
        return worst;
    }

    static Collection<RunResult> results(Class<?> benchmark) {
        var options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .forks(1)
                .warmupIterations(4)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            return new Runner(options).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("bench-failed: " + benchmark.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Prints the figures: {@code java -cp ... io.pouchtwin.bench.ModelBench}. */
    public static void main(String[] arguments) {
        run(System.err::println).forEach((key, value) -> System.out.printf("%-60s %10.3f%n", key, value));
    }
}
