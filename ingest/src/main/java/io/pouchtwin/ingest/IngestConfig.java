package io.pouchtwin.ingest;

import java.time.Duration;

/**
 * What ingest runs with.
 *
 * @param group consumer group; processes with the same one share the channels
 * @param threads threads in this process; more than {@code telemetry.raw} has partitions are idle
 * @param maxPollRecords raw batches that are taken at once
 * @param commitEvery a transaction takes raw batches in for no longer than this
 */
public record IngestConfig(String group, int threads, int maxPollRecords, Duration commitEvery) {

    public IngestConfig {
        if (group.isBlank()) {
            throw new IllegalArgumentException("ingest.group: empty, expected a name");
        }
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("ingest.threads: " + threads + ", expected 1 to 256");
        }
        if (maxPollRecords < 1) {
            throw new IllegalArgumentException("ingest.max-poll-records: " + maxPollRecords + ", expected 1 or more");
        }
        if (commitEvery.compareTo(Duration.ofMillis(1)) < 0 || commitEvery.compareTo(Duration.ofSeconds(5)) > 0) {
            throw new IllegalArgumentException("ingest.commit-every: " + commitEvery + ", expected 1 ms to 5 s");
        }
    }

    /** One thread, commits each 30 ms or less. */
    public static IngestConfig defaults() {
        return new IngestConfig("pouchtwin-ingest", 1, 500, Duration.ofMillis(30));
    }
}
