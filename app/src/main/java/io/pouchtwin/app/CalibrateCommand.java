package io.pouchtwin.app;

import io.pouchtwin.cell.calibration.Calibration;
import io.pouchtwin.cell.calibration.CalibrationValidation;
import io.pouchtwin.cell.report.ReportWriter;
import io.pouchtwin.cell.report.ValidationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pouchtwin calibrate}: fits the parameter sets to the paper's numbers and writes the posterior ensembles. */
@Command(
        name = "calibrate",
        description = {
            "Fits the cells to the paper's numbers and writes one posterior ensemble per design:",
            "the prior of the twin. The same seed gives the same files.",
            "All coins are fitted together and the pouch takes its material from them, so all are",
            "fitted whichever are written."
        },
        mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
    private static final String FOLDER = "cell-model/src/main/resources/io/pouchtwin/cell/posterior";
    private static final int FEWEST_MEMBERS = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Option(names = "--seed", paramLabel = "N", description = "of all random draws (default: 523)")
    private long seed = Calibration.Options.standard().seed();

    @Option(names = "--members", paramLabel = "N", description = "of each ensemble (default: 64)")
    private int members = Calibration.Options.standard().members();

    @Option(
            names = "--walk",
            paramLabel = "N",
            description = "steps of each member's Markov chain, one run of the model each (default: 20)")
    private int walk = Calibration.Options.standard().walkSteps();

    @Option(
            names = "--cell",
            paramLabel = "DESIGN",
            description = "write only this design's file; may be given more than once (default: all)")
    private List<String> cells = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "folder for the files (default: where the program takes them from when it is built)")
    private @Nullable Path out;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description =
                    "also check the result (as 'validate calibration' does, which takes longer than the fit) and write the page")
    private @Nullable Path page;

    @Override
    public Integer call() throws IOException {
        if (members < FEWEST_MEMBERS || walk < 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--members " + members + ", --walk " + walk + ": expected at least " + FEWEST_MEMBERS + " and 0");
        }
        if (!Calibration.DESIGNS.containsAll(cells)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--cell " + cells + ": expected some of " + Calibration.DESIGNS);
        }
        long began = System.nanoTime();
        Consumer<String> progress = line -> System.err.printf(
                Locale.ROOT,
                "%6d s  %s%n",
                Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                line);
        Calibration.Result result = Calibration.run(new Calibration.Options(seed, members, walk), progress);
        Path folder = out == null ? Path.of(System.getProperty("pouchtwin.home", "."), FOLDER) : out;
        Calibration.write(result, folder, design -> cells.isEmpty() || cells.contains(design))
                .forEach(file -> System.out.println("written: " + file));
        System.out.println(result.summary());
        if (page == null) {
            return 0;
        }
        ValidationReport report = CalibrationValidation.of(result, false, progress);
        System.out.println(report.text());
        ReportWriter.writePage(report, page);
        System.out.println("written: " + page);
        return report.pass() ? 0 : 1;
    }
}
