package io.pouchtwin.stage;

import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** One broker for all tests of this module, and what tests do with it. */
final class Broker {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final EmbeddedKafka KAFKA = start();

    private Broker() {}

    private static EmbeddedKafka start() {
        try {
            EmbeddedKafka kafka =
                    EmbeddedKafka.start(BrokerSettings.local(Files.createTempDirectory("stage-broker"), 0));
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "broker-stop"));
            return kafka;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static KafkaSettings settings() {
        return KafkaSettings.plain(KAFKA.bootstrapServers());
    }

    static String fresh(String name) {
        return name + "-" + NAMES.incrementAndGet();
    }

    static Admin admin() {
        return Admin.create(settings().with(Map.of()));
    }

    static KafkaProducer<byte[], byte[]> producer() {
        return producer(settings());
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaSettings kafka) {
        return new KafkaProducer<>(
                kafka.with(Map.of("acks", "all", "linger.ms", 5)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Numbers 0 to count - 1 over some keys. */
    static void produceNumbers(String topic, int from, int count, int keys) {
        produceNumbers(settings(), topic, from, count, keys);
    }

    static void produceNumbers(KafkaSettings kafka, String topic, int from, int count, int keys) {
        try (KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
            for (int i = from; i < from + count; i++) {
                var unused =
                        producer.send(new ProducerRecord<>(topic, bytes("k" + i % keys), bytes(String.valueOf(i))));
            }
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** All committed values of a topic, by key, in order; waits for open transactions to end. */
    static Map<String, List<String>> readCommitted(String topic) {
        Map<String, List<String>> values = new HashMap<>();
        try (Admin admin = admin();
                KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                        settings().with(Map.of("isolation.level", "read_committed")),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = HighWatermarks.of(admin, partitions, Duration.ofSeconds(10));
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(50))) {
                    values.computeIfAbsent(record.key(), key -> new ArrayList<>())
                            .add(record.value());
                }
            }
        }
        return values;
    }
}
