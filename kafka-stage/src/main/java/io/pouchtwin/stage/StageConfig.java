package io.pouchtwin.stage;

import java.time.Duration;

/**
 * What a {@link Stage} runs with.
 *
 * @param name the consumer group, and the value of tag "stage" in its metrics; the same for all processes that share the work
 * @param kafka how to reach Kafka
 * @param inputTopic what it reads
 * @param changelogTopic compacted topic of its state, with as many partitions as the input
 * @param threads threads in this process; more than the input has partitions are idle
 * @param maxPollRecords how many records are taken at once
 * @param commitEvery a transaction takes records in for no longer than this, and transactions do not follow each other faster than half of it
 * @param transactionTimeout after this the broker aborts the transaction of a dead owner, if nobody fenced it before
 * @param sessionTimeout after this the group gives the partitions of a silent process to others
 */
public record StageConfig(
        String name,
        KafkaSettings kafka,
        String inputTopic,
        String changelogTopic,
        int threads,
        int maxPollRecords,
        Duration commitEvery,
        Duration transactionTimeout,
        Duration sessionTimeout) {

    public StageConfig {
        requirePositive(name + ".threads", threads);
        requirePositive(name + ".max-poll-records", maxPollRecords);
        requireBetween(name + ".commit-every", commitEvery, Duration.ofMillis(1), Duration.ofSeconds(5));
        requireBetween(name + ".transaction-timeout", transactionTimeout, Duration.ofSeconds(2), Duration.ofMinutes(5));
        requireBetween(name + ".session-timeout", sessionTimeout, Duration.ofSeconds(1), Duration.ofMinutes(5));
    }

    /** One thread, 500 records at a time, a commit each 40 ms or less. */
    public static StageConfig of(String name, KafkaSettings kafka, String inputTopic, String changelogTopic) {
        return new StageConfig(
                name,
                kafka,
                inputTopic,
                changelogTopic,
                1,
                500,
                Duration.ofMillis(40),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3));
    }

    /** The same with another number of threads. */
    public StageConfig withThreads(int otherThreads) {
        return new StageConfig(
                name,
                kafka,
                inputTopic,
                changelogTopic,
                otherThreads,
                maxPollRecords,
                commitEvery,
                transactionTimeout,
                sessionTimeout);
    }

    /** The same with other batches. */
    public StageConfig withBatches(int otherMaxPollRecords, Duration otherCommitEvery) {
        return new StageConfig(
                name,
                kafka,
                inputTopic,
                changelogTopic,
                threads,
                otherMaxPollRecords,
                otherCommitEvery,
                transactionTimeout,
                sessionTimeout);
    }

    /** The same with other times after which the dead are replaced. */
    public StageConfig withTimeouts(Duration otherTransactionTimeout, Duration otherSessionTimeout) {
        return new StageConfig(
                name,
                kafka,
                inputTopic,
                changelogTopic,
                threads,
                maxPollRecords,
                commitEvery,
                otherTransactionTimeout,
                otherSessionTimeout);
    }

    private static void requirePositive(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + ": " + value + ", expected 1 or more");
        }
    }

    private static void requireBetween(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + ": " + value + ", expected " + least + " to " + most);
        }
    }
}
