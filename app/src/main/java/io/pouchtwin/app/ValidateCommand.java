package io.pouchtwin.app;

import io.pouchtwin.cell.calibration.CalibrationValidation;
import io.pouchtwin.cell.reduced.error.ModelErrorMeasurement;
import io.pouchtwin.cell.report.ReportWriter;
import io.pouchtwin.cell.report.ValidationReport;
import io.pouchtwin.cell.validation.ModelValidation;
import io.pouchtwin.cell.validation.ValidationOptions;
import io.pouchtwin.twin.forecast.validation.PredictionValidation;
import io.pouchtwin.twin.validation.EstimationValidation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pouchtwin validate}: computes the figures that the project promises, now, and shows them beside their bounds. */
@Command(
        name = "validate",
        description = {
            "Computes promised figures and prints them with their bounds.",
            "Exit status 1 if one is out of bounds. Without --quick it also writes the docs page with its plots."
        },
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {

    /** What can be validated. */
    enum Subject {
        /** Full order against PyBaMM, reduced order against full order. */
        MODEL("model-validation.md"),
        /** Parameters against the paper's facts. */
        CALIBRATION("calibration.md"),
        /** The twin against cells whose truth is known. */
        ESTIMATION("estimation.md"),
        /** Forecasts against lives whose end is known. */
        PREDICTION("prediction.md");

        private final String page;

        Subject(String page) {
            this.page = page;
        }

        private ValidationReport run(boolean quick, Consumer<String> progress) {
            return switch (this) {
                case MODEL -> ModelValidation.run(quick ? ValidationOptions.QUICK : ValidationOptions.ALL, progress);
                case CALIBRATION -> CalibrationValidation.run(quick, progress);
                case ESTIMATION -> EstimationValidation.run(quick, progress);
                case PREDICTION -> PredictionValidation.run(quick, progress);
            };
        }
    }

    @Parameters(paramLabel = "SUBJECT", description = "one of model, calibration, estimation, prediction")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private Subject subject;

    @Option(names = "--quick", description = "a smaller draw of the same computation, in under two minutes")
    private boolean quick;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "write the figures as one flat object of key to number")
    private @Nullable Path json;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "where to write the page (default: the project's docs)")
    private @Nullable Path page;

    @Option(
            names = "--model-error",
            paramLabel = "FILE",
            description = "with model: only measure the reduced cell's error and write the table that the twin uses")
    private @Nullable Path modelError;

    @Override
    public Integer call() throws IOException {
        if (modelError != null) {
            ModelErrorMeasurement.write(modelError, line -> System.err.println("  " + line));
            return 0;
        }
        ValidationReport report = subject.run(quick, line -> System.err.println("  " + line));
        System.out.println(report.text());
        if (json != null) {
            ReportWriter.writeJson(report, json);
        }
        Path target = page == null && !quick ? Path.of(home(), "docs", subject.page) : page;
        if (target != null) {
            ReportWriter.writePage(report, target);
            System.err.println("page written: " + target);
        }
        System.out.println(
                subject.name().toLowerCase(Locale.ROOT) + (report.pass() ? ": within bounds" : ": OUT OF BOUNDS"));
        return report.pass() ? 0 : 1;
    }

    private static String home() {
        return System.getProperty("pouchtwin.home", ".");
    }
}
