package io.pouchtwin.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stage thread from connecting to Kafka until something goes wrong or it is closed: takes records, has them processed, commits outputs, state and offsets together.
 *
 * <p>Rebalances happen only inside {@code poll}, and no transaction is open there.
 */
final class StageSession implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(StageSession.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StageConfig config;
    private final ProcessorFactory factory;
    private final StageMetrics metrics;
    private final StageWorker worker;
    private final StageClients clients;
    private final StageTransaction transaction;
    private final ChangelogRestorer restorer;
    private final Map<TopicPartition, OwnedPartition> owned =
            new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));

    StageSession(
            StageConfig config,
            ProcessorFactory factory,
            PoisonPolicy poison,
            StageMetrics metrics,
            StageWorker worker,
            StageClients clients) {
        this.config = config;
        this.factory = factory;
        this.metrics = metrics;
        this.worker = worker;
        this.clients = clients;
        this.transaction = new StageTransaction(config, poison, metrics, clients, worker.id());
        this.restorer = new ChangelogRestorer(clients, config.name());
    }

    /** Works until the worker is told to stop. */
    void run() {
        TopicSetup.requireSamePartitions(clients.admin, config.inputTopic(), config.changelogTopic());
        clients.producer.initTransactions();
        clients.input.subscribe(List.of(config.inputTopic()), this);
        while (worker.wanted()) {
            if (!restorer.idle()) {
                restorer.step().forEach(this::beginProcessing);
            }
            take();
            replay();
            List<OwnedPartition> working =
                    owned.values().stream().filter(OwnedPartition::hasWork).toList();
            if (!working.isEmpty()) {
                long begun = System.nanoTime();
                if (transaction.run(working)) {
                    pace(begun);
                } else {
                    startOver();
                }
            }
            tellHealth();
        }
    }

    /** Closes the processors; the clients are the worker's. */
    void close() {
        owned.values().forEach(partition -> partition.processor.close());
        owned.clear();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        List<OwnedPartition> fresh = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            OwnedPartition added = new OwnedPartition(partition, config.changelogTopic(), factory.create(partition));
            owned.put(partition, added);
            fresh.add(added);
        }
        clients.input.pause(partitions);
        // A place until the right one is known; nothing is fetched from a paused partition.
        partitions.forEach(partition -> clients.input.seek(partition, 0));
        restorer.add(fresh);
        LOG.info("Stage {}: took over {}", config.name(), partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            OwnedPartition given = owned.remove(partition);
            if (given != null) {
                restorer.remove(given);
                given.processor.close();
            }
        }
        if (!partitions.isEmpty()) {
            LOG.info("Stage {}: gave away {}", config.name(), partitions);
        }
    }

    private boolean backlog() {
        return owned.values().stream().anyMatch(partition -> !partition.backlog.isEmpty());
    }

    /** Takes records from Kafka. While some are still waiting to be processed it only takes part in the group. */
    private void take() {
        boolean waiting = backlog();
        if (waiting) {
            clients.input.pause(clients.input.assignment());
        }
        try {
            Duration patience = waiting || !restorer.idle() ? Duration.ZERO : IDLE_POLL;
            for (ConsumerRecord<byte[], byte[]> record : clients.input.poll(patience)) {
                OwnedPartition partition = owned.get(new TopicPartition(record.topic(), record.partition()));
                if (partition != null) {
                    partition.backlog.add(record);
                }
            }
        } catch (OffsetOutOfRangeException e) {
            goOnFromWhatIsLeft(e);
        }
        if (waiting) {
            clients.input.resume(owned.values().stream()
                    .filter(partition -> partition.phase != OwnedPartition.Phase.RESTORING)
                    .map(partition -> partition.input)
                    .toList());
        }
    }

    /** The state of a partition is complete: check that it belongs to the committed offset, and let its records come. */
    private void beginProcessing(OwnedPartition partition) {
        OffsetAndMetadata committed =
                clients.input.committed(Set.of(partition.input), PATIENCE).get(partition.input);
        long restored = partition.restoredNextOffset;
        if (committed == null && restored < 0) {
            partition.nextOffset = beginning(partition.input);
        } else if (committed == null) {
            LOG.warn(
                    "Stage {}: the group forgot its offset of {}, going on from {} as the changelog says",
                    config.name(),
                    partition.input,
                    restored);
            partition.nextOffset = restored;
        } else if (committed.offset() == restored) {
            partition.nextOffset = restored;
        } else {
            throw new StageException("State and input do not belong together: changelog " + partition.changelog
                    + (restored < 0 ? " is empty" : " has seen the input up to offset " + restored) + ", but group \""
                    + config.name() + "\" committed offset " + committed.offset() + " of " + partition.input
                    + ". Somebody deleted the changelog or moved the group. To compute everything again: stop the stage, delete topic "
                    + partition.changelog.topic() + " and reset the group to the earliest offset.");
        }
        if (partition.needsReplay()) {
            partition.phase = OwnedPartition.Phase.REPLAYING;
            clients.input.seek(partition.input, partition.replayFrom);
        } else {
            clients.input.seek(partition.input, partition.nextOffset);
            beginRunning(partition);
        }
        clients.input.resume(List.of(partition.input));
    }

    private void beginRunning(OwnedPartition partition) {
        partition.processor.restored();
        partition.phase = OwnedPartition.Phase.RUNNING;
        metrics.restores.increment();
    }

    /** Processes committed records again for a bounded time, so that the group and the other partitions go on meanwhile. */
    private void replay() {
        long deadline = System.nanoTime() + config.commitEvery().toNanos();
        for (OwnedPartition partition : owned.values()) {
            if (partition.phase == OwnedPartition.Phase.REPLAYING) {
                replay(partition, deadline);
            }
        }
    }

    private void replay(OwnedPartition partition, long deadline) {
        ConsumerRecord<byte[], byte[]> record = partition.backlog.peek();
        while (record != null && record.offset() < partition.nextOffset && System.nanoTime() - deadline < 0) {
            partition.backlog.remove();
            StageTransaction.replay(partition, record);
            metrics.replayed.increment();
            record = partition.backlog.peek();
        }
        long reached = record == null ? clients.input.position(partition.input, PATIENCE) : record.offset();
        if (reached >= partition.nextOffset) {
            beginRunning(partition);
        }
    }

    private long beginning(TopicPartition partition) {
        return clients.input.beginningOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
    }

    private void goOnFromWhatIsLeft(OffsetOutOfRangeException outOfRange) {
        outOfRange.offsetOutOfRangePartitions().forEach((partition, wanted) -> {
            long first = beginning(partition);
            long lost = Math.max(0, first - wanted);
            metrics.lost.increment((double) lost);
            LOG.error(
                    "Stage {}: Kafka deleted {} records of {} before they were processed (from offset {}). Lengthen the topic's retention.",
                    config.name(),
                    lost,
                    partition,
                    wanted);
            clients.input.seek(partition, first);
        });
    }

    /** After an aborted transaction: forget all that was not committed, restore, and take the same records again. */
    private void startOver() {
        Map<TopicPartition, OwnedPartition> before = new HashMap<>(owned);
        metrics.retries.increment();
        onPartitionsRevoked(before.keySet());
        onPartitionsAssigned(before.keySet());
    }

    /** Small transactions cost as much as large ones: do not run them faster than half the commit interval. */
    private void pace(long begunNanos) {
        long rest =
                TimeUnit.MILLISECONDS.toNanos(config.commitEvery().toMillis()) / 2 - (System.nanoTime() - begunNanos);
        if (rest > 0 && !backlog() && worker.wanted()) {
            LockSupport.parkNanos(rest);
        }
    }

    private void tellHealth() {
        long lag = 0;
        for (OwnedPartition partition : owned.values()) {
            lag += partition.backlog.size();
            lag += partition.phase == OwnedPartition.Phase.RESTORING
                    ? 0
                    : clients.input.currentLag(partition.input).orElse(0);
        }
        int restoring = (int) owned.values().stream()
                .filter(partition -> partition.phase != OwnedPartition.Phase.RUNNING)
                .count();
        worker.tell(clients.connected(), clients.joined(), owned.size(), restoring, lag);
    }
}
