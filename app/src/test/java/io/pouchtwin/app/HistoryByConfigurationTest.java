package io.pouchtwin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pouchtwin.app.config.AppConfig;
import io.pouchtwin.app.config.ConfigReader;
import io.pouchtwin.app.roles.HistoryPart;
import io.pouchtwin.app.roles.Roles;
import io.pouchtwin.app.roles.RunningSystem;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.history.Database;
import io.pouchtwin.history.embedded.DatabaseSettings;
import io.pouchtwin.history.embedded.EmbeddedDatabase;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history that somebody else runs: named in the configuration, written to, asked through the API, taken away, and replayed. */
class HistoryByConfigurationTest {
    private static final int SAMPLES = 400;
    private static final double START_S = 1_767_225_600;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void anExternalDatabaseIsWrittenAndAskedAndWhatIsTakenAwayReplaysToTheLastBit() throws Exception {
        DatabaseSettings elsewhere = new DatabaseSettings(
                directory.resolve("elsewhere"), 0, 0, "lab", "hush", "reader", "reader", 256 << 20);
        Path own = directory.resolve("own");
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.local(directory.resolve("kafka"), 0));
                EmbeddedDatabase external = EmbeddedDatabase.start(elsewhere);
                RunningSystem system = new RunningSystem(
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))) {
            AppConfig config = new ConfigReader(AppConfig.defaults())
                    .set("kafka.bootstrap-servers", broker.bootstrapServers())
                    .set("history.url", external.address().url().toString())
                    .set("history.user", "lab")
                    .set("history.password", "hush")
                    .set("api.port", "0")
                    .bind(AppConfig.class);
            Roles roles = Roles.alone(system, config.kafka());
            HistoryPart part = roles.history(config.history(), own).orElseThrow();
            assertThat(part.pgPort()).as("its doors are those of who runs it").isEmpty();
            int port = roles.api(config.api(), Optional.of(part.address())).port();
            send(roles);
            Database database = new Database(external.address());
            await().atMost(PATIENCE)
                    .until(() -> database.execute("SELECT count() FROM telemetry_clean")
                                    .at("/dataset/0/0")
                                    .asInt()
                            == SAMPLES);
            assertThat(own).doesNotExist();

            Path file = directory.resolve("taken-away.bdf.csv");
            assertThat(HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                                                    + "/api/v1/cells/coin-7/export?format=bdf"))
                                            .build(),
                                    BodyHandlers.ofFile(file))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(Files.readAllLines(file)).hasSize(SAMPLES + 1);
            List<TwinState> states = replayed(file);
            assertThat(states).hasSize(SAMPLES);
            for (int i = 0; i < SAMPLES; i++) {
                Sample sent = sample(i + 1);
                TwinState state = states.get(i);
                assertThat(state.getSequence()).isEqualTo(sent.getSequence());
                assertThat(state.getVoltageMeasuredV()).isEqualTo(sent.getVoltageV());
                assertThat(state.getCurrentA()).isEqualTo(sent.getCurrentA());
                assertThat(state.getTestTimeS()).isEqualTo(sent.getTestTimeS());
                assertThat(state.getUnixTimeS()).isEqualTo(sent.getUnixTimeS());
                assertThat(state.getTemperatureMeasuredDegc()).isEqualTo(sent.getCellTemperatureDegc());
            }
        }
    }

    private static Sample sample(long sequence) {
        double currentA = sequence < 60 ? 0 : -2e-4;
        return Sample.newBuilder()
                .setSequence(sequence)
                .setTestTimeS(5.0 * sequence + 1 / 3.0)
                .setUnixTimeS(START_S + 5.0 * sequence)
                .setVoltageV(4.2 - 1e-5 / 3 * (double) sequence - (sequence < 60 ? 0 : 0.02))
                .setCurrentA(currentA)
                .setCellTemperatureDegc(25.0 + 0.1 * Math.sin((double) sequence))
                .setStepCount(sequence < 60 ? 1 : 2)
                .setCycleCount(1)
                .setStepType(sequence < 60 ? StepType.STEP_TYPE_REST : StepType.STEP_TYPE_CC_DISCHARGE)
                .build();
    }

    private static void send(Roles roles) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                roles.kafka().with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            CleanBatch.Builder batch = CleanBatch.newBuilder().setCell("coin-7").setTestRun("run-1");
            for (int sequence = 1; sequence <= SAMPLES; sequence++) {
                batch.addSamples(sample(sequence));
            }
            var unused = producer.send(new ProducerRecord<>(
                    Topic.TELEMETRY_CLEAN.topicName(),
                    "coin-7".getBytes(StandardCharsets.UTF_8),
                    batch.build().toByteArray()));
        }
    }

    private List<TwinState> replayed(Path file) throws IOException {
        Path out = directory.resolve("states");
        assertThat(PouchtwinCommand.commandLine()
                        .execute(
                                "replay",
                                file.toString(),
                                "--design",
                                "coin-ncm523-ppla",
                                "--state-out",
                                out.toString()))
                .isZero();
        List<TwinState> states = new ArrayList<>();
        InputStream in = new ByteArrayInputStream(Files.readAllBytes(out));
        for (TwinState state = TwinState.parseDelimitedFrom(in);
                state != null;
                state = TwinState.parseDelimitedFrom(in)) {
            states.add(state);
        }
        return states;
    }
}
