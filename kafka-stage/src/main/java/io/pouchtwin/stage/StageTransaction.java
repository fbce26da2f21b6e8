package io.pouchtwin.stage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Processes what is waiting for a bounded time and commits it: outputs, changelog and offsets in one transaction. Owned by the stage's thread. */
final class StageTransaction {
    private static final Logger LOG = LoggerFactory.getLogger(StageTransaction.class);

    private final StageConfig config;
    private final PoisonPolicy poison;
    private final StageMetrics metrics;
    private final StageClients clients;
    private final String owner;
    private final TransactionOutput output;
    private int rejects;
    private int firstPartition;

    StageTransaction(
            StageConfig config, PoisonPolicy poison, StageMetrics metrics, StageClients clients, String owner) {
        this.config = config;
        this.poison = poison;
        this.metrics = metrics;
        this.clients = clients;
        this.owner = owner;
        this.output = new TransactionOutput(clients.producer, config.changelogTopic());
    }

    /**
     * Runs one.
     *
     * @return true when it was committed; false when the group had moved on meanwhile and it was aborted
     */
    boolean run(Collection<OwnedPartition> partitions) {
        rejects = 0;
        clients.producer.beginTransaction();
        List<OwnedPartition> touched = new ArrayList<>();
        int records = process(partitions, touched);
        long processed = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (OwnedPartition partition : touched) {
            output.beginAt(partition.input.partition(), partition.nextOffset);
            partition.processor.beforeCommit(output);
            output.position(partition.processor.replayFrom(partition.nextOffset));
            output.flush();
            offsets.put(partition.input, new OffsetAndMetadata(partition.nextOffset, owner));
        }
        try {
            clients.producer.sendOffsetsToTransaction(offsets, clients.input.groupMetadata());
            clients.producer.commitTransaction();
        } catch (CommitFailedException | TransactionAbortableException e) {
            // Usual in a cooperative rebalance: the group is in its next generation, this thread has not heard of it
            // yet.
            LOG.info(
                    "Stage {}: the group moved on during a transaction, doing it again: {}",
                    config.name(),
                    e.getMessage());
            clients.producer.abortTransaction();
            return false;
        }
        metrics.commit.record(System.nanoTime() - processed, TimeUnit.NANOSECONDS);
        metrics.rejects.increment(rejects);
        metrics.records.increment(records);
        metrics.batches.increment();
        touched.forEach(this::publish);
        return true;
    }

    /** Round robin over the partitions, so that one with a long backlog does not hold up the others. */
    private int process(Collection<OwnedPartition> partitions, List<OwnedPartition> touched) {
        long deadline = System.nanoTime() + config.commitEvery().toNanos();
        List<OwnedPartition> turn = new ArrayList<>(partitions);
        turn.removeIf(partition -> partition.backlog.isEmpty());
        Collections.rotate(turn, -(firstPartition++ % Math.max(1, turn.size())));
        touched.addAll(turn);
        int records = 0;
        boolean any = true;
        while (any) {
            any = false;
            for (OwnedPartition partition : turn) {
                ConsumerRecord<byte[], byte[]> record = partition.backlog.poll();
                if (record != null) {
                    process(partition, record);
                    records++;
                    any = true;
                }
            }
            if (System.nanoTime() - deadline >= 0) {
                break;
            }
        }
        return records;
    }

    private void process(OwnedPartition partition, ConsumerRecord<byte[], byte[]> record) {
        long next = record.offset() + 1;
        output.beginAt(partition.input.partition(), next);
        try {
            partition.processor.process(record, output);
        } catch (StageException | KafkaException outside) {
            throw outside;
        } catch (RuntimeException problem) {
            output.discard();
            partition.processor.undo(record);
            output.send(poison.deadLetter(record, problem));
            rejects++;
        }
        output.flush();
        partition.nextOffset = next;
    }

    /** Has a record processed again whose effects are committed, with the same end when it fails. */
    static void replay(OwnedPartition partition, ConsumerRecord<byte[], byte[]> record) {
        try {
            partition.processor.replay(record);
        } catch (StageException | KafkaException outside) {
            throw outside;
        } catch (RuntimeException problem) {
            LOG.debug("{}@{} failed again: {}", partition.input, record.offset(), problem.toString());
            partition.processor.undo(record);
        }
    }

    private void publish(OwnedPartition partition) {
        try {
            partition.processor.afterCommit();
        } catch (RuntimeException e) {
            metrics.viewFailures.increment();
            LOG.warn("Stage {}: publishing a view of {} failed; Kafka has it", config.name(), partition.input, e);
        }
    }
}
