package io.pouchtwin.api.live;

import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.Contact;
import io.pouchtwin.api.store.EventId;
import org.jspecify.annotations.Nullable;

/** What one subscription owes its reader of one cell. Holds at most one state and one sign of life, whatever the reader does. */
final class Lane {
    private final CellLine line;
    private @Nullable LiveEvent held;
    private long heldSinceArrival;
    private long skipped;
    private @Nullable EventId firstSkipped;
    private @Nullable EventId lastSkipped;
    private boolean heldBySlowness;
    private @Nullable Contact heldContact;
    private long skippedContacts;
    private long nextAllowedNs = Long.MIN_VALUE;
    private boolean replaying;
    private long seenOrdinal;
    private long seenArrival;

    Lane(CellLine line) {
        this.line = line;
    }

    CellLine line() {
        return line;
    }

    /** Keeps a state for later; the one kept before it is left out for good. */
    void hold(LiveEvent event, boolean slow) {
        LiveEvent before = held;
        if (before == null) {
            heldSinceArrival = event.stored().arrival();
            heldBySlowness = false;
        } else {
            EventId id = before.stored().id();
            skipped++;
            firstSkipped = firstSkipped == null ? id : firstSkipped;
            lastSkipped = id;
        }
        heldBySlowness |= slow;
        held = event;
    }

    @Nullable LiveEvent held() {
        return held;
    }

    /** Arrival number of the oldest state that the reader has neither got nor been told of; only while something is held. */
    long heldSinceArrival() {
        return heldSinceArrival;
    }

    /** What was left out before the state that is held; null if nothing was. */
    @Nullable Conflated conflated() {
        if (skipped == 0) {
            return null;
        }
        Conflated.Reason reason = heldBySlowness ? Conflated.Reason.SLOW_READER : Conflated.Reason.RATE_LIMIT;
        return new Conflated(line.cell(), skipped, firstSkipped, lastSkipped, reason);
    }

    void release() {
        held = null;
        skipped = 0;
        firstSkipped = null;
        lastSkipped = null;
    }

    void hold(Contact contact) {
        if (heldContact != null) {
            skippedContacts++;
        }
        heldContact = contact;
    }

    /** The sign of life that is held, which is held no longer. */
    @Nullable LiveReading takeReading() {
        Contact contact = heldContact;
        if (contact == null) {
            return null;
        }
        LiveReading reading = new LiveReading(line.cell(), contact, skippedContacts);
        heldContact = null;
        skippedContacts = 0;
        return reading;
    }

    boolean mayGo(long nowNs) {
        return nowNs >= nextAllowedNs;
    }

    void went(long nowNs, long minIntervalNs) {
        nextAllowedNs = minIntervalNs == 0 ? Long.MIN_VALUE : nowNs + minIntervalNs;
    }

    /** From now on the reader gets this cell's states out of the ring, after an ordinal, until it has caught up. */
    void startReplay(long afterOrdinal, long afterArrival) {
        replaying = true;
        seenOrdinal = afterOrdinal;
        seenArrival = afterArrival;
        release();
    }

    boolean replaying() {
        return replaying;
    }

    long seenOrdinal() {
        return seenOrdinal;
    }

    long seenArrival() {
        return seenArrival;
    }

    void replayed(long ordinal, long arrival) {
        seenOrdinal = ordinal;
        seenArrival = arrival;
    }

    void endReplay() {
        replaying = false;
    }
}
