package io.pouchtwin.api.live;

import io.pouchtwin.api.http.Parameters;
import io.pouchtwin.api.http.Problem;
import io.pouchtwin.api.http.StreamQuota;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.StateStore;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Streams of server-sent events. */
public final class SseHandlers {
    /** Most states of one cell per second that a reader may ask for; also the pace of {@link Subscribers#tick()}. */
    static final double MOST_RATE_HZ = 20;

    static final double LEAST_RATE_HZ = 0.01;

    private final Subscribers subscribers;
    private final StateStore store;
    private final StreamQuota quota;

    /** Streams of these subscribers' store, so many of each caller. */
    public SseHandlers(Subscribers subscribers, StreamQuota quota) {
        this.quota = quota;
        this.subscribers = subscribers;
        this.store = subscribers.store();
    }

    /** {@code GET /api/v1/cells/{cell}/stream}. */
    public void cell(RoutingContext context) {
        Parameters given = Parameters.of(context, "last_event_id", "max_rate_hz");
        Wish wish = wish(given);
        String cell = context.pathParam("cell");
        CellLine line = store.cell(cell).orElseThrow(() -> Problem.unknownCell(cell));
        Optional<String> lastEventId = lastEventId(context, given);

        Subscription subscription = open(context, Subscription.Ids.EVENT);
        subscribers.follow(subscription, cell, wish);
        lastEventId.ifPresentOrElse(
                id -> Resume.cell(subscription, line, id), () -> subscription.snapshot(List.of(line)));
        subscription.pump();
    }

    /** {@code GET /api/v1/stream}. */
    public void all(RoutingContext context) {
        Parameters given = Parameters.of(context, "cells", "last_event_id", "max_rate_hz");
        Wish wish = wish(given);
        List<String> cells = given.cells("cells");
        List<CellLine> lines = cells.isEmpty()
                ? List.copyOf(store.cells().values())
                : cells.stream()
                        .map(cell -> store.cell(cell).orElseThrow(() -> Problem.unknownCell(cell)))
                        .toList();
        Optional<String> lastEventId = lastEventId(context, given);

        Subscription subscription = open(context, Subscription.Ids.POSITION);
        if (cells.isEmpty()) {
            subscribers.followAll(subscription, wish);
        } else {
            cells.forEach(cell -> subscribers.follow(subscription, cell, wish));
        }
        lastEventId.ifPresentOrElse(
                id -> Resume.position(subscription, store, lines, id), () -> subscription.snapshot(lines));
        subscription.pump();
    }

    private static Wish wish(Parameters given) {
        return Wish.wholeStates(
                given.number("max_rate_hz", LEAST_RATE_HZ, MOST_RATE_HZ).orElse(0));
    }

    private static Optional<String> lastEventId(RoutingContext context, Parameters given) {
        // the header is newer: a browser sends it when it connects again to the same address
        return Optional.ofNullable(context.request().getHeader("Last-Event-ID"))
                .filter(id -> !id.isEmpty())
                .or(() -> given.text("last_event_id"));
    }

    private Subscription open(RoutingContext context, Subscription.Ids ids) {
        if (!subscribers.hasRoom()) {
            context.response().putHeader("Retry-After", "5");
            throw new Problem(
                    503,
                    "too-many-subscribers",
                    "Too many streams are open",
                    "No more streams can be opened now; close one, or raise max-subscribers");
        }
        Runnable ended = quota.take(context);
        Subscription subscription = subscribers.open(new SseOutlet(context.response()), ids);
        context.response().closeHandler(v -> {
            ended.run();
            subscribers.close(subscription);
        });
        context.response().exceptionHandler(e -> subscribers.close(subscription));
        context.response().drainHandler(v -> subscription.pump());
        return subscription;
    }
}
