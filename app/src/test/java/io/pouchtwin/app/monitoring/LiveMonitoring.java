package io.pouchtwin.app.monitoring;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pouchtwin.api.ApiConfig;
import io.pouchtwin.app.DemoPlan;
import io.pouchtwin.app.config.AppConfig;
import io.pouchtwin.app.config.ClusterConfig;
import io.pouchtwin.app.config.KafkaConfig;
import io.pouchtwin.app.roles.HistoryPart;
import io.pouchtwin.app.roles.Roles;
import io.pouchtwin.app.roles.RunningSystem;
import io.pouchtwin.gateway.emulator.VirtualTester;
import io.pouchtwin.history.HistoryConfig;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Everything that the demo runs, with a real Prometheus and a real Alertmanager beside it that use the project's own files: only addresses differ, and the
 * cells are scraped each second, so that a test need not wait.
 */
final class LiveMonitoring implements AutoCloseable {
    /** Fast enough for a soft short to be found within a minute; of the demo's first four cells one has it. */
    private static final double SPEED_UP = 600;

    private static final int CELLS = 4;
    private static final Path DEBIAN_TEMPLATES = Path.of("/usr/share/prometheus/alertmanager/default.tmpl");
    private static final JsonMapper JSON = new JsonMapper();

    private final RunningSystem system = new RunningSystem(new PrintStream(PrintStream.nullOutputStream()));
    private final List<Process> processes = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HistoryPanels history = new HistoryPanels(0);
    private final int apiPort;
    private final int prometheusPort = freePort();
    private final int alertmanagerPort = freePort();

    /** What Alertmanager sent, as JSON, by the path it was sent to. */
    final List<Received> received = new CopyOnWriteArrayList<>();

    record Received(String path, JsonNode body) {}

    LiveMonitoring(Path folder) throws Exception {
        boolean started = false;
        try {
            apiPort = startSystem(folder);
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private int startSystem(Path folder) throws Exception {
        Path prometheus = Tool.PROMETHEUS.orSkip();
        Path alertmanager = Tool.ALERTMANAGER.orSkip();
        boolean unpacked = alertmanager.startsWith(Tool.ROOT.resolve("target/tools"));
        assumeTrue(
                !unpacked || Files.exists(DEBIAN_TEMPLATES),
                "Debian's Alertmanager does not start without " + DEBIAN_TEMPLATES);
        EmbeddedKafka broker = system.start(
                "Kafka",
                () -> EmbeddedKafka.start(BrokerSettings.local(folder.resolve("broker"), 0)),
                EmbeddedKafka::close);
        AppConfig config = AppConfig.defaults();
        Roles roles = Roles.inCluster(
                system,
                KafkaConfig.defaults().at(broker.bootstrapServers()),
                new ClusterConfig("monitoring", "127.0.0.1", 0, "", Map.of()));
        DemoPlan plan = new DemoPlan(CELLS, SPEED_UP);
        VirtualTester tester = system.start(
                "tester",
                () -> RunningSystem.await(VirtualTester.start(plan.tester(folder.resolve("tester")), roles.vertx())),
                t -> RunningSystem.await(t.close()));
        roles.ingest(config.ingest());
        roles.engine(config.engine());
        roles.alerts(config.alerts());
        HistoryPart past =
                roles.history(historyOnFreePorts(), folder.resolve("history")).orElseThrow();
        history = new HistoryPanels(past.pgPort().orElseThrow());
        int port = roles.api(ApiConfig.defaults().withPort(0), Optional.of(past.address()))
                .port();
        roles.gateway(plan.gateway(tester.port()));
        int receiverPort = receiver(roles);
        start(folder, "alertmanager", alertmanager(alertmanager, folder, receiverPort));
        start(folder, "prometheus", prometheus(prometheus, folder, port));
        subscribe(port);
        return port;
    }

    private static HistoryConfig historyOnFreePorts() {
        HistoryConfig usual = HistoryConfig.defaults();
        return new HistoryConfig(
                true,
                "",
                "",
                "",
                0,
                0,
                usual.readerUser(),
                usual.readerPassword(),
                usual.memoryMb(),
                usual.retention());
    }

    /** The history database as Grafana asks it. */
    HistoryPanels history() {
        return history;
    }

    private int receiver(Roles roles) throws Exception {
        return RunningSystem.await(roles.vertx()
                        .createHttpServer()
                        .requestHandler(request -> request.body().onSuccess(body -> {
                            received.add(new Received(request.path(), json(body.toString())));
                            request.response().end();
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    private List<String> alertmanager(Path program, Path folder, int receiverPort) throws IOException {
        Path file = folder.resolve("alertmanager.yml");
        Files.writeString(
                file,
                Files.readString(Tool.ROOT.resolve("grafana/alertmanager/alertmanager.yml"))
                        .replace("127.0.0.1:9099", "127.0.0.1:" + receiverPort));
        return List.of(
                program.toString(),
                "--config.file=" + file,
                "--storage.path=" + folder.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + alertmanagerPort,
                "--cluster.listen-address=");
    }

    private List<String> prometheus(Path program, Path folder, int port) throws IOException {
        Path file = folder.resolve("prometheus.yml");
        Files.writeString(
                file,
                Files.readString(Tool.ROOT.resolve("grafana/prometheus/prometheus.yml"))
                        .replace("127.0.0.1:8080", "127.0.0.1:" + port)
                        .replace("127.0.0.1:9090", "127.0.0.1:" + prometheusPort)
                        .replace("127.0.0.1:9093", "127.0.0.1:" + alertmanagerPort)
                        .replace("scrape_interval: 5s", "scrape_interval: 1s")
                        .replace("scrape_timeout: 4s", "scrape_timeout: 1s")
                        .replace("rules/*.yml", Tool.ROOT.resolve("grafana/prometheus/rules") + "/*.yml"));
        return List.of(
                program.toString(),
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + prometheusPort,
                "--rules.alert.resend-delay=2s");
    }

    private void start(Path folder, String name, List<String> command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    /** Somebody looks, so that there is a latency to measure. */
    private void subscribe(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/stream"))
                .build();
        var unused = http.sendAsync(request, BodyHandlers.ofLines())
                .thenAccept(lines -> lines.body().forEach(line -> {}));
    }

    /** What the API answers. */
    String api(String path) {
        return get("http://127.0.0.1:" + apiPort + path).body();
    }

    /** The vector that a query gives now. */
    JsonNode instant(String query) {
        return result("query?query=" + encoded(query), query);
    }

    /** The matrix that a query gives over the last so many seconds. */
    JsonNode range(String query, long seconds) {
        long now = System.currentTimeMillis() / 1000;
        return result(
                "query_range?step=1&start=" + (now - seconds) + "&end=" + now + "&query=" + encoded(query), query);
    }

    private JsonNode result(String path, String query) {
        JsonNode answer = json(
                get("http://127.0.0.1:" + prometheusPort + "/api/v1/" + path).body());
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(query + "\n" + answer);
        }
        return answer.at("/data/result");
    }

    private HttpResponse<String> get(String uri) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(uri, e);
        }
    }

    /** Whether Prometheus answers yet. */
    boolean prometheusReady() {
        try {
            return http.send(
                                    HttpRequest.newBuilder(
                                                    URI.create("http://127.0.0.1:" + prometheusPort + "/-/ready"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            var ended = process.onExit()
                    .completeOnTimeout(process, 10, TimeUnit.SECONDS)
                    .join();
            if (ended.isAlive()) {
                process.destroyForcibly();
            }
        }
        system.close();
    }
}
