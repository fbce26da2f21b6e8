package io.pouchtwin.app;

import io.pouchtwin.app.config.ConfigException;
import io.pouchtwin.app.roles.RunningSystem;
import io.pouchtwin.app.watchdog.Watchdog;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pouchtwin watchdog}: rings when monitoring itself is dead. */
@Command(
        name = "watchdog",
        description = "Rings when Alertmanager's heartbeat stops; prints the alerts that are sent to it.",
        mixinStandardHelpOptions = true)
final class WatchdogCommand implements Callable<Integer> {

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "address to listen on (default: ${DEFAULT-VALUE}); there is no login")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "port to listen on (default: ${DEFAULT-VALUE})")
    private int port = 9099;

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            description = "longest time between two heartbeats (default: ${DEFAULT-VALUE})")
    private long withinS = 15;

    @Option(
            names = "--page",
            paramLabel = "URL",
            description = "who is told, by a POST in the form of Alertmanager's webhooks (default: only printed)")
    private @Nullable URI page;

    @Option(names = "--exit-after", paramLabel = "SECONDS", description = "end by itself after so many seconds")
    private @Nullable Long exitAfterS;

    @Override
    public Integer call() throws Exception {
        if (withinS < 1) {
            throw new ConfigException("flag", "--within: " + withinS + ", expected 1 or more seconds");
        }
        RunningSystem system = new RunningSystem(System.err);
        Lifetime lifetime = Lifetime.of(system);
        try (system) {
            Vertx vertx = system.start("Vert.x", () -> Vertx.vertx(), v -> RunningSystem.await(v.close()));
            Watchdog watchdog = system.start(
                    "watchdog",
                    () -> RunningSystem.await(Watchdog.start(
                            vertx,
                            host,
                            port,
                            Duration.ofSeconds(withinS),
                            Optional.ofNullable(page),
                            WatchdogCommand::print)),
                    w -> RunningSystem.await(w.close()));
            System.out.println("heartbeat http://" + host + ":" + watchdog.port() + "/heartbeat   alerts http://" + host
                    + ":" + watchdog.port() + "/page");
            lifetime.await(exitAfterS == null ? null : Duration.ofSeconds(exitAfterS));
        }
        return 0;
    }

    private static void print(String line) {
        System.out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
    }
}
