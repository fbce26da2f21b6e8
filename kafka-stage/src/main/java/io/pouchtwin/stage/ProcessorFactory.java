package io.pouchtwin.stage;

import org.apache.kafka.common.TopicPartition;

/** Makes the processor of an input partition. Called on the thread that will own it. */
@FunctionalInterface
public interface ProcessorFactory {
    PartitionProcessor create(TopicPartition partition);
}
