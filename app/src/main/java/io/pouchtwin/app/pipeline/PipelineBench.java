package io.pouchtwin.app.pipeline;

import io.pouchtwin.api.ApiConfig;
import io.pouchtwin.app.config.ClusterConfig;
import io.pouchtwin.app.config.KafkaConfig;
import io.pouchtwin.app.roles.Roles;
import io.pouchtwin.app.roles.RunningSystem;
import io.pouchtwin.ingest.IngestConfig;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.twin.alerting.AlertService;
import io.pouchtwin.twin.alerting.AlertsConfig;
import io.pouchtwin.twin.engine.EngineConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The pipeline as the demo starts it, all stages and the broker in this process: gateway's publisher, ingest, engine,
 * API, and its subscribers over HTTP. What is not in it is the tester's protocol: batches begin where a driver has read
 * them.
 */
public final class PipelineBench {
    private static final int CELLS = 1000;
    private static final int SUBSCRIBERS = 500;
    private static final int CELLS_PER_SUBSCRIBER = 10;
    private static final double WARM_UP_S = 30;
    private static final double LATENCY_S = 40;
    private static final double RATE_S = 60;
    private static final int ALERT_ROUNDS_S = 40;
    private static final int ALERTS_PER_ROUND = 5;
    /** One point beyond a cut-off is how a tester ends a step; the second raises the alert. */
    private static final int POINTS_OUTSIDE = 2;

    private static final double ALERT_PATIENCE_S = 30;
    /** Points that one poll of a channel brings while the rate is measured: a tester that logs at 20 Hz, polled each second. */
    private static final int POINTS_PER_POLL = 20;

    private static final long MOST_OUTSTANDING = 60_000;
    private static final double MIB = 1024.0 * 1024;

    private final Consumer<String> progress;
    private final Map<String, Double> figures = new LinkedHashMap<>();

