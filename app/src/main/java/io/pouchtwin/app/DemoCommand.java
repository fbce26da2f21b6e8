package io.pouchtwin.app;

import io.pouchtwin.app.config.AppConfig;
import io.pouchtwin.app.config.ConfigException;
import io.pouchtwin.app.roles.HistoryPart;
import io.pouchtwin.app.roles.Roles;
import io.pouchtwin.app.roles.RunningSystem;
import io.pouchtwin.gateway.emulator.VirtualTester;
import io.pouchtwin.gateway.emulator.VirtualTesterConfig;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pouchtwin demo}: virtual testers, a real Kafka, gateway, ingest, twin engine, API and live page in one process. */
@Command(
        name = "demo",
        description = "Runs everything in one process on virtual cells, and prints where to look.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--cells", paramLabel = "N", description = "virtual cells, 1 to 512 (default: ${DEFAULT-VALUE})")
    private int cells = 8;

    @Option(
            names = "--speedup",
            paramLabel = "X",
            description = "test seconds per second, 1 to 1000 (default: ${DEFAULT-VALUE})")
    private double speedUp = 180;

    @Option(names = "--port", paramLabel = "PORT", description = "port of the page and the API (default: 8080)")
    private @Nullable Integer port;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            description = "port of the embedded Kafka (default: ${DEFAULT-VALUE}); 0 takes any free one")
    private int kafkaPort = 9092;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where everything is kept; a second start continues from there (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data", "demo");

    @Option(names = "--exit-after", paramLabel = "SECONDS", description = "end by itself after so many seconds")
    private @Nullable Long exitAfterS;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws Exception {
        DemoPlan plan = plan();
        AppConfig config = options.read();
        RunningSystem system = new RunningSystem(System.err);
        Lifetime lifetime = Lifetime.of(system);
        try (system) {
            System.err.println("pouchtwin demo: " + cells + " virtual cells at " + plan.speedUp() + "x");
            EmbeddedKafka broker = system.start(
                    "Kafka", () -> EmbeddedKafka.start(BrokerSettings.local(data, kafkaPort)), EmbeddedKafka::close);
            Roles roles = Roles.inCluster(system, config.kafka().at(broker.bootstrapServers()), config.cluster());
            VirtualTester tester = virtualTester(system, roles, plan.tester(data.resolve("tester")));
            roles.ingest(config.ingest());
            roles.engine(config.engine());
            Optional<HistoryPart> history = roles.history(config.history(), data.resolve("history"));
            int apiPort = roles.api(
                            port == null ? config.api() : config.api().withPort(port),
                            history.map(HistoryPart::address),
                            () -> history.map(HistoryPart::checks).orElse(List.of()))
                    .port();
            String page = config.api().scheme() + "://" + config.api().host() + ":" + apiPort;
            roles.alerts(plan.alerts(config.alerts(), page));
            roles.gateway(plan.gateway(tester.port()));
            tellWhereToLook(System.out, page, plan, broker, tester, history);
            lifetime.await(exitAfterS == null ? null : Duration.ofSeconds(exitAfterS));
        }
        return 0;
    }

    private DemoPlan plan() {
        try {
            return new DemoPlan(cells, speedUp);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("flag", String.valueOf(e.getMessage()));
        }
    }

    private static VirtualTester virtualTester(RunningSystem system, Roles roles, VirtualTesterConfig config)
            throws Exception {
        return system.start(
                "virtual tester with " + config.cells().size() + " channels",
                () -> RunningSystem.await(VirtualTester.start(config, roles.vertx())),
                tester -> RunningSystem.await(tester.close()));
    }

    private void tellWhereToLook(
            PrintStream out,
            String url,
            DemoPlan plan,
            EmbeddedKafka broker,
            VirtualTester tester,
            Optional<HistoryPart> history) {
        out.println();
        out.println("  live page        " + url + "/");
        out.println("  cells            " + url + "/api/v1/cells");
        out.println("  live stream      " + url + "/api/v1/stream   (server-sent events)");
        out.println("  API description  " + url + "/openapi.json");
        out.println("  metrics, health  " + url + "/metrics   " + url + "/health/ready");
        out.println("  Kafka            " + broker.bootstrapServers());
        history.flatMap(HistoryPart::pgPort)
                .ifPresent(pgPort -> out.println("  history          127.0.0.1:" + pgPort
                        + "   (PostgreSQL's protocol, read only; user and password as in 'pouchtwin config')"));
        out.println("  virtual tester   127.0.0.1:" + tester.port() + "   (Neware BTS protocol)");
        out.println("  data             " + data.toAbsolutePath().normalize());
        out.println();
        out.println("  what to look at (test time runs at " + plan.speedUp() + "x; 15 h of it tell the whole story)");
        plan.whatToLookAt().forEach(line -> out.println("    " + line));
        out.println("    the others stay well");
        out.println();
        out.println("Ctrl-C ends it; the next start with the same --data continues where it was.");
        out.flush();
    }
}
