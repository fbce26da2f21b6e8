package io.pouchtwin.app;

import io.pouchtwin.app.config.AppConfig;
import io.pouchtwin.app.config.ConfigException;
import io.pouchtwin.app.roles.HistoryPart;
import io.pouchtwin.app.roles.Roles;
import io.pouchtwin.app.roles.RunningSystem;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.gateway.replay.FileReplay;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.stage.TailReader;
import io.pouchtwin.stage.TailStart;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pouchtwin replay FILE}: a recorded file through the same flow as a live tester. */
@Command(
        name = "replay",
        description =
                "Sends a recorded file (Battery Data Format CSV, also gzipped) through the same flow as a live tester.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    private static final long MOST_IN_FLIGHT = 20_000;
    private static final long PROGRESS_ROWS = 5_000;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MILLIVOLT = 1e-3;

    @Parameters(paramLabel = "FILE", description = "the recorded file")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private Path file;

    @Option(
            names = "--design",
            paramLabel = "NAME",
            description = "parameter set of the cell, see 'params list' (default: ${DEFAULT-VALUE})")
    private String design = "coin-ncm523-ppla";

    @Option(
            names = "--nominal-capacity-ah",
            paramLabel = "AH",
            description = "what 1 C refers to (default: the design's own)")
    private @Nullable Double nominalCapacityAh;

    @Option(names = "--area-cm2", paramLabel = "CM2", description = "electrode area (default: the design's own)")
    private double areaCm2;

    @Option(names = "--cell", paramLabel = "NAME", description = "what to call the cell (default: the file's name)")
    private @Nullable String cell;

    @Option(
            names = "--state-out",
            paramLabel = "FILE",
            description = "write every twin.state message there, in Protobuf's delimited form")
    private @Nullable Path stateOut;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "keep Kafka's data there (default: a directory that is deleted at the end)")
    private @Nullable Path data;

    @Option(names = "--serve", description = "go on serving API and page after the last sample, until Ctrl-C")
    private boolean serve;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "port of the page and the API with --serve (default: 8080)")
    private @Nullable Integer port;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws Exception {
        CellRegistration registration = registration();
        AppConfig config = options.read();
        Path directory = data == null ? Files.createTempDirectory("pouchtwin-replay") : data;
        RunningSystem system = new RunningSystem(System.err);
        Lifetime lifetime = Lifetime.of(system);
        try (system) {
            EmbeddedKafka broker = system.start(
                    "Kafka", () -> EmbeddedKafka.start(BrokerSettings.local(directory, 0)), EmbeddedKafka::close);
            Roles roles = Roles.alone(system, config.kafka().at(broker.bootstrapServers()));
            roles.ingest(config.ingest());
            roles.engine(config.engine());
            if (serve) {
                Optional<HistoryPart> history = roles.history(config.history(), directory.resolve("history"));
                int apiPort = roles.api(
                                port == null ? config.api() : config.api().withPort(port),
                                history.map(HistoryPart::address),
                                () -> history.map(HistoryPart::checks).orElse(List.of()))
                        .port();
                System.out.println("live page " + config.api().scheme() + "://"
                        + config.api().host() + ":" + apiPort + "/");
            }
            replay(roles, registration);
            if (serve) {
                System.err.println("serving; Ctrl-C ends it");
                lifetime.await(null);
            }
        } finally {
            if (data == null) {
                delete(directory);
            }
        }
        return 0;
    }

    private void replay(Roles roles, CellRegistration registration) throws Exception {
        try (OutputStream sink = stateOut == null
                ? OutputStream.nullOutputStream()
                : new BufferedOutputStream(Files.newOutputStream(stateOut))) {
            ReplayFollower follower = new ReplayFollower(registration.getCell(), sink);
            try (TailReader reader = TailReader.start(
                    "replay-follower",
                    roles.kafka(),
                    ReplayFollower.topics(),
                    new TailStart.Beginning(),
                    MOST_IN_FLIGHT,
                    follower::accept,
                    roles.meters())) {
                reader.caughtUp().get(1, TimeUnit.MINUTES);
                FileReplay.Summary sent =
                        FileReplay.send(file, roles.kafka().with(Map.of()), registration, ReplayCommand::showProgress);
                tell(sent, follower.done().get(1, TimeUnit.HOURS));
            }
        }
    }

    private static void showProgress(long rows, long total) {
        if (rows % PROGRESS_ROWS == 0 || rows == total) {
            System.err.printf("  sent %,d of %,d rows%n", rows, total);
        }
    }

    private static void tell(FileReplay.Summary sent, ReplayFollower.Outcome outcome) {
        System.out.printf(
                "run %s: %,d points sent, %,d lines rejected on reading%n",
                sent.testRun(), sent.points(), sent.rejected());
        if (!sent.ignoredColumns().isEmpty()) {
            System.out.println("columns not read: " + String.join(", ", sent.ignoredColumns()));
        }
        outcome.rejects().forEach((code, count) -> System.out.printf("rejected, %s: %,d%n", code, count));
        System.out.printf(
                "%,d states over %.1f h of test time; one step ahead the twin's voltage was off by %.1f mV (root mean square)%n",
                outcome.states(), outcome.lastTestTimeS() / SECONDS_PER_HOUR, outcome.innovationRmsV() / MILLIVOLT);
    }

    private CellRegistration registration() {
        if (!Files.isReadable(file)) {
            throw new ConfigException("flag", "FILE", file.toString(), "a file that can be read");
        }
        if (!ParameterLibrary.DESIGNS.contains(design)) {
            throw new ConfigException("flag", "--design", design, "one of " + ParameterLibrary.DESIGNS);
        }
        double capacityAh = nominalCapacityAh == null
                ? ParameterLibrary.shipped().cell(design).nominalCapacityC() / SECONDS_PER_HOUR
                : nominalCapacityAh;
        if (!(capacityAh > 0)) {
            throw new ConfigException("flag", "--nominal-capacity-ah", String.valueOf(capacityAh), "more than 0");
        }
        return CellRegistration.newBuilder()
                .setCell(cell == null ? String.valueOf(file.getFileName()) : cell)
                .setDesign(design)
                .setNominalCapacityAh(capacityAh)
                .setAreaCm2(areaCm2)
                .build();
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes) throws IOException {
                Files.delete(entry);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path entry, @Nullable IOException failure) throws IOException {
                Files.delete(entry);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
