package io.pouchtwin.api.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest states of one cell, at most as many as the store allows.
 *
 * <p>States are counted from 1 as they come (their ordinal); a reader remembers the ordinal of the last one it has seen. State {@code o} stands at
 * slot {@code o mod length}.
 */
public final class StateRing {
    private static final int FIRST_LENGTH = 16;

    private @Nullable StoredState[] slots = new StoredState[FIRST_LENGTH];
    private long newestOrdinal;
    private int size;
    private long evictedThroughArrival;

    /** Adds the newest state and drops the oldest beyond the limit; returns by how many states the ring grew (may be negative). */
    int append(StoredState state, int limit) {
        int before = size;
        while (size >= limit) {
            dropOldest();
        }
        if (size == slots.length) {
            grow();
        }
        newestOrdinal = state.ordinal();
        slots[slot(newestOrdinal)] = state;
        size++;
        return size - before;
    }

    private void dropOldest() {
        int slot = slot(oldestOrdinal());
        StoredState oldest = slots[slot];
        if (oldest != null) {
            evictedThroughArrival = oldest.arrival();
        }
        slots[slot] = null;
        size--;
    }

    private void grow() {
        StoredState[] old = slots;
        slots = new StoredState[old.length * 2];
        for (long ordinal = oldestOrdinal(); ordinal <= newestOrdinal; ordinal++) {
            slots[slot(ordinal)] = old[(int) (ordinal % old.length)];
        }
    }

    private int slot(long ordinal) {
        return (int) (ordinal % slots.length);
    }

    /** How many states are held. */
    public int size() {
        return size;
    }

    /** Ordinal of the newest state; 0 if none ever came. */
    public long newestOrdinal() {
        return newestOrdinal;
    }

    /** Ordinal of the oldest state held; one more than the newest's if none is. */
    public long oldestOrdinal() {
        return newestOrdinal - size + 1;
    }

    /** Arrival number of the newest state that was let go; 0 if none was. */
    public long evictedThroughArrival() {
        return evictedThroughArrival;
    }

    /** The newest state. */
    public Optional<StoredState> newest() {
        return at(newestOrdinal);
    }

    /** The oldest state held. */
    public Optional<StoredState> oldest() {
        return at(oldestOrdinal());
    }

    private Optional<StoredState> at(long ordinal) {
        boolean held = ordinal >= oldestOrdinal() && ordinal <= newestOrdinal;
        return held ? Optional.ofNullable(slots[slot(ordinal)]) : Optional.empty();
    }

    /** The newest {@code limit} states, oldest first. */
    public List<StoredState> latest(int limit) {
        return after(newestOrdinal - limit, limit);
    }

    /** The states after an ordinal that are still held, oldest first, at most {@code limit} of them. */
    public List<StoredState> after(long ordinal, int limit) {
        long first = Math.max(ordinal + 1, oldestOrdinal());
        long last = Math.min(newestOrdinal, first + limit - 1);
        List<StoredState> found = new ArrayList<>((int) Math.max(0, last - first + 1));
        for (long o = first; o <= last; o++) {
            at(o).ifPresent(found::add);
        }
        return found;
    }

    /**
     * Where a reader stands who has seen everything of this cell up to an event.
     *
     * @return the ordinal of the newest state the reader has seen, or empty where the ring cannot tell: the event was let go, or never came
     */
    public Optional<Long> ordinalOf(EventId seen) {
        for (long o = newestOrdinal; o >= oldestOrdinal(); o--) {
            StoredState state = at(o).orElseThrow();
            if (!state.testRun().equals(seen.testRun()) || state.sequence() > seen.sequence()) {
                continue;
            }
            // a reader cannot have seen a later event of the newest test than the newest one
            boolean ahead = o == newestOrdinal && state.sequence() < seen.sequence();
            return ahead ? Optional.empty() : Optional.of(o);
        }
        boolean nextIsOldest = oldest().filter(
                        s -> s.testRun().equals(seen.testRun()) && s.sequence() == seen.sequence() + 1)
                .isPresent();
        return nextIsOldest ? Optional.of(oldestOrdinal() - 1) : Optional.empty();
    }

    /** Where a reader stands who has seen everything of all cells up to an arrival number, as far as the ring can tell. */
    public long ordinalAtArrival(long arrival) {
        for (long o = newestOrdinal; o >= oldestOrdinal(); o--) {
            if (at(o).orElseThrow().arrival() <= arrival) {
                return o;
            }
        }
        return oldestOrdinal() - 1;
    }
}
