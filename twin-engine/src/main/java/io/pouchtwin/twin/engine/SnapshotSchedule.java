package io.pouchtwin.twin.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which twins' snapshots go into Kafka with a commit, and from where the input has to be replayed for the others.
 *
 * <p>A snapshot is some 35 KB and a sample some 100 bytes: writing the first for each of the second drowns the broker.
 * So one snapshot is written for each so many samples of the partition, and more where that would leave a twin
 * without one for longer than a set time; the twin that has waited longest comes first. The snapshots are spread
 * evenly over the commits. When they are written changes no bit of any state, so a clock may decide.
 *
 * <p>Belongs to the stage's thread.
 */
final class SnapshotSchedule {
    /** After a pause the time that passed counts for no more than this, so that no burst follows [ns]. */
    private static final double LONGEST_STRIDE_NS = 1e9;

    private final int everySamples;
    private final double everyNs;
    /** First offset of each cell that its snapshot has not seen; in the order of these offsets. */
    private final Map<String, Long> unsaved = new LinkedHashMap<>();

    private final Set<String> urgent = new LinkedHashSet<>();
    /** Snapshots that may be written; the rest of what was earned and not used. */
    private double credit;

    private long lastNs;

    /**
     * Nothing has moved yet.
     *
     * @param everySamples samples of the partition after which one snapshot is written, 1 or more
     * @param every time after which each twin that moved has had a snapshot
     * @param nowNs a monotonic clock's reading [ns]
     */
    SnapshotSchedule(int everySamples, Duration every, long nowNs) {
        this.everySamples = everySamples;
        this.everyNs = (double) every.toNanos();
        this.lastNs = nowNs;
    }

    /** A cell took samples of the input record at this offset. */
    void moved(String cell, long offset, int samples) {
        unsaved.putIfAbsent(cell, offset);
        credit += (double) samples / everySamples;
    }

    /** The cell's snapshot goes with the next commit: what happened to it does not follow from the samples alone. */
    void insist(String cell) {
        urgent.add(cell);
    }

    /** The cells whose snapshots go with the commit that is being made; from now on they count as saved. */
    List<String> take(long nowNs) {
        credit += unsaved.size() * Math.min((double) (nowNs - lastNs), LONGEST_STRIDE_NS) / everyNs;
        lastNs = nowNs;
        List<String> taken = new ArrayList<>(urgent);
        urgent.clear();
        taken.forEach(unsaved::remove);
        while (credit >= 1 && !unsaved.isEmpty()) {
            String oldest = unsaved.keySet().iterator().next();
            unsaved.remove(oldest);
            taken.add(oldest);
            credit--;
        }
        if (unsaved.isEmpty()) {
            credit = Math.min(credit, 1);
        }
        return taken;
    }

    /** The first input offset that some cell's snapshot has not seen; {@code nextOffset} when all have seen everything. */
    long replayFrom(long nextOffset) {
        return unsaved.isEmpty() ? nextOffset : unsaved.values().iterator().next();
    }
}
