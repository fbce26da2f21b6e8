package io.pouchtwin.stage;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** An input partition while this thread owns it. */
final class OwnedPartition {
    final TopicPartition input;
    final TopicPartition changelog;
    final PartitionProcessor processor;
    /** Taken from Kafka, not yet processed. */
    final Deque<ConsumerRecord<byte[], byte[]>> backlog = new ArrayDeque<>();
    /** First offset after the records that were processed, committed or not. */
    long nextOffset = -1;
    /** Largest place seen in the changelog while restoring; -1: none. */
    long restoredNextOffset = -1;

    boolean restoring = true;

    OwnedPartition(TopicPartition input, String changelogTopic, PartitionProcessor processor) {
        this.input = input;
        this.changelog = new TopicPartition(changelogTopic, input.partition());
        this.processor = processor;
    }

    void restore(ConsumerRecord<byte[], byte[]> record) {
        restoredNextOffset = Math.max(restoredNextOffset, NextOffset.read(record));
        if (!NextOffset.isPosition(record.key())) {
            processor.restore(record.key(), record.value());
        }
    }
}
