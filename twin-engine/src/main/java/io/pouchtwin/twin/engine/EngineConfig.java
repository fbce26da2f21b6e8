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
 */
public record EngineConfig(
        int threads,
        int maxPollRecords,
        Duration commitEvery,
        Duration sessionTimeout,
        Duration transactionTimeout,
        TesterAccuracy tester) {

    /** Checks what the stage does not. */
    public EngineConfig {
        if (threads < 1) {
            throw new IllegalArgumentException("engine.threads: " + threads + ", expected 1 or more");
        }
    }

    /** One thread, a commit each 40 ms, an ordinary tester. */
    public static EngineConfig standard() {
        return new EngineConfig(
                1,
                500,
                Duration.ofMillis(40),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                TesterAccuracy.standard());
    }

    /** The same with another number of threads. */
    public EngineConfig withThreads(int otherThreads) {
        return new EngineConfig(otherThreads, maxPollRecords, commitEvery, sessionTimeout, transactionTimeout, tester);
    }
}
