package io.pouchtwin.bench;

import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.full.StepReport;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.TwinSettings;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one sample through a twin of 32 members costs on one core, from the sample to the finished message, and what a
 * twin takes in memory. Many twins in turn, so that none stays in the processor's cache.
 */
public final class EngineBench {
    private static final String DESIGN = "pouch-5c-ncm523-ppla";
    private static final String THICK_DESIGN = "pouch-ncm523-ppla";
    private static final int TWINS = 64;
    private static final int SAMPLES = 600;
    private static final int ROUNDS = 9;

    private EngineBench() {}

    /**
     * Measures.
     *
     * @param progress receives a line per round
     * @return figure key to value: microseconds, KiB
     */
    public static Map<String, Double> run(Consumer<String> progress) {
        Map<String, Double> figures = new LinkedHashMap<>();
        List<Sample> samples = samples(DESIGN);
        figures.put("estimation.step.us", microsecondsPerSample(DESIGN, samples, progress));
        figures.put("estimation.cell.kib", kibPerTwin(DESIGN, samples));
        List<Sample> thick = samples(THICK_DESIGN);
        figures.put("estimation.thick.step.us", microsecondsPerSample(THICK_DESIGN, thick, progress));
        figures.put("estimation.thick.cell.kib", kibPerTwin(THICK_DESIGN, thick));
        figures.putAll(ForecastBench.run(progress));
        figures.put("prediction.lockstep.slowdown", slowdown(samples, progress));
        figures.putAll(ForecastBench.algebra(progress));
        return figures;
    }

    private static double microsecondsPerSample(String design, List<Sample> samples, Consumer<String> progress) {
        double[] microseconds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            microseconds[round] = round(design, samples);
            progress.accept(String.format(
                    "%s, round %d of %d: %.1f us per sample", design, round + 1, ROUNDS, microseconds[round]));
        }
        // The first rounds compile.
        double[] warm = Arrays.copyOfRange(microseconds, ROUNDS / 3, ROUNDS);
        Arrays.sort(warm);
        return warm[warm.length / 2];
    }

    /** Time of a sample while another thread forecasts without a pause, over that while none does: rounds in turn, the median of the ratios [1]. */
    private static double slowdown(List<Sample> samples, Consumer<String> progress) {
        double[] ratios = new double[ROUNDS / 2];
        for (int k = 0; k < ratios.length; k++) {
            double alone = round(DESIGN, samples);
            try (ForecastBench.Background forecasts = ForecastBench.Background.start()) {
                ratios[k] = round(DESIGN, samples) / alone;
                progress.accept(String.format(
                        "a sample beside forecasts takes %.3f times as long; %d were made meanwhile",
                        ratios[k], forecasts.made()));
            }
        }
        Arrays.sort(ratios);
        return ratios[ratios.length / 2];
    }

    private static double round(String design, List<Sample> samples) {
        List<CellTwin> twins = twins(design, TWINS);
        long checksum = 0;
        long from = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (Sample sample : samples) {
            for (CellTwin twin : twins) {
                TwinOutcome outcome = twin.accept("bench", sample);
                checksum += outcome instanceof TwinOutcome.Advanced advanced
                        ? advanced.state().getSequence()
                        : 0;
            }
        }
        long nanoseconds = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - from;
        long expected = (long) TWINS * SAMPLES * (SAMPLES + 1) / 2;
        if (checksum != expected) {
            throw new IllegalStateException("samples were refused: " + checksum + ", expected " + expected);
        }
        return nanoseconds * 1e-3 / ((long) TWINS * SAMPLES);
    }

    private static double kibPerTwin(String design, List<Sample> samples) {
        int count = 500;
        List<CellTwin> warm = twins(design, 1);
        warm.forEach(twin -> twin.accept("bench", samples.get(0)));
        long before = usedBytes();
        List<CellTwin> twins = twins(design, count);
        for (CellTwin twin : twins) {
            for (Sample sample : samples.subList(0, 5)) {
                twin.accept("bench", sample);
            }
        }
        long after = usedBytes();
        // Keeps them reachable until after the measurement.
        if (twins.size() != count || warm.isEmpty()) {
            throw new IllegalStateException("twins went missing");
        }
        return (after - before) / 1024.0 / count;
    }

    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int k = 0; k < 5; k++) {
            ManagementFactory.getMemoryMXBean().gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static List<CellTwin> twins(String design, int count) {
        ReducedCellModels models = ReducedCellModels.shipped();
        List<CellTwin> twins = new ArrayList<>();
        try {
            CellRegistration registration =
                    CellRegistration.newBuilder().setDesign(design).build();
            for (int k = 0; k < count; k++) {
                twins.add(CellTwin.begin(
                        "bench-" + k, models.create(models.designOf(registration)), TwinSettings.standard()));
            }
        } catch (UnknownDesignException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return twins;
    }

    /** A charge at 1 C, logged each second. */
    private static List<Sample> samples(String design) {
        CellParameters parameters =
                ParameterLibrary.shipped().load(design).draw(7).toCellParameters();
        FullOrderCell cell = FullOrderCell.at(parameters, Mesh.COARSE, 0.6);
        List<Sample> samples = new ArrayList<>();
        double charge = 0;
        for (int k = 1; k <= SAMPLES; k++) {
            StepReport report = cell.advance(new Drive.Current(parameters.oneCAmpere()), 1, Limits.NONE);
            charge += report.chargeC() / 3600;
            samples.add(Sample.newBuilder()
                    .setSequence(k)
                    .setTestTimeS(k)
                    .setVoltageV(report.voltageV())
                    .setCurrentA(report.ampere())
                    .setNetChargeAh(charge)
                    .setCellTemperatureDegc(report.temperatureK() - 273.15)
                    .setStepCount(1)
                    .setCycleCount(1)
                    .setStepType(StepType.STEP_TYPE_CC_CHARGE)
                    .build());
        }
        return samples;
    }
}
