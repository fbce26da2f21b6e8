package io.pouchtwin.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.StopRecord;
import io.pouchtwin.contracts.v1.StopRecord.Outcome;
import io.pouchtwin.contracts.v1.StopRequest;
import io.pouchtwin.gateway.emulator.Instrument;
import io.pouchtwin.gateway.emulator.LinearCell;
import io.pouchtwin.gateway.emulator.LoggingPlan;
import io.pouchtwin.gateway.emulator.Programme;
import io.pouchtwin.gateway.emulator.Storyline;
import io.pouchtwin.gateway.emulator.VirtualCellConfig;
import io.pouchtwin.gateway.emulator.VirtualTester;
import io.pouchtwin.gateway.emulator.VirtualTesterConfig;
import io.pouchtwin.gateway.neware.ArmedChannel;
import io.pouchtwin.gateway.neware.ChannelAddress;
import io.pouchtwin.gateway.publish.RecordingPublisher;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TopicSetup;
import io.pouchtwin.stage.TopicSpec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel is stopped where its own gateway arms it, and nowhere else. Tried on the virtual tester. */
class ProtectiveStopTest {
    private static final String ARMED = "27-21-1-1";
    private static final String READ_ONLY = "27-21-1-2";

    private final Vertx vertx = Vertx.vertx();
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final List<Gateway> gateways = new ArrayList<>();
    private final List<VirtualTester> testers = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void close() throws Exception {
        for (Gateway gateway : gateways) {
            wait(gateway.close());
        }
        for (VirtualTester tester : testers) {
            wait(tester.close());
        }
        wait(vertx.close());
    }

