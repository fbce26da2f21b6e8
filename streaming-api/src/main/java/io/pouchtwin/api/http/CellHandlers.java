package io.pouchtwin.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pouchtwin.api.json.CellJson;
import io.pouchtwin.api.json.Json;
import io.pouchtwin.api.json.MessageJson;
import io.pouchtwin.api.json.StateJson;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.EventId;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.api.store.StoredState;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.TwinState;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Cells, their latest states and their recent past, as JSON. */
public final class CellHandlers {
    private static final int MOST_CELLS = 1000;
    private static final int DEFAULT_CELLS = 100;
    private static final int MOST_STATES = 5000;
    private static final int DEFAULT_STATES = 500;
    private static final int MOST_TRACES = 50;
    private static final int MOST_POINTS = 240;

    private final StateStore store;
    private final double staleAfterS;
    private final LongSupplier unixUs;

    /** Answers from a store; a cell is called stale after so many seconds; the clock gives microseconds since 1970-01-01 UTC. */
    public CellHandlers(StateStore store, double staleAfterS, LongSupplier unixUs) {
        this.store = store;
        this.staleAfterS = staleAfterS;
        this.unixUs = unixUs;
    }

    /** {@code GET /api/v1/cells}. */
    public void list(RoutingContext context) {
        Parameters given = Parameters.of(context, "limit", "after", "search", "tester", "design", "campaign");
        Page page = page(given, filter(given));
        long now = unixUs.getAsLong();
        String position = store.position().toString();
        Responses.json(context, Json.object(json -> {
            json.writeStringField("time", Json.iso(now));
            json.writeStringField("position", position);
            json.writeNumberField("stale_after_s", staleAfterS);
            json.writeNumberField("total", page.total());
            json.writeArrayFieldStart("cells");
            for (CellLine line : page.lines()) {
                json.writeStartObject();
                CellJson.writeFields(json, line, now, staleAfterS);
                json.writeEndObject();
            }
            json.writeEndArray();
            writeNext(json, context, page);
        }));
    }

    /** {@code GET /api/v1/registry}: what the cells are, without their states; changes seldom. */
    public void registry(RoutingContext context) {
        Parameters given = Parameters.of(context, "limit", "after");
        Page page = page(given, line -> line.registration().isPresent());
        String tag = store.registryTag() + "-" + Responses.queryTag(context);
        Responses.tagged(context, "application/json", tag, Json.object(json -> {
            json.writeNumberField("total", page.total());
            json.writeArrayFieldStart("cells");
            for (CellLine line : page.lines()) {
                CellRegistration registration = line.registration().orElseThrow();
                json.writeStartObject();
                MessageJson.writeFields(json, registration);
                json.writeEndObject();
            }
            json.writeEndArray();
            writeNext(json, context, page);
        }));
    }

    /** {@code GET /api/v1/cells/{cell}}. */
    public void detail(RoutingContext context) {
        Parameters.of(context);
        CellLine line = line(context);
        long now = unixUs.getAsLong();
        Responses.json(context, Json.object(json -> {
            json.writeStringField("time", Json.iso(now));
            CellJson.writeFields(json, line, now, staleAfterS);
            json.writeNumberField("stale_after_s", staleAfterS);
            json.writeNumberField("states_held", line.ring().size());
            writeId(json, "oldest_held", line.ring().oldest());
        }));
    }

