package io.pouchtwin.stage;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** An input partition while this thread owns it. */
final class OwnedPartition {

    /** How far it is on the way to its first new record. */
    enum Phase {
        /** Its changelog is being read. */
        RESTORING,
        /** Records that were committed before, and that the changelog has not seen, are processed again. */
        REPLAYING,
        /** New records are processed. */
        RUNNING
    }

    final TopicPartition input;
    final TopicPartition changelog;
    final PartitionProcessor processor;
    /** Taken from Kafka, not yet processed. */
    final Deque<ConsumerRecord<byte[], byte[]>> backlog = new ArrayDeque<>();
    /** First offset after the records that were processed, committed or not. */
    long nextOffset = -1;
    /** Largest place seen in the changelog while restoring; -1: none. */
    long restoredNextOffset = -1;
    /** First offset to replay, as the latest position record says; -1: none. */
    long replayFrom = -1;

    Phase phase = Phase.RESTORING;

    OwnedPartition(TopicPartition input, String changelogTopic, PartitionProcessor processor) {
        this.input = input;
        this.changelog = new TopicPartition(changelogTopic, input.partition());
        this.processor = processor;
    }

    void restore(ConsumerRecord<byte[], byte[]> record) {
        long seen = NextOffset.read(record);
        restoredNextOffset = Math.max(restoredNextOffset, seen);
        if (NextOffset.isPosition(record.key())) {
            replayFrom = NextOffset.replayFrom(record);
        } else {
            processor.restore(record.key(), record.value(), seen);
        }
    }

    boolean needsReplay() {
        return replayFrom >= 0 && replayFrom < nextOffset;
    }

    /** Whether new records wait to be processed. */
    boolean hasWork() {
        return phase == Phase.RUNNING && !backlog.isEmpty();
    }
}
