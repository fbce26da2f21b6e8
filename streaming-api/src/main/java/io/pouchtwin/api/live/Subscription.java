package io.pouchtwin.api.live;

import io.pouchtwin.api.store.AlertLine;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.Contact;
import io.pouchtwin.api.store.StateRing;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.api.store.StoredState;
import io.pouchtwin.api.store.StreamPosition;
import io.pouchtwin.contracts.v1.Forecast;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * One reader and what it is owed.
 *
 * <p>The rule: a reader gets each state of the cells it follows in order, once; or, where its connection is full or it asked for fewer, the newest
 * one with a {@link Conflated} before it that says what was left out. What is owed is bounded by one state for each cell. A reader that resumes gets
 * the past out of the ring, in slices, at the pace of its connection.
 */
final class Subscription {
    private static final int SLICE = 64;

    /** How ids are given to the reader. */
    enum Ids {
        /** {@code <test_run>:<sequence>}: for one cell. */
        EVENT,
        /** Place in the stream of all cells. */
        POSITION
    }

    private final Outlet outlet;
    private final StateStore store;
    private final LiveMetrics metrics;
    private final Ids ids;
    private final Executor later;
    private final LongSupplier unixUs;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Map<String, Wish> wishes = new HashMap<>();
    private Optional<Wish> wishOfAll = Optional.empty();
    private final Map<String, Lane> replays = new LinkedHashMap<>();
    // in the order of the oldest state owed, so that the first one tells how far back a reader must resume
    private final Map<String, Lane> owed = new LinkedHashMap<>();
    private final Map<String, Lane> owedReadings = new LinkedHashMap<>();
    // the latest revision of each alert that is owed: an alert waits for a full connection, never for a rate limit
    private final Map<String, AlertLine> owedAlerts = new LinkedHashMap<>();
    // likewise the newest forecast of each cell
    private final Map<String, Forecast> owedForecasts = new LinkedHashMap<>();
    private long lastArrival;
    private long replayFloor;
    private boolean snapshotting;
    private boolean pumpQueued;

    Subscription(Outlet outlet, StateStore store, LiveMetrics metrics, Ids ids, Executor later, LongSupplier unixUs) {
        this.outlet = outlet;
        this.store = store;
        this.metrics = metrics;
        this.ids = ids;
        this.later = later;
        this.unixUs = unixUs;
        this.lastArrival = store.position().arrival();
    }

    Outlet outlet() {
        return outlet;
    }

    /** Follows one cell. */
    void follow(String cell, Wish wish) {
        wishes.put(cell, wish);
    }

    /** Follows all cells, also those that come later. */
    void followAll(Wish wish) {
        wishOfAll = Optional.of(wish);
    }

    void unfollow(String cell) {
        wishes.remove(cell);
        forget(cell);
    }

    void unfollowAll() {
        wishOfAll = Optional.empty();
        lanes.keySet().stream()
                .filter(cell -> !wishes.containsKey(cell))
                .toList()
                .forEach(this::forget);
    }

    private void forget(String cell) {
        lanes.remove(cell);
        replays.remove(cell);
        owed.remove(cell);
        owedReadings.remove(cell);
        owedForecasts.remove(cell);
    }

    boolean followsAll() {
        return wishOfAll.isPresent();
    }

    Set<String> followed() {
        return wishes.keySet();
    }

    boolean rateLimited() {
        return Stream.concat(wishOfAll.stream(), wishes.values().stream()).anyMatch(wish -> wish.maxRateHz() > 0);
    }

    /** Sends the newest state of cells first. Until all are sent there is no place in the stream to resume from. */
    void snapshot(Iterable<CellLine> lines) {
        snapshotting = true;
        for (CellLine line : lines) {
            line.ring().newest().ifPresent(newest -> replay(line, newest.ordinal() - 1, newest.arrival() - 1));
        }
    }

    /** Sends a cell's states out of the ring after an ordinal, then those that come. */
    void replay(CellLine line, long afterOrdinal, long afterArrival) {
        if (afterOrdinal >= line.ring().newestOrdinal()) {
            return;
        }
        Lane lane = lane(line);
        lane.startReplay(afterOrdinal, afterArrival);
        owed.remove(line.cell());
        replays.put(line.cell(), lane);
    }

    /** Tells the reader that it cannot go on from where it was. */
    void reset(Reset reset) {
        outlet.reset(reset);
        metrics.reset();
    }

    /** A new state of a cell that this reader follows. */
    void offer(LiveEvent event) {
        Lane lane = lane(event.line());
        if (lane.replaying()) {
            return; // it is in the ring, the replay will come to it
        }
        if (!replays.isEmpty() && lane.held() == null && room()) {
            // the past of other cells is still on its way: this state queues behind it, in the ring
            replay(event.line(), event.stored().ordinal() - 1, event.stored().arrival() - 1);
            return;
        }
        long nowNs = System.nanoTime();
        boolean mayGo = lane.mayGo(nowNs);
        if (lane.held() == null && mayGo && replays.isEmpty() && room()) {
            emit(lane, event, nowNs);
            return;
        }
        lane.hold(event, mayGo);
        owed.putIfAbsent(event.line().cell(), lane);
        if (mayGo) {
            queuePump();
        }
    }

