package io.pouchtwin.stage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Says where a record goes that its processor could not process. Must not throw, and must be a function of its arguments alone. */
@FunctionalInterface
public interface PoisonPolicy {
    ProducerRecord<byte[], byte[]> deadLetter(ConsumerRecord<byte[], byte[]> record, RuntimeException problem);
}
