package io.pouchtwin.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pouchtwin.api.security.NewApiKey;
import io.pouchtwin.api.security.Role;
import io.pouchtwin.api.security.TlsConfig;
import io.pouchtwin.contracts.RecordHeader;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.AuditRecord;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.LivePoint;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TopicSetup;
import io.pouchtwin.stage.TopicSpec;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingApiTest {
    private static final ApiConfig ANY_PORT = ApiConfig.defaults().withPort(0);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        ApiFixture.await(vertx.close());
    }

    @Test
    void whatKafkaHoldsIsServedAndStreamedAlsoAfterARestart() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.local(directory, 0));
                Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            KafkaSettings kafka = KafkaSettings.plain(broker.bootstrapServers());
            TopicSetup.ensure(
                    kafka,
                    List.of(
                            TopicSpec.log(Topic.TWIN_STATE.topicName(), 2),
                            TopicSpec.log(Topic.TELEMETRY_CLEAN.topicName(), 2),
                            TopicSpec.log(Topic.TWIN_ALERT.topicName(), 2),
                            TopicSpec.log(Topic.ALERT_ACKNOWLEDGEMENT.topicName(), 2),
                            TopicSpec.log(Topic.TWIN_FORECAST.topicName(), 2),
                            TopicSpec.log(Topic.TWIN_CYCLE.topicName(), 2),
                            TopicSpec.log(Topic.API_AUDIT.topicName(), 1),
                            TopicSpec.table(Topic.CELL_REGISTRY.topicName(), 1)));
            SyntheticCell cell = new SyntheticCell("A01", "run-1");
            write(producer, Topic.CELL_REGISTRY, cell.registration(1));
            writeStates(producer, cell, 1, 20);
            write(producer, Topic.TWIN_STATE, new byte[] {-1, 3});
            write(
                    producer,
                    Topic.TELEMETRY_CLEAN,
                    CleanBatch.newBuilder()
                            .setCell("A01")
                            .setTestRun("run-1")
                            .setLive(LivePoint.newBuilder().setVoltageV(3.9).setChannelState("working"))
                            .build());
            write(producer, Topic.TWIN_ALERT, Alerts.raised("0a", "A01"));
            producer.flush();

            PrometheusMeterRegistry meters = meters();
            StreamingApi api =
                    ApiFixture.await(StreamingApi.start(ANY_PORT, kafka, ApiSources.of(Map::of), vertx, meters));
            await().atMost(Duration.ofSeconds(20)).until(() -> api.unready().isEmpty());
            await().untilAsserted(() -> {
                JsonObject detail = get(api, "/api/v1/cells/A01");
                assertThat(detail.getJsonObject("registration").getString("channel"))
                        .isEqualTo("27-21-2-1");
                assertThat(detail.getJsonObject("latest").getLong("sequence")).isEqualTo(20);
                assertThat(detail.getJsonObject("liveness").getString("state")).isEqualTo("live");
                assertThat(detail.getJsonObject("live_point").getDouble("voltage_v"))
                        .isEqualTo(3.9);
                assertThat(detail.getInteger("states_held")).isEqualTo(20);
            });
            assertThat(post(api, "/api/v1/alerts/0a/acknowledge", "{\"operator\":\"anna\"}")
                            .statusCode())
                    .isEqualTo(200);
            // what comes back from the topic would else come between the states
            await().until(() -> get(api, "/api/v1/alerts/0a").getJsonObject("acknowledgement") != null);
            String last;
            try (EventStream stream = stream(api, "run-1:18")) {
                writeStates(producer, cell, 21, 25);
                List<EventStream.Event> states = stream.states(7);
                last = states.get(6).id();
                assertThat(last).isEqualTo("run-1:25");
            }
            assertThat(meters.get("pouchtwin.api.undecodable").counter().count())
                    .isEqualTo(1);
            ApiFixture.await(api.close());

            writeStates(producer, cell, 26, 30);
            // one that the topic's tail does not reach any more, and an older state of one that it does
            Map<String, ByteString> view = Map.of("Z09", state("Z09", 7), "A01", state("A01", 3));
            StreamingApi again =
                    ApiFixture.await(StreamingApi.start(ANY_PORT, kafka, ApiSources.of(() -> view), vertx, meters()));
            await().atMost(Duration.ofSeconds(20)).until(() -> again.unready().isEmpty());
            await().until(() -> send(again, "/api/v1/cells/Z09").statusCode() == 200);
            assertThat(get(again, "/api/v1/cells/Z09").getJsonObject("latest").getLong("sequence"))
                    .isEqualTo(7);
            await().until(() -> get(again, "/api/v1/cells/A01").getInteger("states_held") == 30);
            await().until(() -> "anna"
                    .equals(get(again, "/api/v1/alerts/0a")
                            .getJsonObject("acknowledgement", new JsonObject())
                            .getString("operator")));
            try (EventStream stream = stream(again, last)) {
                assertThat(stream.states(5).stream()
                                .map(e -> e.data().getLong("sequence"))
                                .toList())
                        .containsExactly(26L, 27L, 28L, 29L, 30L);
            }
            ApiFixture.await(again.close());
        }
    }

    private static ByteString state(String cell, long sequence) {
        return TwinState.newBuilder()
                .setCell(cell)
                .setTestRun("run-1")
                .setSequence(sequence)
                .build()
                .toByteString();
    }

    @Test
    void aChangeIsKeptInKafkaWithWhoDidIt() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.local(directory, 0))) {
            KafkaSettings kafka = KafkaSettings.plain(broker.bootstrapServers());
            TopicSetup.ensure(kafka, List.of(TopicSpec.log(Topic.API_AUDIT.topicName(), 1)));
            NewApiKey key = NewApiKey.make("anna", Role.OPERATOR);
            Path keys = Files.writeString(directory.resolve("keys"), key.line());
            ApiConfig config = ANY_PORT.with(TlsConfig.NONE, LoginTest.access(keys, 100, 100, 10, ""));
            StreamingApi api =
                    ApiFixture.await(StreamingApi.start(config, kafka, ApiSources.of(Map::of), vertx, meters()));
            HttpRequest signIn = HttpRequest.newBuilder(URI.create(api.address() + "api/v1/session"))
                    .header("Authorization", "Bearer " + key.key())
                    .POST(BodyPublishers.noBody())
                    .build();
            assertThat(http.send(signIn, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                reader.assign(List.of(new TopicPartition(Topic.API_AUDIT.topicName(), 0)));
                List<AuditRecord> kept = new ArrayList<>();
                await().until(() -> {
                    for (var entry : reader.poll(Duration.ofMillis(100))) {
                        kept.add(AuditRecord.parseFrom(entry.value()));
                    }
                    return !kept.isEmpty();
                });
                AuditRecord first = kept.get(0);
                assertThat(first.getCaller()).isEqualTo("anna");
                assertThat(first.getKind()).isEqualTo("key");
                assertThat(first.getOperation()).isEqualTo("signIn");
                assertThat(first.getStatus()).isEqualTo(200);
                assertThat(first.getUnixTimeS()).isGreaterThan(1.7e9);
                assertThat(first.toString()).doesNotContain(key.key());
            }
            ApiFixture.await(api.close());
        }
    }

    @Test
    void withoutKafkaTheApiAnswersAndSaysWhyItIsNotReady() throws Exception {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        KafkaSettings kafka = KafkaSettings.plain("127.0.0.1:" + closedPort);
        StreamingApi api =
                ApiFixture.await(StreamingApi.start(ANY_PORT, kafka, ApiSources.of(Map::of), vertx, meters()));
        HttpResponse<String> ready = send(api, "/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        JsonObject body = new JsonObject(ready.body());
        assertThat(body.getString("status")).isEqualTo("not ready");
        assertThat(body.getJsonArray("checks")).hasSize(7);
        assertThat(body.getJsonArray("checks").getJsonObject(0).getBoolean("ok"))
                .isFalse();
        assertThat(body.getJsonArray("checks").getJsonObject(0).getString("words"))
                .isNotEmpty();
        assertThat(send(api, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(api, "/api/v1/cells").getJsonArray("cells")).isEmpty();
        ApiFixture.await(api.close());
    }

    @Test
    void aPortInUseNamesThePortAndTheFlag() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ApiConfig config = ApiConfig.defaults().withPort(taken.getLocalPort());
            assertThatThrownBy(() -> ApiFixture.await(StreamingApi.start(
                            config, KafkaSettings.plain("127.0.0.1:1"), ApiSources.of(Map::of), vertx, meters())))
                    .hasRootCauseInstanceOf(java.net.BindException.class)
                    .cause()
                    .cause()
                    .hasMessageContainingAll("port " + taken.getLocalPort(), "--port");
        }
    }

    private static PrometheusMeterRegistry meters() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    private static void writeStates(Producer<byte[], byte[]> producer, SyntheticCell cell, long from, long to) {
        for (long sequence = from; sequence <= to; sequence++) {
            write(producer, Topic.TWIN_STATE, cell.state(sequence, 1));
        }
        producer.flush();
    }

    private static void write(Producer<byte[], byte[]> producer, Topic topic, Message message) {
        write(producer, topic, message.toByteArray());
    }

    private static void write(Producer<byte[], byte[]> producer, Topic topic, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic.topicName(), "A01".getBytes(UTF_8), value);
        record.headers()
                .add(
                        RecordHeader.RECEIVED_UNIX_US,
                        Long.toString(System.currentTimeMillis() * 1000).getBytes(UTF_8));
        var unused = producer.send(record);
    }

    private EventStream stream(StreamingApi api, String lastEventId) {
        return EventStream.open(
                http, URI.create(api.address() + "api/v1/cells/A01/stream"), "Last-Event-ID", lastEventId);
    }

    private JsonObject get(StreamingApi api, String path) throws IOException, InterruptedException {
        return new JsonObject(send(api, path).body());
    }

    private HttpResponse<String> post(StreamingApi api, String path, String json)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + api.port() + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> send(StreamingApi api, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + api.port() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