    /** A sign of life of a cell that this reader follows. */
    void offer(CellLine line, Contact contact) {
        Lane lane = lane(line);
        lane.hold(contact);
        owedReadings.putIfAbsent(line.cell(), lane);
    }

    /** An alert of a cell that this reader follows. */
    void offer(AlertLine alert) {
        owedAlerts.put(alert.alert().getId(), alert);
    }

    /** A new forecast of a cell that this reader follows. */
    void offer(Forecast forecast) {
        owedForecasts.put(forecast.getCell(), forecast);
    }

    /** Sends what is owed as far as the connection takes it. Called when it has drained, at the end of a batch, and now and then. */
    void pump() {
        pumpQueued = false;
        Iterator<AlertLine> alerts = owedAlerts.values().iterator();
        while (alerts.hasNext() && room()) {
            outlet.alert(alerts.next());
            alerts.remove();
        }
        Iterator<Forecast> forecasts = owedForecasts.values().iterator();
        while (forecasts.hasNext() && room()) {
            outlet.outlook(forecasts.next());
            forecasts.remove();
        }
        if (!replay()) {
            return;
        }
        long nowNs = System.nanoTime();
        Iterator<Lane> debts = owed.values().iterator();
        while (debts.hasNext() && room()) {
            Lane lane = debts.next();
            LiveEvent event = lane.held();
            if (event != null && lane.mayGo(nowNs)) {
                debts.remove();
                emit(lane, event, nowNs);
            }
        }
        Iterator<Lane> readings = owedReadings.values().iterator();
        while (readings.hasNext() && room()) {
            LiveReading reading = readings.next().takeReading();
            readings.remove();
            if (reading != null) {
                outlet.reading(reading);
            }
        }
        outlet.flush();
    }

    /** Sends one slice of the past; returns whether all of the past is sent. */
    private boolean replay() {
        replayFloor =
                replays.values().stream().mapToLong(Lane::seenArrival).min().orElse(Long.MAX_VALUE);
        int budget = SLICE;
        while (!replays.isEmpty()) {
            if (budget <= 0 || !room()) {
                outlet.flush();
                queuePump();
                return false;
            }
            Lane lane = replays.values().iterator().next();
            budget -= replaySlice(lane, budget);
            if (lane.seenOrdinal() >= lane.line().ring().newestOrdinal()) {
                lane.endReplay();
                lane.went(System.nanoTime(), wish(lane.line().cell()).intervalNs());
                replays.remove(lane.line().cell());
            }
        }
        snapshotting = false;
        return true;
    }

    private int replaySlice(Lane lane, int budget) {
        StateRing ring = lane.line().ring();
        if (lane.seenOrdinal() < ring.oldestOrdinal() - 1) {
            // the ring overtook the reader: go on with the newest
            long skipped = ring.newestOrdinal() - 1 - lane.seenOrdinal();
            tell(new Conflated(lane.line().cell(), skipped, null, null, Conflated.Reason.SLOW_READER));
            lane.replayed(ring.newestOrdinal() - 1, lane.seenArrival());
        }
        int sent = 0;
        for (StoredState stored : ring.after(lane.seenOrdinal(), budget)) {
            lane.replayed(stored.ordinal(), stored.arrival());
            write(new LiveEvent(lane.line(), stored, stored.message()), false);
            sent++;
        }
        return sent;
    }

    private void emit(Lane lane, LiveEvent event, long nowNs) {
        Conflated conflated = lane.conflated();
        if (conflated != null) {
            tell(conflated);
        }
        lane.release();
        lane.went(nowNs, wish(lane.line().cell()).intervalNs());
        write(event, true);
    }

    private void tell(Conflated conflated) {
        outlet.conflated(conflated);
        metrics.conflated(conflated);
    }

    private void write(LiveEvent event, boolean live) {
        lastArrival = Math.max(lastArrival, event.stored().arrival());
        String resumeId = ids == Ids.EVENT ? event.stored().id().toString() : position();
        outlet.state(event, wish(event.line().cell()).fields(), resumeId);
        metrics.written(event, live, unixUs.getAsLong());
    }

    /** The newest place in the stream of all cells up to which this reader is owed nothing; empty while there is none. */
    private String position() {
        if (snapshotting) {
            return "";
        }
        long seen = replays.isEmpty() ? lastArrival : Math.min(lastArrival, replayFloor);
        if (!owed.isEmpty()) {
            seen = Math.min(seen, owed.values().iterator().next().heldSinceArrival() - 1);
        }
        return new StreamPosition(store.position().instance(), seen).toString();
    }

    private Wish wish(String cell) {
        return Optional.ofNullable(wishes.get(cell)).or(() -> wishOfAll).orElse(Wish.EVERYTHING);
    }

    private boolean room() {
        if (outlet.full()) {
            outlet.flush();
            return !outlet.full();
        }
        return true;
    }

    private void queuePump() {
        // a full connection calls when it has drained
        if (!pumpQueued && room()) {
            pumpQueued = true;
            later.execute(this::pump);
        }
    }

    private Lane lane(CellLine line) {
        return lanes.computeIfAbsent(line.cell(), cell -> new Lane(line));
    }
}
