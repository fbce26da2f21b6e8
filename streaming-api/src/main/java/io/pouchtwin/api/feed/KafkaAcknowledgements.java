package io.pouchtwin.api.feed;

import io.pouchtwin.api.http.AcknowledgementDesk;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
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

/** Writes acknowledgements to their topic, which is at once the record of who took what on and when. */
public final class KafkaAcknowledgements implements AcknowledgementDesk, AutoCloseable {
    private final Vertx vertx;
    private final KafkaSettings kafka;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    /** Connects when the first one comes. */
    public KafkaAcknowledgements(KafkaSettings kafka, Vertx vertx) {
        this.kafka = kafka;
        this.vertx = vertx;
    }

    private synchronized KafkaProducer<byte[], byte[]> connected() {
        KafkaProducer<byte[], byte[]> present = producer;
        if (present == null) {
            present = new KafkaProducer<>(
                    kafka.with(Map.of(
                            "client.id",
                            "api-acknowledgements",
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

    @Override
    public Future<Void> write(AlertAcknowledgement acknowledgement) {
        byte[] key = acknowledgement.getAlertId().getBytes(StandardCharsets.UTF_8);
        Promise<Void> written = Promise.promise();
        // send() may wait for the broker: not on the event loop
        return vertx.<Void>executeBlocking(() -> {
                    var unused = connected()
                            .send(
                                    new ProducerRecord<>(
                                            Topic.ALERT_ACKNOWLEDGEMENT.topicName(),
                                            key,
                                            acknowledgement.toByteArray()),
                                    (metadata, failure) -> {
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
