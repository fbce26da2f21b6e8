package io.pouchtwin.history;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.history.embedded.DatabaseSettings;
import io.pouchtwin.history.embedded.EmbeddedDatabase;
import io.pouchtwin.history.write.HistoryWriter;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TopicSetup;
import io.pouchtwin.stage.TopicSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka and a database in a directory, and the means to stop and start the database. */
final class HistoryWorld implements AutoCloseable {
    /** 2026-01-01T00:00:00Z. */
    static final long START_S = 1_767_225_600L;

    private final EmbeddedKafka broker;
    private final Path directory;
    private final KafkaProducer<byte[], byte[]> producer;
    private Optional<EmbeddedDatabase> server = Optional.empty();
    private int httpPort;

    HistoryWorld(Path directory) {
        this.directory = directory;
        broker = EmbeddedKafka.start(BrokerSettings.local(directory.resolve("kafka"), 0));
        TopicSetup.ensure(
                kafka(),
                Arrays.stream(Topic.values())
                        .map(topic -> new TopicSpec(topic.topicName(), 2, topic.compacted(), (short) 1, Map.of()))
                        .toList());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        startDatabase();
    }

    KafkaSettings kafka() {
        return KafkaSettings.plain(broker.bootstrapServers());
    }

    void startDatabase() {
        EmbeddedDatabase started = EmbeddedDatabase.start(new DatabaseSettings(
                directory.resolve("history"), httpPort, 0, "writer", "secret", "reader", "reader", 256 << 20));
        httpPort = started.address().url().getPort();
        server = Optional.of(started);
    }

    void stopDatabase() {
        server.ifPresent(EmbeddedDatabase::close);
        server = Optional.empty();
    }

    DatabaseAddress address() {
        return server.orElseThrow().address();
    }

    HistoryWriter writer() {
        return HistoryWriter.start(address(), Retention.FOR_EVER, kafka(), new SimpleMeterRegistry());
    }

    static TwinState state(String cell, long sequence) {
        return TwinState.newBuilder()
                .setCell(cell)
                .setTestRun("run-1")
                .setSequence(sequence)
                .setTestTimeS((double) sequence)
                .setUnixTimeS((double) (START_S + sequence))
                .setStepType(StepType.STEP_TYPE_CC_CHARGE)
                .setVoltageMeasuredV(3 + Math.sin(sequence / 7.0))
                .setVoltagePredictedV(Estimate.newBuilder().setValue(3.5).setSigma(0.01))
                .setSoc(Estimate.newBuilder().setValue(1 / (1.0 + sequence)).setSigma(Double.NaN))
                .build();
    }

    void send(TwinState state) {
        send(Topic.TWIN_STATE, state.getCell(), state.toByteArray());
    }

    void send(Topic topic, String key, byte[] value) {
        var unused =
                producer.send(new ProducerRecord<>(topic.topicName(), key.getBytes(StandardCharsets.UTF_8), value));
    }

    void flush() {
        producer.flush();
    }

    long count(String sql) {
        try {
            return new Database(address()).execute(sql).at("/dataset/0/0").asLong(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        producer.close();
        stopDatabase();
        broker.close();
    }
}
