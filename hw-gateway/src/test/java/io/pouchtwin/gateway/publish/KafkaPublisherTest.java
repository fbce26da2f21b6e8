package io.pouchtwin.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.GatewayPosition;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.gateway.CellConfig;
import io.pouchtwin.gateway.Gateway;
import io.pouchtwin.gateway.GatewayConfig;
import io.pouchtwin.gateway.Polling;
import io.pouchtwin.gateway.TesterConfig;
import io.pouchtwin.gateway.Timeouts;
import io.pouchtwin.gateway.emulator.Instrument;
import io.pouchtwin.gateway.emulator.LinearCell;
import io.pouchtwin.gateway.emulator.LoggingPlan;
import io.pouchtwin.gateway.emulator.Programme;
import io.pouchtwin.gateway.emulator.Storyline;
import io.pouchtwin.gateway.emulator.VirtualCellConfig;
import io.pouchtwin.gateway.emulator.VirtualTester;
import io.pouchtwin.gateway.emulator.VirtualTesterConfig;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway and a real broker. */
class KafkaPublisherTest {
    private static final String CHANNEL = "27-21-1-1";
    private static final int PARTITIONS = 2;

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedKafka broker;

    @BeforeEach
    void topics() throws Exception {
        broker = EmbeddedKafka.start(BrokerSettings.local(temporary(), 0));
        try (Admin admin = Admin.create(settings())) {
            admin.createTopics(Arrays.stream(Topic.values())
                            .map(t -> new NewTopic(t.topicName(), PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void close() throws Exception {
        wait(vertx.close());
        broker.close();
    }

    @Test
    void positionsAreRecalledAsTheyWereLastPublished() throws Exception {
        KafkaPublisher publisher = new KafkaPublisher(settings());
        assertThat(wait(publisher.positions())).isEmpty();
        for (long last = 1; last <= 20; last++) {
            for (String channel : List.of("a", "b", "c")) {
                wait(publisher.publish(position(channel, last)));
            }
        }
        wait(publisher.close());
        KafkaPublisher second = new KafkaPublisher(settings());
        assertThat(wait(second.positions()))
                .containsOnlyKeys("t/a", "t/b", "t/c")
                .containsEntry("t/b", position("b", 20));
        wait(second.close());
    }

    @Test
    void nothingIsLostWhileTheBrokerIsAway() throws Exception {
        VirtualTester tester = wait(VirtualTester.start(
                new VirtualTesterConfig(
                        "127.0.0.1", 0, ZoneId.of("UTC"), 3_000, List.of(cell()), 7, null, Duration.ofSeconds(60)),
                vertx,
                LinearCell::of,
                System::nanoTime));
        Gateway gateway = start(tester);
        await().atMost(30, TimeUnit.SECONDS).until(() -> !samples().isEmpty());
        int port = broker.port();
        Path data = temporary();
        broker.close();
        long stored = tester.stored(CHANNEL);
        await().until(() -> tester.stored(CHANNEL) > stored + 300);
        broker = EmbeddedKafka.start(BrokerSettings.local(data, port));
        await().atMost(40, TimeUnit.SECONDS).until(() -> highest(samples()) > stored + 300);
        broker.close();
        // the end does not wait for a broker that is away
        wait(gateway.close());
        broker = EmbeddedKafka.start(BrokerSettings.local(data, port));
        Gateway second = start(tester);
        long before = highest(samples());
        await().atMost(40, TimeUnit.SECONDS).until(() -> highest(samples()) > before + 100);
        wait(second.close());
        wait(tester.close());
        List<Long> distinct =
                samples().stream().map(RawSample::getSequence).distinct().toList();
        assertThat(distinct)
                .isEqualTo(LongStream.rangeClosed(1, distinct.size()).boxed().toList());
        assertThat(records(Topic.CELL_REGISTRY))
                .extracting(r -> CellRegistration.parseFrom(r.value()).getChannel())
                .containsOnly(CHANNEL);
    }

    private Gateway start(VirtualTester tester) {
        TesterConfig config = TesterConfig.neware(
                "t",
                "127.0.0.1",
                tester.port(),
                ZoneId.of("UTC"),
                Polling.USUAL.every(Duration.ofMillis(50)),
                Timeouts.USUAL);
        return Gateway.start(
                new GatewayConfig(List.of(config), List.of(new CellConfig("t", CHANNEL, "c", "linear", 1, 0, "", ""))),
                settings(),
                vertx,
                new SimpleMeterRegistry());
    }

    private static VirtualCellConfig cell() {
        return new VirtualCellConfig(
                "linear",
                "b",
                1,
                1.2,
                300,
                Programme.fastCharge(5, 4.2, 1, 3.0, 120, 1_000_000),
                LoggingPlan.USUAL,
                Instrument.sixteenBit(12, 7),
                Storyline.HEALTHY);
    }

    private static GatewayPosition position(String channel, long last) {
        return GatewayPosition.newBuilder()
                .setTester("t")
                .setChannel(channel)
                .setTestRun("5")
                .setLastSequence(last)
                .build();
    }

    private static long highest(List<RawSample> samples) {
        return samples.stream().mapToLong(RawSample::getSequence).max().orElse(0);
    }

    private List<RawSample> samples() throws Exception {
        List<RawSample> samples = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records(Topic.TELEMETRY_RAW)) {
            assertThat(record.key()).isEqualTo("t/" + CHANNEL);
            samples.addAll(RawBatch.parseFrom(record.value()).getSamplesList());
        }
        return samples;
    }

    private List<ConsumerRecord<String, byte[]>> records(Topic topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private Map<String, Object> settings() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private Path temporary() {
        return directory.resolve("broker");
    }

    private static <T> T wait(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
