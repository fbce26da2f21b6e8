package io.pouchtwin.gateway;

import io.pouchtwin.contracts.v1.GatewayPosition;
import io.pouchtwin.contracts.v1.LivePoint;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.gateway.neware.Entry;
import io.pouchtwin.gateway.neware.NewareReply.Download;
import io.pouchtwin.gateway.neware.NewareReply.StoredPoints;
import io.pouchtwin.gateway.neware.NewareReply.StoredRun;
import io.pouchtwin.gateway.neware.NewareRequest;
import io.pouchtwin.gateway.publish.TelemetryPublisher;
import io.pouchtwin.gateway.rejection.Rejection;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings stored points from the tester to the broker, a page at a time, channels in turn.
 *
 * <p>A channel has at most one page on its way, a tester at most the configured number; the position moves when page and rejections are
 * acknowledged. While the broker is away nothing is read that could not be delivered: the points wait at the tester.
 */
final class PageDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(PageDelivery.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final TesterConfig config;
    private final TelemetryPublisher publisher;
    private final GatewayMetrics metrics;
    private final Clocks clocks;
    private final RejectedMessage rejected;
    private final Consumer<Runnable> onContext;

    private int inFlight;
    private int publishFailures;
    private long notBeforeNanos;

    /** Makes the message for something that cannot be accepted, and counts it. */
    interface RejectedMessage {
        Rejected of(Rejection rejection, String channel, String run, long sequence, byte[] raw);
    }

    PageDelivery(
            TesterConfig config,
            TelemetryPublisher publisher,
            GatewayMetrics metrics,
            Clocks clocks,
            RejectedMessage rejected,
            Consumer<Runnable> onContext) {
        this.config = config;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clocks = clocks;
        this.rejected = rejected;
        this.onContext = onContext;
        this.notBeforeNanos = clocks.nanos();
    }

    /** The next thing to ask the tester, of the first channel in line that has a wish (it goes to the end of the line); null if there is nothing, or nothing may be sent now. */
    @Nullable Future<Void> nextTurn(TesterDialogue dialogue, Map<String, ChannelProgress> channels, long now) {
        if (inFlight >= config.polling().pagesInFlight() || now - notBeforeNanos < 0) {
            return null;
        }
        for (Map.Entry<String, ChannelProgress> entry : channels.entrySet()) {
            ChannelProgress channel = entry.getValue();
            ChannelProgress.Wish wish = channel.wish(config.polling().pointsPerPage());
            if (wish instanceof ChannelProgress.Wish.Nothing) {
                continue;
            }
            // to the end of the line
            channels.remove(entry.getKey());
            channels.put(entry.getKey(), channel);
            if (wish instanceof ChannelProgress.Wish.Page page) {
                return page(dialogue, channel, page);
            } else if (wish instanceof ChannelProgress.Wish.CountOf count) {
                return countOf(dialogue, channel, count.run());
            }
            complete(channel);
            return Future.succeededFuture();
        }
        return null;
    }

    /** When to look again if nothing else wakes the agent. */
    long nextWakeNanos(long now, long nextPollNanos) {
        boolean waiting = now - notBeforeNanos < 0 && notBeforeNanos - nextPollNanos < 0;
        return waiting ? notBeforeNanos : nextPollNanos;
    }

    /** Publishes the live readings of channels that have nothing else to say, and shows how far behind each channel is. */
    void afterPoll(Map<String, ChannelProgress> channels, long now) {
        for (ChannelProgress channel : channels.values()) {
            metrics.lag(channel.address().name(), channel.lagPoints());
            boolean nothingElse = !channel.busy() && channel.wish(1) instanceof ChannelProgress.Wish.Nothing;
            LivePoint live = nothingElse && now - notBeforeNanos >= 0 ? channel.takeLive() : null;
            if (live != null) {
                RawBatch batch =
                        TesterAgent.batch(config, channel, clocks).setLive(live).build();
                // a lost live reading is not worth repeating: the next poll brings another
                var unused = publisher.publish(batch).onFailure(e -> onContext.accept(() -> notDelivered(e)));
            }
        }
    }

    private Future<Void> page(TesterDialogue dialogue, ChannelProgress channel, ChannelProgress.Wish.Page wish) {
        PageReader.Asked asked = wish.asked();
        NewareRequest request = NewareRequest.download(channel.address(), asked.run(), asked.start(), asked.count());
        return dialogue.ask(request, Download.class)
                .<Void>map(answer -> {
                    read(channel, wish, answer);
                    return null;
                })
                .recover(failure -> {
                    if (failure instanceof TesterDialogue.RefusedReply refused) {
                        refused(channel, wish, refused.rejection(), refused.raw(), false);
                        return Future.succeededFuture();
                    }
                    return Future.failedFuture(failure);
                });
    }

    private void read(ChannelProgress channel, ChannelProgress.Wish.Page wish, TesterDialogue.Answer<Download> answer) {
        PageReader.Asked asked = wish.asked();
        if (!answer.reply().testId().equals(asked.run())) {
            refused(
                    channel,
                    wish,
                    wrongTest(asked.run(), answer.reply().testId()),
                    answer.raw().toByteArray(),
                    false);
            return;
        }
        PageReader.Read read = PageReader.read(asked, answer.reply());
        PageOutcome outcome = read.outcome();
        boolean brought = outcome.lastSequence() >= asked.start();
        if (wish.probe()) {
            if (brought) {
                channel.probeRead();
            } else {
                channel.pageRefused(asked, true, outcome.rejections().isEmpty());
            }
        } else if (brought || read.gapAt() > 0) {
            deliver(channel, read);
        } else {
            Rejection why = outcome.rejections().isEmpty()
                    ? nothingCame(asked)
                    : outcome.rejections().get(0).rejection();
            refused(
                    channel,
                    wish,
                    why,
                    answer.raw().toByteArray(),
                    outcome.rejections().isEmpty());
        }
    }

    private void refused(
            ChannelProgress channel, ChannelProgress.Wish.Page wish, Rejection rejection, byte[] raw, boolean empty) {
        PageReader.Asked asked = wish.asked();
        ChannelProgress.Refusal refusal = channel.pageRefused(asked, wish.probe(), empty);
        if (refusal == ChannelProgress.Refusal.QUIET) {
            return;
        }
        boolean passOver = refusal == ChannelProgress.Refusal.PASS_OVER;
        Rejected message =
                rejected.of(rejection, channel.address().name(), asked.run(), passOver ? asked.start() : 0, raw);
        if (!passOver) {
            var unused = publisher.publish(message).onFailure(e -> metrics.publishFailed());
            return;
        }
        LOG.warn(
                "tester {} channel {}: point {} of run {} cannot be read and is passed over",
                config.name(),
                channel.address(),
                asked.start(),
                asked.run());
        onTheWay(channel, List.of(publisher.publish(message)), () -> {
            channel.passedOver();
            if (empty) {
                metrics.gapPoints(1);
            }
            savePosition(channel);
        });
    }

    private void deliver(ChannelProgress channel, PageReader.Read read) {
        PageOutcome outcome = read.outcome();
        List<Future<Void>> sent = new ArrayList<>();
        for (PageOutcome.RowRejection row : outcome.rejections()) {
            sent.add(publisher.publish(rejected.of(
                    row.rejection(),
                    channel.address().name(),
                    outcome.run(),
                    row.sequence(),
                    row.text().getBytes(StandardCharsets.UTF_8))));
        }
        if (!outcome.samples().isEmpty()) {
            RawBatch.Builder batch = TesterAgent.batch(config, channel, clocks)
                    .setTestRun(outcome.run())
                    .addAllSamples(outcome.samples());
            LivePoint live = channel.takeLive();
            if (live != null) {
                batch.setLive(live);
            }
            sent.add(publisher.publish(batch.build()));
        }
        long before = channel.lastSequence();
        onTheWay(channel, sent, () -> {
            channel.acknowledged(outcome, read.gapAt());
            metrics.samples(outcome.samples().size());
            metrics.gapPoints(outcome.gaps());
            if (channel.lastSequence() > before) {
                savePosition(channel);
            }
        });
    }

    private void complete(ChannelProgress channel) {
        List<Future<Void>> sent = new ArrayList<>();
        if (channel.lastRowsGivenUp() || channel.oldRunGivenUp()) {
            sent.add(publisher.publish(
                    rejected.of(restNotToBeHad(), channel.address().name(), channel.run(), 0, new byte[0])));
        }
        sent.add(publisher.publish(
                TesterAgent.batch(config, channel, clocks).setRunComplete(true).build()));
        onTheWay(channel, sent, () -> {
            GatewayPosition ended = channel.completedPosition(config.name());
            channel.completed();
            save(ended);
        });
    }

    private Future<Void> countOf(TesterDialogue dialogue, ChannelProgress channel, String run) {
        return dialogue.ask(NewareRequest.storedPoints(channel.address(), run), StoredPoints.class)
                .<Void>map(answer -> {
                    List<Entry<StoredRun>> runs = answer.reply().runs();
                    channel.storedOfOldRun(
                            runs.size() == 1 && runs.get(0) instanceof Entry.Read<StoredRun> read
                                    ? read.value()
                                    : null);
                    return null;
                })
                .recover(failure -> {
                    if (failure instanceof TesterDialogue.RefusedReply) {
                        channel.storedOfOldRun(null);
                        return Future.succeededFuture();
                    }
                    return Future.failedFuture(failure);
                });
    }

    private void onTheWay(ChannelProgress channel, List<Future<Void>> sent, Runnable whenSafe) {
        channel.begun();
        inFlight++;
        var unused = Future.join(sent)
                .onComplete(done -> onContext.accept(() -> {
                    inFlight--;
                    if (done.succeeded()) {
                        publishFailures = 0;
                        whenSafe.run();
                        metrics.lag(channel.address().name(), channel.lagPoints());
                    } else {
                        channel.failed();
                        notDelivered(done.cause());
                    }
                }));
    }

    private void notDelivered(Throwable cause) {
        metrics.publishFailed();
        if (publishFailures++ == 0) {
            LOG.warn(
                    "tester {}: Kafka does not acknowledge ({}); points wait at the tester",
                    config.name(),
                    cause.getMessage());
        }
        long pause = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(publishFailures, 10));
        notBeforeNanos = clocks.nanos() + pause;
    }

    private void savePosition(ChannelProgress channel) {
        save(channel.position(config.name()));
    }

    private void save(GatewayPosition position) {
        // if it is lost, the next one covers it; after a restart the points in between are read again and dropped by
        // ingest
        var unused = publisher.publish(position).onFailure(e -> metrics.publishFailed());
    }

    private static Rejection wrongTest(String asked, String came) {
        return new Rejection(
                "wrong-test",
                "The tester sent points of another test than the one asked for; they are not used.",
                "testid",
                came,
                asked);
    }

    private static Rejection nothingCame(PageReader.Asked asked) {
        return new Rejection(
                "points-missing",
                "The tester counts more points than it sends. They are asked for again; if they never come, look at the tester's"
                        + " database.",
                "list",
                "0 rows",
                asked.count() + " rows from " + asked.start());
    }

    private static Rejection restNotToBeHad() {
        return Rejection.of(
                "run-incomplete",
                "The tester does not give out the last points of this test run, which has ended; the run is closed without them."
                        + " Export the test with the vendor's program and replay the file.");
    }
}
