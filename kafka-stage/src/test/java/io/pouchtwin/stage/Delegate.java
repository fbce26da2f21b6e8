package io.pouchtwin.stage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A processor that does what another does. */
class Delegate implements PartitionProcessor {
    private final PartitionProcessor processor;

    Delegate(PartitionProcessor processor) {
        this.processor = processor;
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value, long nextOffset) {
        processor.restore(key, value, nextOffset);
    }

    @Override
    public void replay(ConsumerRecord<byte[], byte[]> record) {
        processor.replay(record);
    }

    @Override
    public void restored() {
        processor.restored();
    }

    @Override
    public long replayFrom(long nextOffset) {
        return processor.replayFrom(nextOffset);
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record, Output output) {
        processor.process(record, output);
    }

    @Override
    public void beforeCommit(Output output) {
        processor.beforeCommit(output);
    }
}
