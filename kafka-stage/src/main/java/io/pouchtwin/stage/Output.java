package io.pouchtwin.stage;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Where a {@link PartitionProcessor} puts what it makes. Everything goes out in the same transaction as the offsets of the input, or not at all. */
public interface Output {

    /** Sends a record; without a partition of its own it goes where its key's hash says. Headers are the record's. */
    void send(ProducerRecord<byte[], byte[]> record);

    /**
     * Keeps a piece of state under a key, in the changelog partition of the same number as the input partition; {@code null} forgets the key. The latest value of
     * each key comes back through {@link PartitionProcessor#restore}.
     */
    void changelog(byte[] key, byte @Nullable [] value);
}
