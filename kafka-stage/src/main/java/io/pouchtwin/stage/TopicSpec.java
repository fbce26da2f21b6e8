package io.pouchtwin.stage;

import java.util.HashMap;
import java.util.Map;

/**
 * What a topic has to be.
 *
 * @param name its name in Kafka
 * @param partitions how many partitions it is created with, and has to have if it exists
 * @param compacted whether Kafka keeps only the latest record of each key
 * @param replication copies of each record; -1 leaves it to the broker
 * @param config further topic settings
 */
public record TopicSpec(String name, int partitions, boolean compacted, short replication, Map<String, String> config) {

    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException(name + ".partitions: " + partitions + ", expected 1 or more");
        }
        if (replication != -1 && replication < 1) {
            throw new IllegalArgumentException(
                    name + ".replication: " + replication + ", expected 1 or more, or -1 for the broker's default");
        }
        config = Map.copyOf(config);
    }

    /** A log that keeps everything until told otherwise. */
    public static TopicSpec log(String name, int partitions) {
        return new TopicSpec(name, partitions, false, (short) -1, Map.of("retention.ms", "-1"));
    }

    /** A table: the latest record of each key. */
    public static TopicSpec table(String name, int partitions) {
        return new TopicSpec(name, partitions, true, (short) -1, Map.of());
    }

    /** The topic's settings as Kafka knows them. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("cleanup.policy", compacted ? "compact" : "delete");
        if (compacted) {
            // A table is read from its start on every take-over: keep it short. [ms], [bytes]
            settings.put("segment.ms", "600000");
            settings.put("segment.bytes", "33554432");
            settings.put("min.cleanable.dirty.ratio", "0.3");
            settings.put("max.compaction.lag.ms", "3600000");
        }
        settings.putAll(config);
        return settings;
    }
}
