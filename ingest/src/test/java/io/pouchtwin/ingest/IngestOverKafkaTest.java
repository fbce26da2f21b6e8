package io.pouchtwin.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.RecordHeader;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TailReader;
import io.pouchtwin.stage.TailStart;
import io.pouchtwin.stage.TopicSetup;
import io.pouchtwin.stage.TopicSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestOverKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String KEY = "bts/27-21-1-1";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<ConsumerRecord<byte[], byte[]>> out = Collections.synchronizedList(new ArrayList<>());
    private final EmbeddedKafka broker;
    private final KafkaProducer<byte[], byte[]> producer;
    private final TailReader reader;
    private final KafkaSettings kafka;

    IngestOverKafkaTest(@TempDir Path directory) {
        broker = EmbeddedKafka.start(BrokerSettings.local(directory, 0));
        kafka = KafkaSettings.plain(broker.bootstrapServers());
        TopicSetup.ensure(
                kafka,
                Arrays.stream(Topic.values())
                        .map(topic -> topic.compacted()
                                ? TopicSpec.table(topic.topicName(), 4)
                                : TopicSpec.log(topic.topicName(), 4))
                        .toList());
        producer = new KafkaProducer<>(
                kafka.with(Map.of("linger.ms", 0)), new ByteArraySerializer(), new ByteArraySerializer());
        reader = TailReader.start(
                "test",
                kafka,
                List.of(
                        Topic.TELEMETRY_CLEAN.topicName(),
                        Topic.TELEMETRY_REJECTED.topicName(),
                        Topic.CYCLE_SUMMARY.topicName()),
                new TailStart.Beginning(),
                10_000,
                batch -> {
                    out.addAll(batch);
                    return CompletableFuture.completedFuture(null);
                },
                meters);
    }

    @AfterEach
    void close() {
        producer.close();
        reader.close();
        broker.close();
    }

    @Test
    void rowsBecomeSamplesOnceWhateverIsRepeatedPoisonedOrRestarted() throws Exception {
        List<RawSample> rows = Rows.cycles(2, 20);
        try (Ingest ingest = Ingest.start(IngestConfig.defaults(), kafka, meters)) {
            await().atMost(PATIENCE).until(() -> ingest.health().ready());
            send(KEY, Rows.batch(rows.subList(0, 10)));
            await().atMost(PATIENCE).until(() -> !of(Topic.TELEMETRY_REJECTED).isEmpty());
            send(Topic.CELL_REGISTRY, "cell-1", Rows.registration());
            send(KEY, Rows.batch(rows.subList(0, 50)));
            sendBytes("bts/broken", new byte[] {(byte) 0xff, 1, 2, 3});
            send(KEY, Rows.batch(rows.subList(40, 90)));
            await().atMost(PATIENCE).until(() -> samples().size() == 90);
        }
        try (Ingest ingest = Ingest.start(IngestConfig.defaults(), kafka, meters)) {
            send(
                    KEY,
                    Rows.batch(rows.subList(60, 160)).toBuilder()
                            .setRunComplete(true)
                            .build());
            await().atMost(PATIENCE)
                    .until(() ->
                            samples().size() == 160 && of(Topic.CYCLE_SUMMARY).size() == 2);
            assertThat(ingest.lag()).isZero();
        }
        assertThat(samples()).extracting(Sample::getSequence).containsExactlyElementsOf(sequences(160));
        assertThat(rejected())
                .extracting(Rejected::getCode)
                .containsExactlyInAnyOrder("unknown-channel", "not-protobuf");
        assertThat(rejected()).allSatisfy(rejected -> {
            assertThat(rejected.getRaw().size()).isPositive();
            assertThat(rejected.getOrigin()).matches("telemetry\\.raw-\\d@\\d+");
        });
        assertThat(of(Topic.TELEMETRY_CLEAN)).allSatisfy(record -> {
            assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("cell-1");
            assertThat(ByteBuffer.wrap(record.headers()
                                    .lastHeader(RecordHeader.RECEIVED_UNIX_US)
                                    .value())
                            .getLong())
                    .isEqualTo(1_767_000_000_000_000L);
        });
        assertThat(meters.get("pouchtwin.ingest.accepted").counter().count()).isEqualTo(160);
        assertThat(meters.get("pouchtwin.ingest.duplicates").counter().count()).isEqualTo(40);
        assertThat(meters.get("pouchtwin.ingest.rejected")
                        .tag("reason", "unknown-channel")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private List<Sample> samples() {
        return of(Topic.TELEMETRY_CLEAN).stream()
                .flatMap(record -> parse(record).getSamplesList().stream())
                .toList();
    }

    private List<Rejected> rejected() throws InvalidProtocolBufferException {
        List<Rejected> rejected = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : of(Topic.TELEMETRY_REJECTED)) {
            rejected.add(Rejected.parseFrom(record.value()));
        }
        return rejected;
    }

    private List<ConsumerRecord<byte[], byte[]>> of(Topic topic) {
        synchronized (out) {
            return out.stream()
                    .filter(record -> record.topic().equals(topic.topicName()))
                    .toList();
        }
    }

    private static CleanBatch parse(ConsumerRecord<byte[], byte[]> record) {
        try {
            return CleanBatch.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Long> sequences(long last) {
        List<Long> sequences = new ArrayList<>();
        for (long sequence = 1; sequence <= last; sequence++) {
            sequences.add(sequence);
        }
        return sequences;
    }

    private void send(String key, RawBatch batch) throws Exception {
        send(Topic.TELEMETRY_RAW, key, batch);
    }

    private void send(Topic topic, String key, MessageLite value) throws Exception {
        producer.send(new ProducerRecord<>(
                        topic.topicName(), key.getBytes(StandardCharsets.UTF_8), value.toByteArray()))
                .get();
    }

    private void sendBytes(String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(
                        Topic.TELEMETRY_RAW.topicName(), key.getBytes(StandardCharsets.UTF_8), value))
                .get();
    }
}
