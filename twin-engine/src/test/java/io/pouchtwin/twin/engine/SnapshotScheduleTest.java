package io.pouchtwin.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotScheduleTest {
    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final long COMMIT_NS = 40_000_000;

    @Test
    void manyCellsAreSavedInTurnEvenlyOverTheCommitsAndEachWithinTheTime() {
        SnapshotSchedule schedule = new SnapshotSchedule(1_000_000, EVERY, 0);
        List<String> saved = new ArrayList<>();
        int largest = 0;
        for (int commit = 1; commit <= 500; commit++) {
            for (int cell = 0; cell < 1_000; cell++) {
                schedule.moved("c" + cell, commit * 1_000L + cell, 1);
            }
            List<String> taken = schedule.take(commit * COMMIT_NS);
            largest = Math.max(largest, taken.size());
            saved.addAll(taken);
        }
        assertThat(new HashSet<>(saved)).as("all within 20 s").hasSize(1_000);
        assertThat(largest).as("no burst").isLessThanOrEqualTo(4);
    }

    @Test
    void oneIsWrittenForEachSoManySamplesHoweverFastTheyCome() {
        SnapshotSchedule schedule = new SnapshotSchedule(250, Duration.ofHours(1), 0);
        int written = 0;
        for (int k = 0; k < 10_000; k++) {
            schedule.moved("c" + k % 50, k, 10);
            written += schedule.take(k).size();
        }
        assertThat(written).isBetween(390, 400);
    }

    @Test
    void replayBeginsWhereTheOldestUnsavedCellBegan() {
        SnapshotSchedule schedule = new SnapshotSchedule(2, Duration.ofHours(1), 0);
        assertThat(schedule.replayFrom(7)).isEqualTo(7);
        schedule.moved("a", 10, 1);
        schedule.moved("b", 11, 1);
        schedule.moved("a", 12, 1);
        assertThat(schedule.replayFrom(13)).isEqualTo(10);
        assertThat(schedule.take(1)).containsExactly("a");
        assertThat(schedule.replayFrom(13)).isEqualTo(11);
        schedule.moved("a", 13, 1);
        assertThat(schedule.replayFrom(14)).isEqualTo(11);
    }

    @Test
    void whatDoesNotFollowFromTheSamplesIsSavedAtOnce() {
        SnapshotSchedule schedule = new SnapshotSchedule(1_000, Duration.ofHours(1), 0);
        IntStream.range(0, 20).forEach(k -> schedule.moved("c" + k, k, 1));
        schedule.insist("c7");
        schedule.insist("gone");
        assertThat(schedule.take(1)).containsExactly("c7", "gone");
        assertThat(schedule.take(2)).isEmpty();
    }

    @Test
    void aPauseIsFollowedByNoBurst() {
        SnapshotSchedule schedule = new SnapshotSchedule(1_000, EVERY, 0);
        IntStream.range(0, 1_000).forEach(k -> schedule.moved("c" + k, k, 1));
        assertThat(schedule.take(Duration.ofHours(3).toNanos())).hasSizeLessThanOrEqualTo(52);
    }
}
