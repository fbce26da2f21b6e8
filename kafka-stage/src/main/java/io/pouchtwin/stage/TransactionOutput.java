package io.pouchtwin.stage;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Holds what one input record makes until it is known that the whole of it was processed. Owned by the stage's thread. */
final class TransactionOutput implements Output {
    private final Producer<byte[], byte[]> producer;
    private final String changelogTopic;
    private final List<ProducerRecord<byte[], byte[]>> pending = new ArrayList<>();
    private int partition;
    private long nextOffset;

    TransactionOutput(Producer<byte[], byte[]> producer, String changelogTopic) {
        this.producer = producer;
        this.changelogTopic = changelogTopic;
    }

    /** What follows belongs to this input partition and is made by the records before this offset. */
    void beginAt(int inputPartition, long inputNextOffset) {
        partition = inputPartition;
        nextOffset = inputNextOffset;
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record) {
        pending.add(record);
    }

    @Override
    public void changelog(byte[] key, byte @Nullable [] value) {
        if (NextOffset.isPosition(key)) {
            throw new IllegalArgumentException("changelog key: the stage's own, expected another");
        }
        pending.add(changelogRecord(key, value));
    }

    void position(long replayFrom) {
        pending.add(changelogRecord(NextOffset.positionKey(), NextOffset.positionValue(replayFrom)));
    }

    void discard() {
        pending.clear();
    }

    void flush() {
        for (ProducerRecord<byte[], byte[]> record : pending) {
            // A failure of any of them fails the commit of the transaction.
            var unused = producer.send(record);
        }
        pending.clear();
    }

    private ProducerRecord<byte[], byte[]> changelogRecord(byte[] key, byte @Nullable [] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(changelogTopic, partition, key, value);
        NextOffset.write(record.headers(), nextOffset);
        return record;
    }
}