    @Test
    void anArmedChannelIsStoppedAndItsTestEndsWhileItsNeighbourGoesOn() throws Exception {
        VirtualTester tester = tester();
        Gateway gateway = Gateway.start(config(tester), publisher, vertx, new SimpleMeterRegistry());
        gateways.add(gateway);
        String run = awaitRun(ARMED);
        gateway.stopChannel(request(ARMED, "cell-0", run), 0);
        await().atMost(Duration.ofSeconds(20)).until(() -> publisher.stops().size() == 1);
        assertThat(publisher.stops().get(0).getOutcome()).isEqualTo(Outcome.STOPPED);
        assertThat(publisher.stops().get(0).getRequest().getReason()).isEqualTo("soft-short: test");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> publisher.batches().stream()
                        .anyMatch(b -> b.getChannel().equals(ARMED) && b.getRunComplete()));
        long stopped = tester.stored(ARMED);
        int neighbour = publisher.count(READ_ONLY);
        await().atMost(Duration.ofSeconds(20)).until(() -> publisher.count(READ_ONLY) > neighbour + 100);
        assertThat(tester.stored(ARMED)).isEqualTo(stopped);
        assertThat(publisher.count(ARMED)).isEqualTo((int) stopped);
    }

    @Test
    void aChannelThatIsNotArmedNeverGetsAStopNorOneWhoseCellOrTestIsAnotherNorAnOldRequest() throws Exception {
        VirtualTester tester = tester();
        Gateway gateway = Gateway.start(config(tester), publisher, vertx, new SimpleMeterRegistry());
        gateways.add(gateway);
        String run = awaitRun(READ_ONLY);
        gateway.stopChannel(request(READ_ONLY, "cell-1", run), 0);
        gateway.stopChannel(request(ARMED, "another cell", awaitRun(ARMED)), 0);
        gateway.stopChannel(request(ARMED, "cell-0", "another test"), 0);
        gateway.stopChannel(request(ARMED, "cell-0", awaitRun(ARMED)), 61_000);
        await().atMost(Duration.ofSeconds(20)).until(() -> publisher.stops().size() == 4);
        assertThat(publisher.stops())
                .extracting(StopRecord::getOutcome)
                .containsExactlyInAnyOrder(Outcome.NOT_ARMED, Outcome.NOT_ARMED, Outcome.OTHER_RUN, Outcome.EXPIRED);
        int armed = publisher.count(ARMED);
        int other = publisher.count(READ_ONLY);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> publisher.count(ARMED) > armed + 100 && publisher.count(READ_ONLY) > other + 100);
        assertThat(publisher.batches()).noneMatch(RawBatch::getRunComplete);
    }

    @Test
    void aStopThatTheConnectionSwallowedIsAskedForAgain() throws Exception {
        VirtualTester tester = tester();
        Gateway gateway = Gateway.start(config(tester), publisher, vertx, new SimpleMeterRegistry());
        gateways.add(gateway);
        String run = awaitRun(ARMED);
        wait(tester.close());
        testers.remove(tester);
        gateway.stopChannel(request(ARMED, "cell-0", run), 59_500);
        await().atMost(Duration.ofSeconds(20)).until(() -> publisher.stops().size() == 1);
        assertThat(publisher.stops().get(0).getOutcome()).isEqualTo(Outcome.EXPIRED);
    }

    @Test
    void thereIsNoWayToAStopWithoutTheArm() {
        ChannelAddress address = new ChannelAddress("127.0.0.1", 27, 21, 1, 1);
        assertThat(ArmedChannel.where(false, address)).isEmpty();
        assertThat(ArmedChannel.where(true, address)).isPresent();
        assertThat(Arrays.stream(ArmedChannel.class.getConstructors())).isEmpty();
    }

    @Test
    void requestsComeOverKafkaAndEveryOutcomeIsOnRecordThere() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.local(directory, 0))) {
            KafkaSettings kafka = KafkaSettings.plain(broker.bootstrapServers());
            TopicSetup.ensure(
                    kafka,
                    Arrays.stream(Topic.values())
                            .map(topic -> topic.compacted()
                                    ? TopicSpec.table(topic.topicName(), 1)
                                    : TopicSpec.log(topic.topicName(), 1))
                            .toList());
            VirtualTester tester = tester();
            Gateway gateway = Gateway.start(config(tester), kafka.with(Map.of()), vertx, new SimpleMeterRegistry());
            gateways.add(gateway);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> records(kafka, Topic.TELEMETRY_RAW).stream()
                                    .map(bytes -> parse(bytes, RawBatch.parser()))
                                    .filter(batch -> batch.getSamplesCount() > 0)
                                    .map(RawBatch::getChannel)
                                    .distinct()
                                    .count()
                            == 2);
            Map<String, String> runs = new HashMap<>();
            records(kafka, Topic.TELEMETRY_RAW).stream()
                    .map(bytes -> parse(bytes, RawBatch.parser()))
                    .forEach(batch -> runs.put(batch.getChannel(), batch.getTestRun()));
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(kafka.with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
                for (StopRequest request : List.of(
                        request(READ_ONLY, "cell-1", runs.getOrDefault(READ_ONLY, "")),
                        request(ARMED, "cell-0", runs.getOrDefault(ARMED, "")))) {
                    var unused = producer.send(new ProducerRecord<>(
                            Topic.CHANNEL_CONTROL.topicName(),
                            request.getChannel().getBytes(StandardCharsets.UTF_8),
                            request.toByteArray()));
                }
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(records(kafka, Topic.CHANNEL_AUDIT))
                            .extracting(
                                    bytes -> parse(bytes, StopRecord.parser()).getOutcome())
                            .containsExactlyInAnyOrder(Outcome.NOT_ARMED, Outcome.STOPPED));
            wait(gateway.close());
            gateways.clear();
        }
    }

    private static <M> M parse(byte[] bytes, Parser<M> parser) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static List<byte[]> records(KafkaSettings kafka, Topic topic) {
        List<byte[]> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka.with(Map.of()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic.topicName(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private static StopRequest request(String channel, String cell, String run) {
        return StopRequest.newBuilder()
                .setId("0a")
                .setCell(cell)
                .setTester("tester-1")
                .setChannel(channel)
                .setTestRun(run)
                .setReason("soft-short: test")
                .build();
    }

    private String awaitRun(String channel) {
        await().atMost(Duration.ofSeconds(20)).until(() -> publisher.count(channel) > 20);
        return publisher.batches().stream()
                .filter(b -> b.getChannel().equals(channel))
                .map(RawBatch::getTestRun)
                .findFirst()
                .orElseThrow();
    }

    private VirtualTester tester() throws Exception {
        List<VirtualCellConfig> cells = IntStream.range(0, 2)
                .mapToObj(i -> new VirtualCellConfig(
                        "linear",
                        "cell " + i,
                        i,
                        1.2,
                        300,
                        Programme.fastCharge(5, 4.2, 1, 3.0, 120, 1_000_000),
                        new LoggingPlan(5, 30, 0.02),
                        Instrument.sixteenBit(12, i + 1),
                        Storyline.HEALTHY))
                .toList();
        VirtualTester tester = wait(VirtualTester.start(
                new VirtualTesterConfig(
                        "127.0.0.1", 0, ZoneId.of("UTC"), 10_000, cells, 100, null, Duration.ofSeconds(60)),
                vertx,
                LinearCell::of,
                System::nanoTime));
        testers.add(tester);
        return tester;
    }

    private static GatewayConfig config(VirtualTester tester) {
        TesterConfig testerConfig = TesterConfig.neware(
                "tester-1",
                "127.0.0.1",
                tester.port(),
                ZoneId.of("UTC"),
                new Polling(Duration.ofMillis(20), 2, 100, 4, 1_000_000),
                new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMillis(200)));
        CellConfig armed = new CellConfig("tester-1", ARMED, "cell-0", "linear", 1.2, 300, "", "").withArmed();
        CellConfig other = new CellConfig("tester-1", READ_ONLY, "cell-1", "linear", 1.2, 300, "", "");
        return new GatewayConfig(List.of(testerConfig), List.of(armed, other));
    }

    private static <T> T wait(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
