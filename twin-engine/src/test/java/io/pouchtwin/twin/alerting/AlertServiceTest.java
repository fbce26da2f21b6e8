package io.pouchtwin.twin.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertChange;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.CellSilence;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.StopRequest;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TopicSetup;
import io.pouchtwin.stage.TopicSpec;
import io.pouchtwin.twin.alert.AlertSink;
import io.pouchtwin.twin.alert.AlertThresholds;
import io.pouchtwin.twin.alert.AlertWatch;
import io.pouchtwin.twin.alert.Place;
import io.pouchtwin.twin.alert.States;
import io.pouchtwin.twin.alert.StopPolicy;
import io.pouchtwin.twin.webhook.WebhookConfig;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts on a real broker, across restarts and outages. */
class AlertServiceTest {
    private static final int PARTITIONS = 2;
    private static final long SAMPLES = 600;
    private static final List<String> CELLS = List.of("one", "two", "three");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final StopPolicy STOPS = new StopPolicy(true, 60);

    @TempDir
    static Path directory;

    private static EmbeddedKafka broker;
    private static KafkaSettings kafka;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(BrokerSettings.local(directory, 0));
        kafka = KafkaSettings.plain(broker.bootstrapServers());
        TopicSetup.ensure(
                kafka,
                Arrays.stream(Topic.values())
                        .map(topic -> topic.compacted()
                                ? TopicSpec.table(topic.topicName(), PARTITIONS)
                                : TopicSpec.log(topic.topicName(), PARTITIONS))
                        .toList());
        producer = new KafkaProducer<>(
                kafka.with(Map.of("acks", "all")), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        broker.close();
    }

