package io.pouchtwin.stage;

import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;

/** Works for a number of records, then stands still inside a transaction that already holds some, as a process does in the instant before it is killed. */
final class HangsAfter extends Delegate {
    private final int records;
    private final CountDownLatch hanging;
    private int seen;

    HangsAfter(int records, CountDownLatch hanging, PartitionProcessor processor) {
        super(processor);
        this.records = records;
        this.hanging = hanging;
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record, Output output) {
        super.process(record, output);
        if (++seen > records && seen % 10 == 9) {
            hanging.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }
}
