package io.pouchtwin.twin.engine;

import io.pouchtwin.twin.TesterAccuracy;
import java.time.Duration;

/**
 * What the twin engine runs with.
 *
 * @param threads threads of this process that advance twins, 1 or more; partitions are shared among them
 * @param maxPollRecords records taken from Kafka at once, 1 or more
 * @param commitEvery how long a transaction takes records in, 1 ms to 5 s
 * @param sessionTimeout after what silence another process takes over this one's cells, 1 s to 5 min
 * @param transactionTimeout after what time the broker gives up the transaction of a dead process, 2 s to 5 min
 * @param tester what the testers' readings are worth
 * @param snapshotEverySamples samples of a partition after which one twin's snapshot is written, 1 or more; fewer make
 *     a take-over shorter and the writing more
 * @param snapshotEvery after what time each twin that moved has had a snapshot, 0.1 s to 1 h
 * @param staleAfter a cell whose run goes on and that nothing was heard of for so long counts as stale, 1 s to 1 d
 */
public record EngineConfig(
        int threads,
        int maxPollRecords,
        Duration commitEvery,
        Duration sessionTimeout,
        Duration transactionTimeout,
        TesterAccuracy tester,
        int snapshotEverySamples,
        Duration snapshotEvery,
        Duration staleAfter) {

    /** Checks what the stage does not. */
    public EngineConfig {
        if (threads < 1) {
            throw new IllegalArgumentException("engine.threads: " + threads + ", expected 1 or more");
        }
        if (snapshotEverySamples < 1) {
            throw new IllegalArgumentException(
                    "engine.snapshot-every-samples: " + snapshotEverySamples + ", expected 1 or more");
        }
        requireBetween("engine.snapshot-every", snapshotEvery, Duration.ofMillis(100), Duration.ofHours(1));
        requireBetween("engine.stale-after", staleAfter, Duration.ofSeconds(1), Duration.ofDays(1));
    }

    private static void requireBetween(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + ": " + value + ", expected " + least + " to " + most);
        }
    }

    /** One thread, a commit each 40 ms, an ordinary tester; a snapshot of each twin all 20 s or sooner; stale after 30 s. */
    public static EngineConfig standard() {
        return new EngineConfig(
                1,
                500,
                Duration.ofMillis(40),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                TesterAccuracy.standard(),
                250,
                Duration.ofSeconds(20),
                Duration.ofSeconds(30));
    }

    /** The same with another number of threads. */
    public EngineConfig withThreads(int otherThreads) {
        return new EngineConfig(
                otherThreads,
                maxPollRecords,
                commitEvery,
                sessionTimeout,
                transactionTimeout,
                tester,
                snapshotEverySamples,
                snapshotEvery,
                staleAfter);
    }
}