    @Test
    void eachAlertIsInTheTopicOnceAndToldOnceThoughTheEngineWasRestartedAndTheReceiverWasOutOfOrder()
            throws ExecutionException, InterruptedException {
        CELLS.forEach(cell -> send(
                Topic.CELL_REGISTRY,
                cell,
                CellRegistration.newBuilder()
                        .setCell(cell)
                        .setTester("rack-1")
                        .setChannel(cell)
                        .build()));
        try (Receiver receiver = new Receiver()) {
            AlertsConfig config = AlertsConfig.standard()
                    .withProtectiveStop(STOPS)
                    .withWebhooks(List.of(WebhookConfig.of("lab", receiver.url(), Receiver.SECRET)
                            .withLongestPause(Duration.ofMillis(200))));
            AlertService first = AlertService.start(config, kafka, new SimpleMeterRegistry());
            awaitPlaceOf("webhook.lab");
            receiver.outOfOrder = true;
            feed(CELLS, 1, 250);
            await().atMost(PATIENCE).until(() -> receiver.refused.get() >= 2);
            first.close();
            feed(CELLS, 250, 300);
            AlertService second = AlertService.start(config, kafka, new SimpleMeterRegistry());
            receiver.outOfOrder = false;
            feed(CELLS, 300, SAMPLES);
            Undisturbed undisturbed = new Undisturbed(CELLS);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(alerts(alert -> CELLS.contains(alert.getCell())))
                            .hasSizeGreaterThanOrEqualTo(undisturbed.alerts.size()));
            List<String> told = undisturbed.told();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.accepted).hasSizeGreaterThanOrEqualTo(told.size()));
            second.close();

            Map<String, List<Alert>> inTopic = alerts(alert -> CELLS.contains(alert.getCell())).stream()
                    .collect(Collectors.groupingBy(Alert::getCell));
            for (String cell : CELLS) {
                assertThat(inTopic.get(cell)).isEqualTo(undisturbed.of(cell));
            }
            assertThat(receiver.accepted).containsExactlyInAnyOrderElementsOf(told);
            assertThat(receiver.badSignatures).isEmpty();
            JsonObject body = new JsonObject(receiver.bodies.get(0));
            assertThat(body.getString("type")).isEqualTo("alert.raised");
            assertThat(body.getJsonObject("data").getString("link")).startsWith("http://127.0.0.1:8080/?cell=");
            assertThat(read(Topic.CHANNEL_CONTROL, StopRequest.parser()))
                    .containsExactlyInAnyOrderElementsOf(undisturbed.stops);
        }
    }

    @Test
    void eachAlertIsToldOnceThoughTheProcessWasKilledWithMessagesWaitingAndTheReceiverWasAway() {
        List<String> cells = List.of("four", "five", "six");
        try (Receiver receiver = new Receiver()) {
            try (AlertProcess first = fork(receiver, "first.log")) {
                awaitPlaceOf("webhook.shift");
                feed(cells, 1, 150);
                receiver.outOfOrder = true;
                feed(cells, 150, 250);
                await().atMost(PATIENCE).until(() -> receiver.refused.get() >= 2);
                // SIGKILL in the middle of its attempts, with rules that have gone on beyond them
                first.kill();
            }
            int before = receiver.accepted.size();
            feed(cells, 250, 300);
            Undisturbed undisturbed = new Undisturbed(cells);
            List<String> told = undisturbed.told();
            assertThat(before).isLessThan(told.size());
            try (AlertProcess second = fork(receiver, "second.log")) {
                feed(cells, 300, SAMPLES);
                int refused = receiver.refused.get();
                await().atMost(PATIENCE).until(() -> receiver.refused.get() > refused);
                receiver.goAway();
                await().atMost(PATIENCE)
                        .until(() -> Files.readString(directory.resolve("second.log"))
                                .contains("ConnectException"));
                receiver.outOfOrder = false;
                receiver.comeBack();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(receiver.accepted).hasSizeGreaterThanOrEqualTo(told.size()));
                second.kill();
            }
            assertThat(receiver.accepted).containsExactlyInAnyOrderElementsOf(told);
            for (String cell : cells) {
                assertThat(alerts(alert -> alert.getCell().equals(cell))).isEqualTo(undisturbed.of(cell));
            }
        }
    }

    private static AlertProcess fork(Receiver receiver, String log) {
        return AlertProcess.fork(broker.bootstrapServers(), "shift", receiver.url(), directory.resolve(log));
    }

    @Test
    void aCellThatIsNotHeardIsToldByAWatchWhoseClockIsTheOnlyOne() throws InterruptedException, ExecutionException {
        MovableClock clock = new MovableClock(Instant.now());
        try (AlertService service =
                AlertService.start(AlertsConfig.standard(), kafka, new SimpleMeterRegistry(), clock)) {
            hear("quiet");
            await().atMost(PATIENCE).until(() -> service.health().ready());
            await().atMost(PATIENCE)
                    .until(() -> read(Topic.CELL_SILENCE, CellSilence.parser()).size() == 1);
            clock.now = clock.now.plusSeconds(100);
            awaitChanges("quiet", List.of(AlertChange.ALERT_CHANGE_RAISED));
            assertThat(alerts(alert -> alert.getCell().equals("quiet")))
                    .extracting(Alert::getStepCount, Alert::getCycleCount)
                    .containsExactly(tuple(4, 2));
            clock.now = clock.now.plusSeconds(600);
            awaitChanges("quiet", List.of(AlertChange.ALERT_CHANGE_RAISED, AlertChange.ALERT_CHANGE_ESCALATED));
        }
        // while nothing runs the cell is heard again; the next process says so
        clock.now = Instant.now();
        hear("quiet");
        try (AlertService service =
                AlertService.start(AlertsConfig.standard(), kafka, new SimpleMeterRegistry(), clock)) {
            await().atMost(PATIENCE).until(() -> service.health().ready());
            awaitChanges(
                    "quiet",
                    List.of(
                            AlertChange.ALERT_CHANGE_RAISED,
                            AlertChange.ALERT_CHANGE_ESCALATED,
                            AlertChange.ALERT_CHANGE_CLEARED));
        }
    }

    private static void awaitChanges(String cell, List<AlertChange> changes) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(alerts(alert -> alert.getCell().equals(cell)))
                        .extracting(Alert::getChange)
                        .isEqualTo(changes));
    }

    private static void hear(String cell) {
        send(
                Topic.TELEMETRY_CLEAN,
                cell,
                CleanBatch.newBuilder()
                        .setCell(cell)
                        .setTestRun("run-1")
                        .addSamples(Sample.newBuilder()
                                .setSequence(7)
                                .setTestTimeS(70)
                                .setStepCount(4)
                                .setCycleCount(2))
                        .build());
    }

    private static void feed(List<String> cells, long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            for (String cell : cells) {
                send(Topic.TWIN_STATE, cell, States.eventful(cell, sequence));
            }
        }
        producer.flush();
    }

    private static void send(Topic topic, String key, MessageLite value) {
        var unused = producer.send(
                new ProducerRecord<>(topic.topicName(), key.getBytes(StandardCharsets.UTF_8), value.toByteArray()));
    }

    private static void awaitPlaceOf(String group) {
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            await().atMost(PATIENCE)
                    .until(() -> admin.listConsumerGroupOffsets(group)
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .size()
                            == PARTITIONS);
        }
    }

    private static List<Alert> alerts(Predicate<Alert> wanted) {
        return read(Topic.TWIN_ALERT, Alert.parser()).stream().filter(wanted).toList();
    }

    private static <M extends MessageLite> List<M> read(Topic topic, Parser<M> parser) {
        return records(topic).stream().map(bytes -> parse(parser, bytes)).toList();
    }

    private static <M extends MessageLite> M parse(Parser<M> parser, byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** All committed values of a topic, in order within each key. */
    private static List<byte[]> records(Topic topic) {
        List<byte[]> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.with(Map.of("isolation.level", "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    /** What the pure watches tell of the same states. */
    private static final class Undisturbed implements AlertSink {
        final List<Alert> alerts = new ArrayList<>();
        final List<StopRequest> stops = new ArrayList<>();

        Undisturbed(List<String> cells) {
            AlertSource<TwinState> source = AlertSource.states();
            for (String cell : cells) {
                AlertWatch<TwinState> watch = new AlertWatch<>(source.rules(), source.track(), STOPS);
                for (long sequence = 1; sequence < SAMPLES; sequence++) {
                    var state = States.eventful(cell, sequence);
                    watch.take(
                            state,
                            source.occasion().apply(state),
                            CELLS.contains(cell) ? new Place("rack-1", cell) : Place.UNKNOWN,
                            AlertThresholds.standard(),
                            this);
                }
            }
        }

        /** Ids of the messages to a receiver. */
        List<String> told() {
            return alerts.stream()
                    .filter(alert -> alert.getChange() != AlertChange.ALERT_CHANGE_UPDATED)
                    .map(alert -> alert.getId() + "." + alert.getRevision())
                    .toList();
        }

        List<Alert> of(String cell) {
            return alerts.stream().filter(alert -> alert.getCell().equals(cell)).toList();
        }

        @Override
        public void alert(Alert alert) {
            alerts.add(alert);
        }

        @Override
        public void stop(StopRequest request) {
            stops.add(request);
        }
    }

    private static final class MovableClock extends Clock {
        private volatile Instant now;

        MovableClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
