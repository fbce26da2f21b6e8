package io.pouchtwin.api.feed;

import com.google.protobuf.Message;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.stage.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The few records that the API itself writes. */
public final class KafkaRecords implements AutoCloseable {
    private final Vertx vertx;
    private final KafkaSettings kafka;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    /** Connects when the first one comes. */
    public KafkaRecords(KafkaSettings kafka, Vertx vertx) {
        this.kafka = kafka;
        this.vertx = vertx;
    }

    private synchronized KafkaProducer<byte[], byte[]> connected() {
        KafkaProducer<byte[], byte[]> present = producer;
        if (present == null) {
            present = new KafkaProducer<>(
                    kafka.with(Map.of(
                            "client.id",
                            "api-changes",
                            "acks",
                            "all",
                            "max.block.ms",
                            3_000,
                            "request.timeout.ms",
                            3_000,
                            "delivery.timeout.ms",
                            5_000)),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer = present;
        }
        return present;
    }

    /** Writes one; succeeds when it cannot be lost any more. */
    Future<Void> write(Topic topic, String key, Message message) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] value = message.toByteArray();
        Promise<Void> written = Promise.promise();
        // send() may wait for the broker: not on the event loop
        return vertx.<Void>executeBlocking(() -> {
                    var unused = connected()
                            .send(new ProducerRecord<>(topic.topicName(), keyBytes, value), (metadata, failure) -> {
                                if (failure == null) {
                                    written.complete();
                                } else {
                                    written.fail(failure);
                                }
                            });
                    return null;
                })
                .compose(sent -> written.future());
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
