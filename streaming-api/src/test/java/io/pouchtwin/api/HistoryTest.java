package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.history.DatabaseAddress;
import io.pouchtwin.history.Retention;
import io.pouchtwin.history.embedded.DatabaseSettings;
import io.pouchtwin.history.embedded.EmbeddedDatabase;
import io.pouchtwin.history.schema.Column;
import io.pouchtwin.history.schema.StateView;
import io.pouchtwin.history.write.HistoryWriter;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TopicSetup;
import io.pouchtwin.stage.TopicSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** From the topics through the database to the API. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HistoryTest {
    private static final int STATES = 200;

    @TempDir
    static Path directory;

    private static EmbeddedKafka broker;
    private static EmbeddedDatabase database;
    private static HistoryWriter writer;
    private static ApiFixture api;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedKafka.start(BrokerSettings.local(directory.resolve("kafka"), 0));
        KafkaSettings kafka = KafkaSettings.plain(broker.bootstrapServers());
        TopicSetup.ensure(
                kafka,
                Arrays.stream(Topic.values())
                        .map(topic -> new TopicSpec(topic.topicName(), 1, topic.compacted(), (short) 1, Map.of()))
                        .toList());
        database = EmbeddedDatabase.start(new DatabaseSettings(
                directory.resolve("history"), 0, 0, "writer", "secret", "reader", "reader", 256 << 20));
        writer = HistoryWriter.start(database.address(), Retention.FOR_EVER, kafka, new SimpleMeterRegistry());
        api = new ApiFixture(ApiFixture.SMALL, Optional.of(database.address()));
        send(kafka);
        api.feed("A/1", "run-1", 1, 90);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/api/v1/cells/A%2F1/history?points=1000")
                                .body()
                                .contains("\"points\":" + STATES)
                        && api.get("/api/v1/cells/A%2F1/export").statusCode() == 200);
    }

    private static void send(KafkaSettings kafka) {
        SyntheticCell cell = new SyntheticCell("A/1", "run-1");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int sequence = 1; sequence <= STATES; sequence++) {
                TwinState state = cell.state(sequence, 1);
                send(producer, Topic.TWIN_STATE, state.toByteArray());
                Sample sample = Sample.newBuilder()
                        .setSequence(sequence)
                        .setTestTimeS(state.getTestTimeS())
                        .setUnixTimeS(state.getUnixTimeS())
                        .setVoltageV(state.getVoltageMeasuredV())
                        .setCurrentA(state.getCurrentA())
                        .setStepType(StepType.STEP_TYPE_CC_CHARGE)
                        .build();
                CleanBatch batch = CleanBatch.newBuilder()
                        .setCell("A/1")
                        .setTestRun("run-1")
                        .addSamples(sample)
                        .build();
                send(producer, Topic.TELEMETRY_CLEAN, batch.toByteArray());
            }
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, Topic topic, byte[] value) {
        var unused =
                producer.send(new ProducerRecord<>(topic.topicName(), "A/1".getBytes(StandardCharsets.UTF_8), value));
    }

    @AfterAll
    static void stop() {
        api.close();
        writer.close();
        database.close();
        broker.close();
    }

    @Test
    @Order(1)
    void historyTopicAndLiveStatesAgreeForTheSameSample() {
        JsonObject past =
                api.json("/api/v1/cells/A%2F1/history?points=1000&quantities=voltage_measured_v,soc.value,soc_sigma");
        assertThat(past.getString("source")).isEqualTo("samples");
        assertThat(past.getDouble("bucket_s")).isZero();
        JsonArray live = api.json("/api/v1/cells/A%2F1/recent?limit=90").getJsonArray("states");
        SyntheticCell cell = new SyntheticCell("A/1", "run-1");
        for (int i = 0; i < 90; i++) {
            JsonObject state = live.getJsonObject(i);
            TwinState sent = cell.state(i + 1, 1);
            assertThat(past.getJsonArray("sequence").getLong(i)).isEqualTo(state.getLong("sequence"));
            assertThat(value(past, "voltage_measured_v", i))
                    .isEqualTo(state.getDouble("voltage_measured_v"))
                    .isEqualTo(sent.getVoltageMeasuredV());
            assertThat(value(past, "soc", i))
                    .isEqualTo(state.getJsonObject("soc").getDouble("value"));
            assertThat(past.getJsonArray("time").getString(i)).isEqualTo(state.getString("time"));
        }
    }

    private static double value(JsonObject past, String quantity, int place) {
        return past.getJsonObject("quantities")
                .getJsonObject(quantity)
                .getJsonArray("mean")
                .getDouble(place);
    }

    @Test
    @Order(2)
    void anAnswerFitsItsSchemaAndItsPoints() {
        JsonObject document = api.json("/openapi.json");
        for (int points : List.of(3, 10, 150, 5000)) {
            JsonObject past = api.json("/api/v1/cells/A%2F1/history?points=" + points);
            OpenApiTest.assertFits(document, new JsonObject().put("$ref", "#/components/schemas/History"), past);
            assertThat(past.getInteger("points")).isBetween(1, points);
            assertThat(past.getJsonArray("samples").stream()
                            .mapToLong(n -> ((Number) n).longValue())
                            .sum())
                    .isEqualTo(STATES);
        }
    }

    @Test
    @Order(3)
    void samplesAreTakenAwayAsBatteryDataFormat() {
        HttpResponse<String> file = api.get("/api/v1/cells/A%2F1/export?format=bdf");
        List<String> lines = file.body().lines().toList();
        assertThat(file.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(lines.get(0)).startsWith("\"Test Time / s\",\"Voltage / V\",\"Current / A\",\"Unix Time / s\"");
        assertThat(lines).hasSize(STATES + 1);
        double voltage = new SyntheticCell("A/1", "run-1").state(1, 1).getVoltageMeasuredV();
        assertThat(Double.parseDouble(lines.get(1).split(",", -1)[1])).isEqualTo(voltage);
    }

    @Test
    @Order(4)
    void everyContentIsTakenAwayAsParquet() throws Exception {
        for (String content : List.of("samples", "states")) {
            HttpResponse<byte[]> file = api.http.send(
                    HttpRequest.newBuilder(api.uri("/api/v1/cells/A%2F1/export?format=parquet&content=" + content))
                            .build(),
                    BodyHandlers.ofByteArray());
            assertThat(file.statusCode()).isEqualTo(200);
            String bytes = new String(file.body(), StandardCharsets.ISO_8859_1);
            assertThat(bytes).startsWith("PAR1").endsWith("PAR1").contains("test_run");
        }
        assertThat(api.get("/api/v1/cells/A%2F1/export?format=parquet&content=alerts")
                        .statusCode())
                .as("there are none")
                .isEqualTo(404);
    }

    @Test
    @Order(5)
    void theWaysOfAskingAreRehearsedBeforeSomebodyAsks() throws IOException {
        Map<String, Integer> asked = new ConcurrentHashMap<>();
        AtomicBoolean away = new AtomicBoolean(true);
        HttpServer between = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        between.createContext("/", exchange -> {
            if (away.getAndSet(false)) {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
                return;
            }
            HttpResponse<byte[]> answer = passedOn(exchange.getRequestURI());
            asked.put(
                    URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8),
                    answer.statusCode());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        });
        between.start();
        URI address = URI.create("http://127.0.0.1:" + between.getAddress().getPort());
        ApiFixture waking = new ApiFixture(ApiFixture.SMALL, Optional.of(new DatabaseAddress(address, "", "")));
        try {
            // each of the three sources summed up, and samples as they are; though the database was away at first
            for (String part : List.of(
                    "FROM twin_state_1h WHERE cell = 'A/1' .* SAMPLE BY ",
                    "FROM twin_state_1m WHERE cell = 'A/1' .* SAMPLE BY ",
                    "FROM twin_state WHERE cell = 'A/1' .* SAMPLE BY ",
                    "FROM twin_state WHERE cell = 'A/1' .* ORDER BY ts, sequence")) {
                Pattern question = Pattern.compile(part);
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(asked.keySet())
                                .anyMatch(sql -> question.matcher(sql).find()));
            }
            assertThat(asked.values()).as("none was refused").containsOnly(200);
        } finally {
            waking.close();
            between.stop(0);
        }
    }

    private static HttpResponse<byte[]> passedOn(URI question) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(database.address().url().resolve(question))
                .header("Authorization", database.address().authorization())
                .build();
        try {
            return api.http.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Test
    @Order(6)
    void whatCannotBeIsSaidAsAProblem() {
        assertProblem("/api/v1/cells/B/history", 404, "no-history-of-cell");
        assertProblem("/api/v1/cells/B'%20OR%201=1/history", 404, "no-history-of-cell");
        assertProblem("/api/v1/cells/A%2F1/history?quantities=colour", 400, "bad-parameter");
        assertProblem("/api/v1/cells/A%2F1/history?points=2", 400, "bad-parameter");
        assertProblem(
                "/api/v1/cells/A%2F1/history?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", 422, "contradiction");
        // "at most so many points" is kept with fewer, where there are many quantities
        String many =
                StateView.quantities().stream().limit(20).map(Column::name).collect(Collectors.joining(","));
        assertThat(api.get("/api/v1/cells/A%2F1/history?points=5000&quantities=" + many)
                        .statusCode())
                .isEqualTo(200);
        assertProblem("/api/v1/cells/A%2F1/history?quantities=" + many + ",soc", 400, "bad-parameter");
        assertProblem("/api/v1/cells/A%2F1/export?content=states", 422, "contradiction");
        database.close();
        assertProblem("/api/v1/cells/A%2F1/history", 503, "history-away");
        assertProblem("/api/v1/cells/A%2F1/export", 503, "history-away");
    }

    private static void assertProblem(String path, int status, String code) {
        HttpResponse<String> answer = api.get(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo(code);
    }
}
