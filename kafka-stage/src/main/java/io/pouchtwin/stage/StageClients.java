package io.pouchtwin.stage;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The Kafka clients of one stage thread, from one connection attempt to the next failure. */
final class StageClients {
    final KafkaConsumer<byte[], byte[]> input;
    final KafkaConsumer<byte[], byte[]> changelog;
    final KafkaProducer<byte[], byte[]> producer;
    final Admin admin;
    private final @Nullable Metric connections;

    /**
     * Makes the clients; nothing is asked of the broker yet.
     *
     * @param id never used before: client id in the group and transactional id
     */
    StageClients(StageConfig config, String id) {
        KafkaSettings kafka = config.kafka();
        input = new KafkaConsumer<>(
                kafka.with(inputSettings(config, id)), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        connections = input.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("connection-count"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        changelog = new KafkaConsumer<>(
                kafka.with(changelogSettings(id)), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        producer = new KafkaProducer<>(
                kafka.with(producerSettings(config, id)), new ByteArraySerializer(), new ByteArraySerializer());
        admin = Admin.create(kafka.with(Map.of("client.id", id + ".admin", "request.timeout.ms", 5_000)));
    }

    /** Whether there is a connection to any broker. */
    boolean connected() {
        return connections == null || !(connections.metricValue() instanceof Double open) || open > 0;
    }

    /** Whether the group has given this thread its share, which may be nothing. */
    boolean joined() {
        return input.groupMetadata().generationId() > 0;
    }

    /** Closes them; an open transaction is aborted, the group is told. */
    void close() {
        input.close(CloseOptions.timeout(Duration.ofMillis(700)));
        producer.close(Duration.ofMillis(700));
        closeReaders();
    }

    /** Leaves everything as a killed process would: the transaction open, the group waiting. */
    void abandon() {
        producer.close(Duration.ZERO);
        input.close(CloseOptions.timeout(Duration.ZERO)
                .withGroupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));
        closeReaders();
    }

    private void closeReaders() {
        changelog.close(CloseOptions.timeout(Duration.ZERO));
        admin.close(Duration.ZERO);
    }

    private static Map<String, Object> inputSettings(StageConfig config, String id) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("group.id", config.name());
        settings.put("client.id", id);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        // A stage never jumps over records without saying so.
        settings.put("auto.offset.reset", "none");
        settings.put("max.poll.records", config.maxPollRecords());
        settings.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        settings.put("session.timeout.ms", (int) config.sessionTimeout().toMillis());
        settings.put("heartbeat.interval.ms", (int)
                Math.max(200, config.sessionTimeout().toMillis() / 6));
        quickRetries(settings);
        return settings;
    }

    private static Map<String, Object> changelogSettings(String id) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("client.id", id + ".changelog");
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("max.poll.records", 2_000);
        // Half a second (the default) at the end of each restore is most of a take-over.
        settings.put("fetch.max.wait.ms", 20);
        quickRetries(settings);
        return settings;
    }

    private static Map<String, Object> producerSettings(StageConfig config, String id) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("client.id", id);
        settings.put("transactional.id", id);
        settings.put("transaction.timeout.ms", (int) config.transactionTimeout().toMillis());
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("linger.ms", 5);
        settings.put("batch.size", 131_072);
        settings.put("max.block.ms", 10_000);
        settings.put("request.timeout.ms", 5_000);
        settings.put("delivery.timeout.ms", 10_000);
        quickRetries(settings);
        // The next transaction begins while the markers of the last are being written; with the default (100 ms) each
        // one waits that long.
        settings.put("retry.backoff.ms", 5);
        return settings;
    }

    private static void quickRetries(Map<String, Object> settings) {
        settings.put("retry.backoff.ms", 20);
        settings.put("retry.backoff.max.ms", 500);
        settings.put("reconnect.backoff.ms", 50);
        settings.put("reconnect.backoff.max.ms", 1_000);
    }
}
