package io.pouchtwin.app.endtoend;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.app.config.KafkaConfig;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.gateway.publish.KafkaPublisher;
import io.pouchtwin.gateway.replay.FileReplay;
import io.pouchtwin.ingest.Ingest;
import io.pouchtwin.ingest.IngestConfig;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TopicSetup;
import io.pouchtwin.twin.TesterAccuracy;
import io.pouchtwin.twin.engine.EngineConfig;
import io.pouchtwin.twin.engine.TwinEngine;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A broker, ingest, and any number of engines; what goes in, and what came out. */
final class TelemetryFlow implements AutoCloseable {
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    private final Deque<Runnable> open = new ArrayDeque<>();
    private final List<SimpleMeterRegistry> engines = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final boolean piecemeal;
    private final KafkaSettings kafka;

    /**
     * Starts broker and ingest.
     *
     * @param partitions of each topic
     * @param piecemeal whether one record at a time is taken and committed, not as many as there are
     */
    TelemetryFlow(Path directory, int partitions, boolean piecemeal) {
        this.piecemeal = piecemeal;
        EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.local(directory, 0));
        open.push(broker::close);
        KafkaConfig plain = KafkaConfig.defaults().at(broker.bootstrapServers());
        KafkaConfig config = new KafkaConfig(plain.bootstrapServers(), partitions, -1, Map.of());
        kafka = config.settings();
        TopicSetup.ensure(kafka, config.topics());
        Ingest ingest = Ingest.start(
                new IngestConfig(
                        "ingest", 1, piecemeal ? 1 : 500, piecemeal ? Duration.ofMillis(1) : Duration.ofSeconds(1)),
                kafka,
                new SimpleMeterRegistry());
        open.push(ingest::close);
    }

    /** One more engine of the same group; each commit has the snapshots of all twins that moved. */
    void engine() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        engines.add(meters);
        EngineConfig config = new EngineConfig(
                1,
                piecemeal ? 1 : 500,
                piecemeal ? Duration.ofMillis(1) : Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                TesterAccuracy.standard(),
                1,
                FIVE_SECONDS,
                Duration.ofSeconds(30));
        TwinEngine engine = TwinEngine.start(config, kafka, vertx, Optional.empty(), meters);
        open.push(engine::close);
    }

    /** How many samples each engine has advanced a twin by. */
    List<Double> advancedByEngine() {
        return engines.stream()
                .map(meters -> meters.get("pouchtwin.twin.samples").counter().count())
                .toList();
    }

    /** Sends a file as {@code pouchtwin replay} does. */
    FileReplay.Summary replay(RecordedFile file) throws IOException, InterruptedException {
        return FileReplay.send(file.path(), kafka.with(Map.of()), registration(file), (rows, total) -> {});
    }

    static CellRegistration registration(RecordedFile file) {
        return CellRegistration.newBuilder()
                .setCell(file.cell())
                .setDesign(file.design())
                .setNominalCapacityAh(file.nominalCapacityAh())
                .build();
    }

    /** A gateway's way to Kafka. */
    KafkaPublisher publisher() {
        KafkaPublisher publisher = new KafkaPublisher(kafka.with(Map.of()));
        open.push(() ->
                publisher.close().toCompletionStage().toCompletableFuture().join());
        return publisher;
    }

    /** What the gateway read, of one channel. */
    List<RawBatch> raw(String channel) throws InvalidProtocolBufferException {
        List<RawBatch> batches = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(Topic.TELEMETRY_RAW)) {
            RawBatch batch = RawBatch.parseFrom(record.value());
            if (batch.getChannel().equals(channel)) {
                batches.add(batch);
            }
        }
        return batches;
    }

    /** All that was said of a cell, in order. */
    List<ByteString> states(String cell) {
        return values(Topic.TWIN_STATE, cell);
    }

    /** The last snapshot of a cell's twin; empty where there is none. */
    ByteString snapshot(String cell) {
        List<ByteString> all = values(Topic.TWIN_SNAPSHOT, cell);
        return all.isEmpty() ? ByteString.EMPTY : all.get(all.size() - 1);
    }

    private List<ByteString> values(Topic topic, String cell) {
        return read(topic).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(cell))
                .map(record -> ByteString.copyFrom(record.value()))
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.with(Map.of("isolation.level", "read_committed", "fetch.max.wait.ms", 20)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> each = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(each);
            consumer.seekToBeginning(each);
            Map<TopicPartition, Long> ends = consumer.endOffsets(each);
            while (each.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(50)).forEach(all::add);
            }
        }
        return all;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().run();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