    /** {@code GET /api/v1/cells/{cell}/recent}: the newest states that are held, oldest first. */
    public void recent(RoutingContext context) {
        Parameters given = Parameters.of(context, "limit", "after");
        int limit = given.wholeNumber("limit", 1, MOST_STATES).orElse(DEFAULT_STATES);
        CellLine line = line(context);
        Optional<String> after = given.text("after");
        List<StoredState> states = after.isPresent()
                ? line.ring().after(ordinal(line, after.get()), limit)
                : line.ring().latest(limit);
        Responses.json(context, Json.object(json -> {
            json.writeStringField("cell", line.cell());
            json.writeArrayFieldStart("states");
            for (StoredState state : states) {
                json.writeStartObject();
                StateJson.writeFields(json, state, state.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            writeId(json, "oldest_held", line.ring().oldest());
            writeId(json, "newest_held", line.ring().newest());
        }));
    }

    private static long ordinal(CellLine line, String after) {
        EventId id = EventId.parse(after)
                .orElseThrow(() -> Problem.badParameter("after", after, "an event id, <test_run>:<sequence>"));
        return line.ring()
                .ordinalOf(id)
                .orElseThrow(() -> new Problem(
                        410,
                        "not-held",
                        "No longer held here",
                        "The states after " + after
                                + " are not all held here any more; ask without \"after\" for those that are"));
    }

    /** {@code GET /api/v1/traces}: a few points of the voltages of many cells, for small pictures. */
    public void traces(RoutingContext context) {
        Parameters given = Parameters.of(context, "cells", "points");
        List<String> cells = given.cells("cells");
        if (cells.isEmpty() || cells.size() > MOST_TRACES) {
            throw Problem.badParameter("cells", cells.size() + " names", "1 to " + MOST_TRACES + " names of cells");
        }
        int points = given.wholeNumber("points", 2, MOST_POINTS).orElse(60);
        Responses.json(context, Json.object(json -> {
            json.writeArrayFieldStart("traces");
            for (String cell : cells) {
                Optional<CellLine> line = store.cell(cell);
                if (line.isPresent()) {
                    writeTrace(json, line.get(), points);
                }
            }
            json.writeEndArray();
        }));
    }

    private static void writeTrace(JsonGenerator json, CellLine line, int points) throws IOException {
        List<StoredState> held = line.ring().latest(line.ring().size());
        List<TwinState> states = new ArrayList<>(points);
        int count = Math.min(points, held.size());
        for (int i = 0; i < count; i++) {
            int index = count == 1 ? 0 : (int) ((long) i * (held.size() - 1) / (count - 1));
            states.add(held.get(index).message());
        }
        json.writeStartObject();
        json.writeStringField("cell", line.cell());
        writeColumn(json, "test_time_s", states, TwinState::getTestTimeS);
        writeColumn(json, "voltage_measured_v", states, TwinState::getVoltageMeasuredV);
        writeColumn(
                json,
                "voltage_predicted_v",
                states,
                s -> s.hasVoltagePredictedV() ? s.getVoltagePredictedV().getValue() : Double.NaN);
        writeColumn(
                json,
                "voltage_predicted_sigma_v",
                states,
                s -> s.hasVoltagePredictedV() ? s.getVoltagePredictedV().getSigma() : Double.NaN);
        json.writeEndObject();
    }

    private static void writeColumn(
            JsonGenerator json, String name, List<TwinState> states, ToDoubleFunction<TwinState> quantity)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (TwinState state : states) {
            double value = quantity.applyAsDouble(state);
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }

    private CellLine line(RoutingContext context) {
        String cell = context.pathParam("cell");
        return store.cell(cell).orElseThrow(() -> Problem.unknownCell(cell));
    }

    private static Predicate<CellLine> filter(Parameters given) {
        Optional<String> search = given.text("search").map(s -> s.toLowerCase(Locale.ROOT));
        Predicate<CellLine> all = line -> search.isEmpty() || mentions(line, search.get());
        return all.and(is(given.text("tester"), CellRegistration::getTester))
                .and(is(given.text("design"), CellRegistration::getDesign))
                .and(is(given.text("campaign"), CellRegistration::getCampaign));
    }

    private static Predicate<CellLine> is(Optional<String> wanted, Function<CellRegistration, String> field) {
        return line -> wanted.isEmpty()
                || line.registration().map(field).filter(wanted.get()::equals).isPresent();
    }

    private static boolean mentions(CellLine line, String search) {
        String text = line.registration()
                .map(r -> String.join("\n", r.getTester(), r.getChannel(), r.getDesign(), r.getCampaign(), r.getNote()))
                .orElse("");
        return (line.cell() + "\n" + text).toLowerCase(Locale.ROOT).contains(search);
    }

    /**
     * One page of a list of cells.
     *
     * @param lines the cells on it
     * @param total how many cells the whole list has
     * @param limit how many fit on a page
     * @param more whether another page follows
     */
    private record Page(List<CellLine> lines, int total, int limit, boolean more) {}

    private Page page(Parameters given, Predicate<CellLine> filter) {
        int limit = given.wholeNumber("limit", 1, MOST_CELLS).orElse(DEFAULT_CELLS);
        NavigableMap<String, CellLine> cells = store.cells();
        int total = (int) cells.values().stream().filter(filter).count();
        NavigableMap<String, CellLine> rest =
                given.text("after").map(after -> cells.tailMap(after, false)).orElse(cells);
        List<CellLine> found =
                rest.values().stream().filter(filter).limit(limit + 1L).toList();
        boolean more = found.size() > limit;
        return new Page(more ? found.subList(0, limit) : found, total, limit, more);
    }

    private static void writeNext(JsonGenerator json, RoutingContext context, Page page) throws IOException {
        Optional<String> last = page.more()
                ? Optional.of(page.lines().get(page.lines().size() - 1).cell())
                : Optional.empty();
        NextPage.write(json, context, page.limit(), "after", last);
    }

    private static void writeId(JsonGenerator json, String name, Optional<StoredState> state) throws IOException {
        if (state.isPresent()) {
            json.writeStringField(name, state.get().id().toString());
        } else {
            json.writeNullField(name);
        }
    }
}
