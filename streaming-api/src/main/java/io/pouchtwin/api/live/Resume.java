package io.pouchtwin.api.live;

import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.EventId;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.api.store.StoredState;
import io.pouchtwin.api.store.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a reader goes on: at the state after the one it names, or at the oldest that is still held and with a {@link Reset} that says so. */
final class Resume {
    private Resume() {}

    /** One cell, after an event. */
    static void cell(Subscription subscription, CellLine line, String lastEventId) {
        Optional<EventId> id = EventId.parse(lastEventId);
        Optional<Long> seen = id.flatMap(line.ring()::ordinalOf);
        if (seen.isEmpty()) {
            subscription.reset(lost(line, id, lastEventId));
        }
        subscription.replay(line, seen.orElse(line.ring().oldestOrdinal() - 1), 0);
    }

    private static Reset lost(CellLine line, Optional<EventId> id, String requested) {
        @Nullable String before = line.ring().oldest().map(s -> s.id().toString()).orElse(null);
        Reset.Missing missing = new Reset.Missing(line.cell(), before);
        boolean tooOld = id.isPresent()
                && line.ring()
                        .oldest()
                        .filter(s -> s.testRun().equals(id.get().testRun())
                                && s.sequence() > id.get().sequence())
                        .isPresent();
        return tooOld
                ? new Reset(
                        "too-old",
                        "The states after this event up to missing_before are no longer held here; those from there on follow.",
                        requested,
                        List.of(missing))
                : new Reset(
                        "unknown-id",
                        "This event is not known here: what lies between it and missing_before cannot be told. All states"
                                + " that are held follow.",
                        requested,
                        List.of(missing));
    }

    /** Many cells, after a place in the stream of all. */
    static void position(Subscription subscription, StateStore store, List<CellLine> lines, String lastEventId) {
        Optional<StreamPosition> seen = StreamPosition.parse(lastEventId)
                .filter(p -> p.instance().equals(store.position().instance()))
                .filter(p -> p.arrival() <= store.position().arrival());
        if (seen.isEmpty()) {
            subscription.reset(new Reset(
                    "server-restarted",
                    "This place in the stream is not known here: the server has started anew since, or the id is not its own."
                            + " The newest state of each cell follows; /api/v1/cells/{cell}/recent holds the past.",
                    lastEventId,
                    List.of()));
            subscription.snapshot(lines);
            return;
        }
        long arrival = seen.get().arrival();
        List<Reset.Missing> missing = new ArrayList<>();
        for (CellLine line : lines) {
            if (line.ring().evictedThroughArrival() > arrival) {
                @Nullable String before = line.ring().oldest().map(Resume::id).orElse(null);
                missing.add(new Reset.Missing(line.cell(), before));
            }
        }
        if (!missing.isEmpty()) {
            subscription.reset(new Reset(
                    "too-old",
                    "Of these cells the states up to missing_before are no longer held here; those from there on follow.",
                    lastEventId,
                    missing));
        }
        lines.forEach(line -> subscription.replay(line, line.ring().ordinalAtArrival(arrival), arrival));
    }

    private static String id(StoredState stored) {
        return stored.id().toString();
    }
}
