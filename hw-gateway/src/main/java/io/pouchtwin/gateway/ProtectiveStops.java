package io.pouchtwin.gateway;

import io.pouchtwin.contracts.v1.StopRecord;
import io.pouchtwin.contracts.v1.StopRecord.Outcome;
import io.pouchtwin.contracts.v1.StopRequest;
import io.pouchtwin.gateway.neware.ArmedChannel;
import io.pouchtwin.gateway.neware.Entry;
import io.pouchtwin.gateway.neware.NewareReply.Acknowledged;
import io.pouchtwin.gateway.neware.NewareRequest;
import io.pouchtwin.gateway.publish.TelemetryPublisher;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests to stop channels of one tester, and what became of each: refused unless the channel is armed in the
 * gateway's own configuration, unless the test is still the one that the request is about, and unless the request is
 * fresh. Whatever the outcome, it is put on record. Owned by the tester's event loop.
 */
final class ProtectiveStops {
    /** A request that could not be carried out for so long is put down as expired [s]. */
    static final long FRESH_S = 60;

    private static final Logger LOG = LoggerFactory.getLogger(ProtectiveStops.class);
    private static final double MICROS = 1e6;

    private final TesterConfig config;
    private final Map<String, CellConfig> cells;
    private final TelemetryPublisher publisher;
    private final Clocks clocks;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private record Waiting(StopRequest request, long bornNanos) {}

    ProtectiveStops(TesterConfig config, Map<String, CellConfig> cells, TelemetryPublisher publisher, Clocks clocks) {
        this.config = config;
        this.cells = cells;
        this.publisher = publisher;
        this.clocks = clocks;
    }

    /**
     * Takes a request.
     *
     * @param ageMs how old it is already
     */
    void take(StopRequest request, long ageMs) {
        CellConfig cell = cells.get(request.getChannel());
        if (cell == null || !cell.armed() || !cell.cell().equals(request.getCell())) {
            record(
                    request,
                    Outcome.NOT_ARMED,
                    "the configuration of this gateway does not arm channel " + request.getChannel() + " for cell "
                            + request.getCell());
            return;
        }
        waiting.add(new Waiting(request, clocks.nanos() - TimeUnit.MILLISECONDS.toNanos(ageMs)));
    }

    /** Puts those on record that have waited for too long. */
    void expire() {
        long limit = TimeUnit.SECONDS.toNanos(FRESH_S);
        waiting.removeIf(old -> {
            boolean expired = clocks.nanos() - old.bornNanos() > limit;
            if (expired) {
                record(old.request(), Outcome.EXPIRED, "it could not be carried out within " + FRESH_S + " s");
            }
            return expired;
        });
    }

    boolean any() {
        return !waiting.isEmpty();
    }

    /** Carries out the oldest one. */
    Future<Void> next(TesterDialogue open, Map<String, ChannelProgress> channels) {
        Waiting oldest = waiting.remove();
        StopRequest request = oldest.request();
        ChannelProgress channel = channels.get(request.getChannel());
        CellConfig cell = cells.get(request.getChannel());
        if (channel == null || cell == null) {
            record(request, Outcome.NO_ANSWER, "the tester does not list channel " + request.getChannel());
            return Future.succeededFuture();
        }
        if (!channel.run().equals(request.getTestRun())) {
            record(
                    request,
                    Outcome.OTHER_RUN,
                    "test " + channel.run() + " is on the channel, the request is about " + request.getTestRun());
            return Future.succeededFuture();
        }
        Optional<ArmedChannel> armed = ArmedChannel.where(cell.armed(), channel.address());
        if (armed.isEmpty()) {
            record(request, Outcome.NOT_ARMED, "not armed");
            return Future.succeededFuture();
        }
        LOG.warn("stopping channel {} of tester {}: {}", request.getChannel(), config.name(), request.getReason());
        return open.ask(NewareRequest.stop(armed.get()), Acknowledged.class)
                .<Void>map(answer -> {
                    boolean stopped = accepted(answer.reply());
                    record(
                            request,
                            stopped ? Outcome.STOPPED : Outcome.TESTER_REFUSED,
                            stopped ? "the tester has stopped the channel" : "the tester answered that it did not");
                    return null;
                })
                .onFailure(failure -> {
                    // the connection is gone: once more over the next one, as long as the request is fresh
                    waiting.addFirst(oldest);
                    LOG.warn("channel {} is not stopped yet: {}", request.getChannel(), failure.getMessage());
                });
    }

    private static boolean accepted(Acknowledged reply) {
        return reply.accepted().size() == 1
                && reply.accepted().get(0) instanceof Entry.Read<Boolean> read
                && read.value();
    }

    private void record(StopRequest request, Outcome outcome, @Nullable String detail) {
        LOG.warn(
                "protective stop of cell {} on {} {}: {}, {}",
                request.getCell(),
                request.getTester(),
                request.getChannel(),
                outcome,
                detail);
        var unused = publisher
                .publish(StopRecord.newBuilder()
                        .setRequest(request)
                        .setOutcome(outcome)
                        .setDetail(detail == null ? "" : detail)
                        .setUnixTimeS(clocks.unixMicros() / MICROS)
                        .build())
                .onFailure(e -> LOG.error("the record of a protective stop could not be written: {}", e.toString()));
    }
}
