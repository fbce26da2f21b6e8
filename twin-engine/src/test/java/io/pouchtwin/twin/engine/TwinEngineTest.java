package io.pouchtwin.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.RecordHeader;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TopicSetup;
import io.pouchtwin.stage.TopicSpec;
import io.pouchtwin.twin.CellTwins;
import io.pouchtwin.twin.Samples;
import io.pouchtwin.twin.StraightLineCell;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.TwinSettings;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

/** The shell on a real broker. */
class TwinEngineTest {
    private static final int PARTITIONS = 2;
    private static final List<String> CELLS = List.of("one", "two", "three");

    @TempDir
    static Path directory;

    private static EmbeddedKafka broker;
    private static KafkaSettings kafka;
    private static Vertx vertx;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(BrokerSettings.local(directory, 0));
        kafka = KafkaSettings.plain(broker.bootstrapServers());
        vertx = Vertx.vertx();
        List<TopicSpec> topics = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            topics.add(
                    topic.compacted()
                            ? TopicSpec.table(topic.topicName(), PARTITIONS)
                            : TopicSpec.log(topic.topicName(), PARTITIONS));
        }
        TopicSetup.ensure(kafka, topics);
        producer = new KafkaProducer<>(
                kafka.with(Map.of("acks", "all")), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        broker.close();
    }

    @Test
    void theTopicHoldsTheBitsOfAnUndisturbedRunThoughTheEngineWasRestarted()
            throws ExecutionException, InterruptedException, UnknownDesignException {
        Map<String, TwinState> live = new ConcurrentHashMap<>();
        for (String cell : CELLS) {
            register(cell, "straight-line");
            vertx.eventBus().<Buffer>consumer(TwinEngine.liveAddress(cell), message -> {
                live.put(cell, parse(message.body().getBytes()));
            });
        }
        register("odd", "perpetuum");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();

        TwinEngine first = engine(meters);
        feed(0, 100);
        send("odd", Samples.run(1, 3, 0.05));
        send("nobody", Samples.run(1, 3, 0.05));
        awaitStates(CELLS.size() * 100);
        first.close();
        feed(100, 150);
        TwinEngine second = engine(meters);
        feed(150, 200);
        List<ConsumerRecord<byte[], byte[]>> states = awaitStates(CELLS.size() * 200);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(live.values())
                        .extracting(TwinState::getSequence)
                        .containsExactly(200L, 200L, 200L));
        second.close();

        for (int c = 0; c < CELLS.size(); c++) {
            assertThat(valuesOf(states, CELLS.get(c))).isEqualTo(undisturbed(CELLS.get(c), samples(c)));
        }
        assertThat(states)
                .allSatisfy(record -> assertThat(record.headers().lastHeader(RecordHeader.RECEIVED_UNIX_US))
                        .isNotNull());
        List<Rejected> rejected = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(Topic.TELEMETRY_REJECTED)) {
            rejected.add(parseRejected(record.value()));
        }
        assertThat(rejected)
                .extracting(Rejected::getCode)
                .containsExactlyInAnyOrder("design-unknown", "design-unknown");
        assertThat(rejected).extracting(Rejected::getCell).containsExactlyInAnyOrder("odd", "nobody");
        assertThat(meters.get("pouchtwin.twin.samples").counter().count()).isGreaterThanOrEqualTo(600);
        assertThat(meters.get("pouchtwin.twin.rejected")
                        .tag("reason", "design-unknown")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(2);
    }

    private static TwinEngine engine(SimpleMeterRegistry meters) {
        return TwinEngine.start(EngineConfig.standard(), kafka, vertx, meters, StraightLineCell.models());
    }

    private static List<Sample> samples(int cell) {
        return Samples.run(20 + cell, 200, 0.04 + 0.02 * cell);
    }

    private static void feed(int from, int to) throws ExecutionException, InterruptedException {
        for (int at = from; at < to; at += 7) {
            for (int c = 0; c < CELLS.size(); c++) {
                send(CELLS.get(c), samples(c).subList(at, Math.min(to, at + 7)));
            }
        }
    }

    private static void register(String cell, String design) throws ExecutionException, InterruptedException {
        send(
                Topic.CELL_REGISTRY,
                cell,
                CellRegistration.newBuilder().setCell(cell).setDesign(design).build());
    }

    private static void send(String cell, List<Sample> samples) throws ExecutionException, InterruptedException {
        send(Topic.TELEMETRY_CLEAN, cell, Samples.batch(cell, samples));
    }

    private static void send(Topic topic, String cell, MessageLite value)
            throws ExecutionException, InterruptedException {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic.topicName(), cell.getBytes(StandardCharsets.UTF_8), value.toByteArray());
        record.headers().add(RecordHeader.RECEIVED_UNIX_US, new byte[] {0, 0, 0, 0, 0, 0, 0, 1});
        producer.send(record).get();
    }

    private static List<ConsumerRecord<byte[], byte[]>> awaitStates(int count) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> read(Topic.TWIN_STATE), records -> records.size() >= count);
    }

    /** Everything committed that a topic holds. */
    private static List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.with(Map.of("isolation.level", "read_committed", "fetch.max.wait.ms", 20)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int p = 0; p < PARTITIONS; p++) {
                partitions.add(new TopicPartition(topic.topicName(), p));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(50)).forEach(all::add);
            }
        }
        return all;
    }

    private static List<ByteString> valuesOf(List<ConsumerRecord<byte[], byte[]>> records, String cell) {
        return records.stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(cell))
                .map(record -> ByteString.copyFrom(record.value()))
                .toList();
    }

    private static List<ByteString> undisturbed(String cell, List<Sample> samples) throws UnknownDesignException {
        CellRegistration registration = CellRegistration.newBuilder()
                .setCell(cell)
                .setDesign("straight-line")
                .build();
        CellTwins twins =
                new CellTwins(StraightLineCell.models(), name -> Optional.of(registration), TwinSettings.standard());
        List<ByteString> states = new ArrayList<>();
        twins.accept(
                Samples.batch(cell, samples),
                (sample, outcome) ->
                        states.add(((TwinOutcome.Advanced) outcome).state().toByteString()));
        return states;
    }

    private static TwinState parse(byte[] bytes) {
        try {
            return TwinState.parseFrom(bytes);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static Rejected parseRejected(byte[] bytes) {
        try {
            return Rejected.parseFrom(bytes);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
