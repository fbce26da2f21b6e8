package io.pouchtwin.app;

import io.pouchtwin.app.config.AppConfig;
import io.pouchtwin.app.config.ConfigException;
import io.pouchtwin.app.roles.HistoryPart;
import io.pouchtwin.app.roles.OpsServer;
import io.pouchtwin.app.roles.Roles;
import io.pouchtwin.app.roles.RunningSystem;
import io.pouchtwin.gateway.Gateway;
import io.pouchtwin.gateway.GatewayConfig;
import io.pouchtwin.history.DatabaseAddress;
import io.pouchtwin.ingest.Ingest;
import io.pouchtwin.stage.StageHealth;
import io.pouchtwin.twin.alerting.AlertService;
import io.pouchtwin.twin.engine.TwinEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One role each, against an external Kafka. */
final class RoleCommands {

    private RoleCommands() {}

    /** What the roles have in common: configuration, start, metrics and health, end. */
    abstract static class Role implements Callable<Integer> {

        @Mixin
        private final ConfigOptions options = new ConfigOptions();

        @Override
        public Integer call() throws Exception {
            AppConfig config = options.read();
            RunningSystem system = new RunningSystem(System.err);
            Lifetime lifetime = Lifetime.of(system);
            try (system) {
                Roles roles = sharesLiveView()
                        ? Roles.inCluster(system, config.kafka(), config.cluster())
                        : Roles.alone(system, config.kafka());
                run(config, roles, system);
                System.err.println("running; Ctrl-C ends it");
                lifetime.await(null);
            }
            return 0;
        }

        /** Whether the role writes or reads the live view. */
        boolean sharesLiveView() {
            return false;
        }

        abstract void run(AppConfig config, Roles roles, RunningSystem system) throws Exception;

        /** Serves metrics and health for roles that have no HTTP of their own. */
        static void ops(AppConfig config, Roles roles, RunningSystem system, String part, Supplier<String> check)
                throws Exception {
            OpsServer server = system.start(
                    "metrics and health",
                    () -> RunningSystem.await(OpsServer.start(
                            config.ops(), config.api(), roles.vertx(), roles.meters(), Map.of(part, check))),
                    ops -> RunningSystem.await(ops.close()));
            System.err.printf(
                    "metrics and health at http://%s:%d/metrics and /health/ready%n",
                    config.ops().host(), server.port());
        }

        static String reason(StageHealth health) {
            return health.ready() ? "" : health.detail();
        }
    }

    @Command(
            name = "gateway",
            description = "Reads the configured testers and sends what they measured to Kafka.",
            mixinStandardHelpOptions = true)
    static final class GatewayRole extends Role {
        @Override
        void run(AppConfig config, Roles roles, RunningSystem system) throws Exception {
            GatewayConfig gatewayConfig = config.gateway();
            if (gatewayConfig == null) {
                throw new ConfigException(
                        "file",
                        "gateway",
                        "missing",
                        "testers and cells, see 'pouchtwin config' and docs/configuration.md");
            }
            Gateway gateway = roles.gateway(gatewayConfig);
            ops(
                    config,
                    roles,
                    system,
                    "gateway",
                    () -> gateway.running() ? "" : "positions are being recalled from Kafka");
        }
    }

    @Command(
            name = "ingest",
            description = "Validates, orders, deduplicates and segments what gateways sent.",
            mixinStandardHelpOptions = true)
    static final class IngestRole extends Role {
        @Override
        void run(AppConfig config, Roles roles, RunningSystem system) throws Exception {
            Ingest ingest = roles.ingest(config.ingest());
            ops(config, roles, system, "ingest", () -> reason(ingest.health()));
        }
    }

    @Command(
            name = "engine",
            description =
                    "Runs the twins of its share of the cells in lockstep with their samples, and the alerts on what they say.",
            mixinStandardHelpOptions = true)
    static final class EngineRole extends Role {
        @Override
        boolean sharesLiveView() {
            return true;
        }

        @Override
        void run(AppConfig config, Roles roles, RunningSystem system) throws Exception {
            TwinEngine engine = roles.engine(config.engine());
            AlertService alerts = roles.alerts(config.alerts());
            ops(
                    config,
                    roles,
                    system,
                    "engine and alerts",
                    () -> engine.health().ready() ? reason(alerts.health()) : reason(engine.health()));
        }
    }

    @Command(
            name = "history",
            description = "Keeps samples, states, cycles, forecasts and alerts in QuestDB.",
            mixinStandardHelpOptions = true)
    static final class HistoryRole extends Role {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "where the own database lives, without history.url (default: ${DEFAULT-VALUE})")
        private Path data = Path.of("data", "history");

        @Override
        void run(AppConfig config, Roles roles, RunningSystem system) throws Exception {
            HistoryPart history = roles.history(config.history(), data)
                    .orElseThrow(() -> new ConfigException("flag", "history.enabled", "false", "true for this role"));
            System.err.println("history is written to " + history.address());
            ops(config, roles, system, "history", () -> reason(history.writer().health()));
        }
    }

    @Command(
            name = "api",
            description = "Serves the live page, REST, SSE, WebSocket, metrics and health.",
            mixinStandardHelpOptions = true)
    static final class ApiRole extends Role {
        @Override
        boolean sharesLiveView() {
            return true;
        }

        @Override
        void run(AppConfig config, Roles roles, RunningSystem system) throws Exception {
            Optional<DatabaseAddress> history =
                    config.history().enabled() && config.history().external()
                            ? Optional.of(config.history().address())
                            : Optional.empty();
            int port = roles.api(config.api(), history, List::of).port();
            System.err.printf(
                    "live page at %s://%s:%d/%n",
                    config.api().scheme(), config.api().host(), port);
        }
    }
}
