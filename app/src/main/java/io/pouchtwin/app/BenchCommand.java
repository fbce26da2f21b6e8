package io.pouchtwin.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pouchtwin.app.history.HistoryBench;
import io.pouchtwin.app.pipeline.PipelineBench;
import io.pouchtwin.bench.EngineBench;
import io.pouchtwin.bench.ModelBench;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pouchtwin bench}: measures speed and memory on this machine, now. */
@Command(name = "bench", description = "Measures speed and memory on this machine.", mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

    /** What can be measured. */
    enum Subject {
        /** One step of the reduced cell, one discharge of the full-order cell. */
        MODEL,
        /** One sample through a twin, memory of a twin. */
        ENGINE,
        /** Rate, latency and start of the whole. */
        PIPELINE,
        /** Questions about a month of one cell. */
        HISTORY;

        private Map<String, Double> run(Consumer<String> progress) throws Exception {
            return switch (this) {
                case MODEL -> ModelBench.run(progress);
                case ENGINE -> EngineBench.run(progress);
                case PIPELINE -> PipelineBench.run(progress);
                case HISTORY -> HistoryBench.run(progress);
            };
        }
    }

    @Parameters(paramLabel = "SUBJECT", description = "one of model, engine, pipeline, history")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private Subject subject;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "write the figures as one flat object of key to number")
    private @Nullable Path json;

    @Override
    public Integer call() throws Exception {
        Map<String, Double> figures = subject.run(line -> System.err.println("  " + line));
        figures.forEach((key, value) -> System.out.printf("%-60s %12.4g%n", key, value));
        if (json != null) {
            new ObjectMapper().writeValue(json.toFile(), figures);
        }
        return 0;
    }
}
