package io.pouchtwin.api.http;

import io.pouchtwin.api.json.Json;
import io.pouchtwin.api.json.MessageJson;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.EventId;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** The cycles of a cell that have ended: what each moved, and what the twin knew at its end. */
public final class CycleHandlers {
    private static final int MOST_CYCLES = 1000;
    private static final int DEFAULT_CYCLES = 100;

    private final StateStore store;

    /** Answers from a store. */
    public CycleHandlers(StateStore store) {
        this.store = store;
    }

    /** {@code GET /api/v1/cells/{cell}/cycles}: the newest, or those before one; oldest first. */
    public void list(RoutingContext context) {
        Parameters given = Parameters.of(context, "limit", "before");
        int limit = given.wholeNumber("limit", 1, MOST_CYCLES).orElse(DEFAULT_CYCLES);
        String cell = context.pathParam("cell");
        CellLine line = store.cell(cell).orElseThrow(() -> Problem.unknownCell(cell));
        List<CycleEstimate> held = line.cycles();
        int end = given.text("before").map(before -> indexOf(held, before)).orElse(held.size());
        List<CycleEstimate> page = held.subList(Math.max(0, end - limit), end);
        Responses.unlessKnown(context, Json.object(json -> {
            json.writeStringField("cell", cell);
            json.writeNumberField("total", held.size());
            json.writeArrayFieldStart("cycles");
            for (CycleEstimate cycle : page) {
                json.writeStartObject();
                json.writeStringField("id", id(cycle));
                MessageJson.writeFields(json, cycle);
                json.writeEndObject();
            }
            json.writeEndArray();
            boolean more = end > page.size() && !page.isEmpty();
            NextPage.write(json, context, limit, "before", more ? Optional.of(id(page.get(0))) : Optional.empty());
        }));
    }

    private static String id(CycleEstimate cycle) {
        return new EventId(cycle.getTestRun(), cycle.getCycleCount()).toString();
    }

    private static int indexOf(List<CycleEstimate> held, String before) {
        Optional<EventId> wanted = EventId.parse(before);
        if (wanted.isEmpty()) {
            throw Problem.badParameter("before", before, "the id of a cycle, <test_run>:<cycle_count>");
        }
        for (int i = 0; i < held.size(); i++) {
            if (id(held.get(i)).equals(wanted.get().toString())) {
                return i;
            }
        }
        throw new Problem(
                410,
                "not-held",
                "No longer held here",
                "The cycle " + before + " is not held here any more; ask without \"before\" for those that are");
    }
}
