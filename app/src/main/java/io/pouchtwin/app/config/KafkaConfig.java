package io.pouchtwin.app.config;

import io.pouchtwin.contracts.Topic;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TopicSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How to reach Kafka, and what its topics are created with.
 *
 * @param bootstrapServers "host:port" of one or more brokers, separated by commas
 * @param partitions partitions of each topic, 1 to 1000; the most processes that can share the work of one role
 * @param replication copies of each record, 1 or more; -1 leaves it to the broker
 * @param properties Kafka client settings passed through as they are (TLS, SASL)
 */
public record KafkaConfig(String bootstrapServers, int partitions, int replication, Map<String, String> properties) {

    private static final int MOST_PARTITIONS = 1000;

    /** Checks what can be checked without a broker. */
    public KafkaConfig {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException("partitions: " + partitions + ", expected 1 to " + MOST_PARTITIONS);
        }
        if (replication != -1 && (replication < 1 || replication > Short.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "replication: " + replication + ", expected 1 or more, or -1 for the broker's default");
        }
        properties = Map.copyOf(properties);
    }

    /** One broker on this machine, four partitions. */
    public static KafkaConfig defaults() {
        return new KafkaConfig("127.0.0.1:9092", 4, -1, Map.of());
    }

    /** The same at another place. */
    public KafkaConfig at(String otherServers) {
        return new KafkaConfig(otherServers, partitions, replication, properties);
    }

    /** What clients connect with. */
    public KafkaSettings settings() {
        return new KafkaSettings(bootstrapServers, properties);
    }

    /** The topics as they have to be. */
    public List<TopicSpec> topics() {
        return Arrays.stream(Topic.values())
                .map(topic -> new TopicSpec(
                        topic.topicName(),
                        partitions,
                        topic.compacted(),
                        (short) replication,
                        topic.compacted() ? Map.of() : Map.of("retention.ms", "-1")))
                .toList();
    }

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return "KafkaConfig[" + bootstrapServers + ", " + partitions + " partitions, " + properties.keySet() + "]";
    }
}