    private PipelineBench(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * Measures; takes some five minutes.
     *
     * @param progress receives lines on what is being done
     * @return figure key to value
     */
    public static Map<String, Double> run(Consumer<String> progress) throws Exception {
        PipelineBench bench = new PipelineBench(progress);
        Path directory = Files.createTempDirectory("pouchtwin-bench");
        try {
            bench.figures.put(
                    "pipeline.cold_start", ColdStart.measureS(Files.createDirectory(directory.resolve("cold"))));
            progress.accept(
                    String.format("first prediction %.1f s after the start", bench.figures.get("pipeline.cold_start")));
            Recording recording = Recording.compute();
            bench.latencies(recording, directory.resolve("latency"));
            bench.rate(recording, directory.resolve("rate"));
        } finally {
            delete(directory);
        }
        return bench.figures;
    }

    private record Pipeline(Roles roles, int apiPort) {}

    private static Pipeline start(RunningSystem system, Path directory) throws Exception {
        EmbeddedKafka broker = system.start(
                "Kafka", () -> EmbeddedKafka.start(BrokerSettings.local(directory, 0)), EmbeddedKafka::close);
        Roles roles =
                Roles.inCluster(system, KafkaConfig.defaults().at(broker.bootstrapServers()), ClusterConfig.defaults());
        roles.ingest(IngestConfig.defaults());
        roles.engine(EngineConfig.standard());
        return new Pipeline(roles, roles.api(ApiConfig.defaults().withPort(0)).port());
    }

    private static RunningSystem system() {
        return new RunningSystem(new PrintStream(PrintStream.nullOutputStream()));
    }

    private void latencies(Recording recording, Path directory) throws Exception {
        try (RunningSystem system = system()) {
            Pipeline pipeline = start(system, directory);
            try (Fleet fleet = new Fleet(recording, CELLS, pipeline.roles().kafka())) {
                fleet.pollFor(WARM_UP_S, 1, 1);
                oneOfAll(pipeline, fleet);
                manySubscribers(pipeline, fleet);
                alerts(pipeline, fleet);
            }
        }
    }

    /** One subscriber who is sent each state of each cell. */
    private void oneOfAll(Pipeline pipeline, Fleet fleet) throws Exception {
        LatencyTally tally = new LatencyTally();
        try (StreamClients clients = new StreamClients(pipeline.apiPort(), tally)) {
            clients.sse(List.of());
            fleet.pollFor(5, 1, 1);
            tally.forget();
            fleet.pollFor(LATENCY_S, 1, 1);
            tell("one subscriber of all cells", tally, clients);
            figures.put("pipeline.latency_p50", tally.quantile(0.5));
            figures.put("pipeline.latency_p99", tally.quantile(0.99));
        }
    }

    /** Half of them server-sent events, half WebSocket, each on its own ten cells; and one of all cells who hardly reads. */
    private void manySubscribers(Pipeline pipeline, Fleet fleet) throws Exception {
        LatencyTally tally = new LatencyTally();
        try (StreamClients clients = new StreamClients(pipeline.apiPort(), tally)) {
            for (int k = 0; k < SUBSCRIBERS - 1; k++) {
                int first = k * CELLS_PER_SUBSCRIBER;
                List<String> cells = IntStream.range(first, first + CELLS_PER_SUBSCRIBER)
                        .mapToObj(cell -> Fleet.cell(cell % CELLS))
                        .toList();
                if (k % 2 == 0) {
                    clients.sse(cells);
                } else {
                    clients.webSocket(cells);
                }
            }
            clients.slow();
            fleet.pollFor(10, 1, 1);
            tally.forget();
            double before = usedHeapMib();
            double leftOut = leftOutForSlowReaders(pipeline);
            long read = clients.slowlyRead();
            long gaps = clients.conflated();
            fleet.pollFor(LATENCY_S, 1, 1);
            tell(
                    SUBSCRIBERS + " subscribers of " + CELLS_PER_SUBSCRIBER
                            + " cells each, one of all that hardly reads",
                    tally,
                    clients);
            put500("open.sse", open(pipeline, "sse"));
            put500("open.websocket", open(pipeline, "websocket"));
            put500("latency_p50", tally.quantile(0.5));
            put500("latency_p99", tally.quantile(0.99));
            put500("told_of_gaps", (double) (clients.conflated() - gaps));
            put500("slow.messages_per_s", (double) (clients.slowlyRead() - read) / LATENCY_S);
            put500("slow.states_left_out", leftOutForSlowReaders(pipeline) - leftOut);
            double after = usedHeapMib();
            put500("heap_mib", after);
            put500("heap_growth_mib", after - before);
        }
    }

    /** In each second some cells leave their voltage window; a receiver is told of each by webhook. */
    private void alerts(Pipeline pipeline, Fleet fleet) throws Exception {
        try (AlertReceiver receiver = new AlertReceiver(fleet)) {
            AlertService service =
                    pipeline.roles().alerts(AlertsConfig.standard().withWebhooks(List.of(receiver.webhook())));
            do {
                fleet.pollFor(5, 1, 1);
            } while (!service.health().ready() || service.lag() > CELLS);
            fleet.pollFor(10, 1, 1);
            int expected = ALERT_ROUNDS_S * ALERTS_PER_ROUND;
            for (int cell = 0; cell < expected; cell += ALERTS_PER_ROUND) {
                for (int k = 0; k < ALERTS_PER_ROUND; k++) {
                    fleet.leaveWindow(cell + k, POINTS_OUTSIDE);
                }
                fleet.pollFor(1, 1, 1);
            }
            for (double waited = 0; receiver.tally().count() < expected && waited < ALERT_PATIENCE_S; waited++) {
                fleet.pollFor(1, 1, 1);
            }
            if (receiver.tally().count() != expected) {
                throw new IllegalStateException(receiver.tally().count()
                        + " alerts reached the receiver, expected each of " + expected + " once");
            }
            figures.put("pipeline.alert_webhook_p50", receiver.tally().quantile(0.5));
            figures.put("pipeline.alert_webhook_p99", receiver.tally().quantile(0.99));
            progress.accept(String.format(
                    "%d alerts, from the sample at the gateway to the receiver: p50 %.0f ms, p99 %.0f ms, slowest %.0f ms; other messages %d",
                    expected,
                    receiver.tally().quantile(0.5),
                    receiver.tally().quantile(0.99),
                    receiver.tally().quantile(1),
                    receiver.unexpected()));
        }
    }

    private void put500(String key, double value) {
        figures.put("pipeline.subscribers_500." + key, value);
    }

    private static double open(Pipeline pipeline, String kind) {
        return pipeline.roles()
                .meters()
                .get("pouchtwin.api.subscribers")
                .tag("kind", kind)
                .gauge()
                .value();
    }

    private static double leftOutForSlowReaders(Pipeline pipeline) {
        return pipeline.roles()
                .meters()
                .get("pouchtwin.api.conflated")
                .tag("reason", "slow-reader")
                .counter()
                .count();
    }

    private void tell(String what, LatencyTally tally, StreamClients clients) {
        progress.accept(String.format(
                "%s: %d states in %.0f s, latency p50 %.0f ms, p99 %.0f ms, p99.9 %.0f ms, told of gaps %d times",
                what,
                tally.count(),
                LATENCY_S,
                tally.quantile(0.5),
                tally.quantile(0.99),
                tally.quantile(0.999),
                clients.conflated()));
    }

    /** As much as goes: a new poll whenever less than a bounded number of points is under way. */
    private void rate(Recording recording, Path directory) throws Exception {
        try (RunningSystem system = system()) {
            Pipeline pipeline = start(system, directory);
            LatencyTally tally = new LatencyTally();
            try (Fleet fleet = new Fleet(recording, CELLS, pipeline.roles().kafka());
                    StreamClients page = new StreamClients(pipeline.apiPort(), tally)) {
                fleet.pollFor(5, 1, 1);
                page.sse(IntStream.range(0, CELLS_PER_SUBSCRIBER)
                        .mapToObj(Fleet::cell)
                        .toList());
                flood(pipeline, fleet, WARM_UP_S);
                double from = processed(pipeline);
                double cpuFrom = cpuSeconds();
                double seconds = flood(pipeline, fleet, RATE_S);
                double rate = (processed(pipeline) - from) / seconds;
                figures.put("pipeline.rate", rate);
                figures.put("pipeline.rate.cores", (cpuSeconds() - cpuFrom) / seconds);
                progress.accept(String.format(
                        "%.0f samples/s for %.0f s on %.2f cores; behind at the end: API %.0f records, refused by the publisher %d",
                        rate, seconds, figures.get("pipeline.rate.cores"), apiLag(pipeline), fleet.refused()));
            }
        }
    }

    /** Returns the seconds that it took. */
    private static double flood(Pipeline pipeline, Fleet fleet, double seconds) {
        double offset = processed(pipeline) - (double) fleet.published();
        long begun = System.nanoTime();
        long sent = fleet.published();
        int cell = 0;
        while ((double) (System.nanoTime() - begun) * 1e-9 < seconds) {
            if ((double) sent - (processed(pipeline) - offset) < MOST_OUTSTANDING) {
                fleet.poll(cell, POINTS_PER_POLL);
                sent += POINTS_PER_POLL;
                cell = (cell + 1) % CELLS;
            } else {
                LockSupport.parkNanos(1_000_000);
            }
        }
        return (double) (System.nanoTime() - begun) * 1e-9;
    }

    private static double processed(Pipeline pipeline) {
        return pipeline.roles().meters().get("pouchtwin.twin.samples").counter().count();
    }

    private static double apiLag(Pipeline pipeline) {
        return pipeline.roles()
                .meters()
                .get("pouchtwin.reader.lag")
                .tag("reader", "api-states")
                .gauge()
                .value();
    }

    private static double cpuSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime() * 1e-9
                : Double.NaN;
    }

    private static double usedHeapMib() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path visited, @org.jspecify.annotations.Nullable IOException problem) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
