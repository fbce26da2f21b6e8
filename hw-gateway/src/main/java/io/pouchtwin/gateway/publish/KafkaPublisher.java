package io.pouchtwin.gateway.publish;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.GatewayPosition;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.contracts.v1.StopRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes to Kafka with an idempotent producer that waits for all replicas.
 *
 * <p>Sending can block while the broker's metadata is unknown, so it happens on one thread of its own, {@code gateway-kafka}, with a
 * bounded queue; when the queue is full the record is refused at once and the caller, who can always read the tester again, tries later.
 */
public final class KafkaPublisher implements TelemetryPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);
    private static final int QUEUE_LIMIT = 4096;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    private static final Duration READ_LIMIT = Duration.ofSeconds(20);

    private final Map<String, Object> clientSettings;
    private final KafkaProducer<String, byte[]> producer;
    private final ThreadPoolExecutor sender;

    /**
     * Makes a producer; it connects when it first sends.
     *
     * @param clientSettings Kafka client settings, at least {@code bootstrap.servers}; delivery guarantees cannot be lowered
     */
    public KafkaPublisher(Map<String, Object> clientSettings) {
        this.clientSettings = Map.copyOf(clientSettings);
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "pouchtwin-gateway");
        settings.putAll(clientSettings);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        sender = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE_LIMIT),
                task -> new Thread(task, "gateway-kafka"));
    }

    @Override
    public Future<Void> publish(RawBatch batch) {
        return send(Topic.TELEMETRY_RAW, TelemetryPublisher.key(batch.getTester(), batch.getChannel()), batch);
    }

    @Override
    public Future<Void> publish(Rejected rejected) {
        return send(
                Topic.TELEMETRY_REJECTED,
                TelemetryPublisher.key(rejected.getTester(), rejected.getChannel()),
                rejected);
    }

    @Override
    public Future<Void> publish(CellRegistration registration) {
        return send(Topic.CELL_REGISTRY, registration.getCell(), registration);
    }

    @Override
    public Future<Void> publish(StopRecord record) {
        return send(
                Topic.CHANNEL_AUDIT,
                TelemetryPublisher.key(
                        record.getRequest().getTester(), record.getRequest().getChannel()),
                record);
    }

    @Override
    public Future<Void> publish(GatewayPosition position) {
        return send(
                Topic.GATEWAY_POSITION, TelemetryPublisher.key(position.getTester(), position.getChannel()), position);
    }

    @Override
    public Future<Map<String, GatewayPosition>> positions() {
        return onSender(promise -> promise.complete(readPositions()));
    }

    @Override
    public Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        sender.shutdownNow();
        Thread closer = new Thread(
                () -> {
                    producer.close(CLOSE_LIMIT);
                    closed.complete();
                },
                "gateway-kafka-close");
        closer.start();
        return closed.future();
    }

    private Future<Void> send(Topic topic, String key, MessageLite message) {
        byte[] value = message.toByteArray();
        return onSender(promise -> {
            var unused = producer.send(new ProducerRecord<>(topic.topicName(), key, value), (metadata, failure) -> {
                if (failure == null) {
                    promise.complete();
                } else {
                    promise.fail(failure);
                }
            });
        });
    }

    private <T> Future<T> onSender(java.util.function.Consumer<Promise<T>> task) {
        Promise<T> promise = Promise.promise();
        try {
            sender.execute(() -> {
                try {
                    task.accept(promise);
                } catch (KafkaException | IllegalStateException e) {
                    promise.tryFail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            promise.fail(e);
        }
        return promise.future();
    }

    private Map<String, GatewayPosition> readPositions() {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        Map<String, GatewayPosition> positions = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.GATEWAY_POSITION.topicName()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long giveUp = System.nanoTime() + READ_LIMIT.toNanos();
            while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
                if (System.nanoTime() > giveUp) {
                    throw new KafkaException(
                            "reading " + Topic.GATEWAY_POSITION + " to its end took over " + READ_LIMIT);
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    remember(positions, record);
                }
            }
        }
        return positions;
    }

    private static void remember(Map<String, GatewayPosition> positions, ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            positions.remove(record.key());
            return;
        }
        try {
            positions.put(record.key(), GatewayPosition.parseFrom(record.value()));
        } catch (InvalidProtocolBufferException e) {
            // without its position a channel is read again from the start of its run; ingest drops the duplicates
            LOG.warn(
                    "position of {} at {}@{} is not readable and is ignored",
                    record.key(),
                    record.topic(),
                    record.offset(),
                    e);
        }
    }
}
