package io.pouchtwin.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the state of newly owned partitions back, a slice at a time so that the group goes on meanwhile. A partition is restored when a read_committed reader has reached the
 * high watermark that the changelog had after the dead were fenced. Owned by the stage's thread.
 */
final class ChangelogRestorer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SLICE = Duration.ofMillis(20);

    private final StageClients clients;
    private final String group;
    private final Map<TopicPartition, OwnedPartition> byChangelog = new HashMap<>();
    private final Map<TopicPartition, Long> targets = new HashMap<>();

    ChangelogRestorer(StageClients clients, String group) {
        this.clients = clients;
        this.group = group;
    }

    boolean idle() {
        return byChangelog.isEmpty();
    }

    void add(Collection<OwnedPartition> partitions) {
        partitions.forEach(partition -> byChangelog.put(partition.changelog, partition));
        reassign();
    }

    void remove(OwnedPartition partition) {
        if (byChangelog.remove(partition.changelog, partition)) {
            targets.remove(partition.changelog);
            reassign();
        }
    }

    /** Reads on, and returns the partitions whose state is complete. */
    List<OwnedPartition> step() {
        beginNew();
        for (ConsumerRecord<byte[], byte[]> record : clients.changelog.poll(SLICE)) {
            OwnedPartition partition = byChangelog.get(new TopicPartition(record.topic(), record.partition()));
            if (partition != null) {
                partition.restore(record);
            }
        }
        List<OwnedPartition> complete = new ArrayList<>();
        targets.forEach((changelog, target) -> {
            OwnedPartition partition = byChangelog.get(changelog);
            if (partition != null && clients.changelog.position(changelog) >= target) {
                complete.add(partition);
            }
        });
        complete.forEach(this::remove);
        return complete;
    }

    private void beginNew() {
        List<TopicPartition> fresh = byChangelog.keySet().stream()
                .filter(changelog -> !targets.containsKey(changelog))
                .toList();
        if (!fresh.isEmpty()) {
            DeadOwners.fence(clients.admin, group, PATIENCE);
            targets.putAll(HighWatermarks.of(clients.admin, fresh, PATIENCE));
            clients.changelog.seekToBeginning(fresh);
        }
    }

    /** Assigning keeps the place of partitions that stay. */
    private void reassign() {
        clients.changelog.assign(byChangelog.keySet());
    }
}
