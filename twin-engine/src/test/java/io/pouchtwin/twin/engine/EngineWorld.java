package io.pouchtwin.twin.engine;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.pouchtwin.contracts.RecordHeader;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TopicSetup;
import io.pouchtwin.stage.TopicSpec;
import io.pouchtwin.twin.CellTwins;
import io.pouchtwin.twin.Samples;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.TwinSettings;
import io.pouchtwin.twin.ensemble.EnsembleModels;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What an engine lives between: a real broker with the project's topics, a feeder, a reader. */
final class EngineWorld implements AutoCloseable {
    private final int partitions;
    private final EmbeddedKafka broker;
    private final KafkaProducer<byte[], byte[]> producer;
    final KafkaSettings kafka;

    EngineWorld(Path directory, int partitions) {
        this.partitions = partitions;
        broker = EmbeddedKafka.start(BrokerSettings.local(directory, 0));
        kafka = KafkaSettings.plain(broker.bootstrapServers());
        List<TopicSpec> topics = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            topics.add(
                    topic.compacted()
                            ? TopicSpec.table(topic.topicName(), partitions)
                            : TopicSpec.log(topic.topicName(), partitions));
        }
        TopicSetup.ensure(kafka, topics);
        producer = new KafkaProducer<>(
                kafka.with(Map.of("acks", "all")), new ByteArraySerializer(), new ByteArraySerializer());
    }

    String servers() {
        return broker.bootstrapServers();
    }

    void register(String cell, String design) {
        send(
                Topic.CELL_REGISTRY,
                cell,
                CellRegistration.newBuilder().setCell(cell).setDesign(design).build());
    }

    void send(String cell, List<Sample> samples) {
        send(Topic.TELEMETRY_CLEAN, cell, Samples.batch(cell, samples));
    }

    void send(Topic topic, String cell, MessageLite value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic.topicName(), cell.getBytes(StandardCharsets.UTF_8), value.toByteArray());
        record.headers().add(RecordHeader.RECEIVED_UNIX_US, new byte[] {0, 0, 0, 0, 0, 0, 0, 1});
        try {
            producer.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<ConsumerRecord<byte[], byte[]>> awaitStates(int count) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> read(Topic.TWIN_STATE), records -> records.size() >= count);
    }

    /** Everything committed that a topic holds. */
    List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.with(Map.of("isolation.level", "read_committed", "fetch.max.wait.ms", 20)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> each = new ArrayList<>();
            for (int p = 0; p < partitions; p++) {
                each.add(new TopicPartition(topic.topicName(), p));
            }
            consumer.assign(each);
            consumer.seekToBeginning(each);
            Map<TopicPartition, Long> ends = consumer.endOffsets(each);
            while (each.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(50)).forEach(all::add);
            }
        }
        return all;
    }

    static List<ByteString> valuesOf(List<ConsumerRecord<byte[], byte[]>> records, String cell) {
        return records.stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(cell))
                .map(record -> ByteString.copyFrom(record.value()))
                .toList();
    }

    /** What the twin says of these samples when nothing disturbs it: no broker, one batch. */
    static List<ByteString> undisturbed(EnsembleModels models, String design, String cell, List<Sample> samples) {
        CellRegistration registration =
                CellRegistration.newBuilder().setCell(cell).setDesign(design).build();
        CellTwins twins = new CellTwins(models, name -> Optional.of(registration), TwinSettings.standard());
        List<ByteString> states = new ArrayList<>();
        try {
            twins.accept(Samples.batch(cell, samples), (sample, outcome) -> {
                if (outcome instanceof TwinOutcome.Advanced advanced) {
                    states.add(advanced.state().toByteString());
                }
            });
        } catch (UnknownDesignException e) {
            throw new IllegalStateException(e);
        }
        return states;
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
    }
}
