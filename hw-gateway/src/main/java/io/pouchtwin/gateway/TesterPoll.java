package io.pouchtwin.gateway;

import io.pouchtwin.contracts.v1.LivePoint;
import io.pouchtwin.gateway.neware.ChannelAddress;
import io.pouchtwin.gateway.neware.Entry;
import io.pouchtwin.gateway.neware.NewareReply;
import io.pouchtwin.gateway.neware.NewareReply.LiveReading;
import io.pouchtwin.gateway.neware.NewareReply.LiveReadings;
import io.pouchtwin.gateway.neware.NewareReply.StoredPoints;
import io.pouchtwin.gateway.neware.NewareReply.StoredRun;
import io.pouchtwin.gateway.neware.NewareRequest;
import io.pouchtwin.gateway.rejection.Rejection;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One look at all channels: what they read now, and how many points each has stored.
 *
 * <p>Answers belong to channels by their order, because the attributes in replies are known to be wrong at times. When a reply about many
 * channels cannot be used, the channels are asked about in halves until the one at fault is alone, and the others go on.
 */
final class TesterPoll {
    /** Replies refused in one poll before the fault is taken to be the tester's, not a channel's. */
    private static final int REFUSALS_ALLOWED = 24;

    private final TesterDialogue dialogue;
    private final int batchSize;
    private final RejectionSink rejections;
    private int refusals;

    /** Takes what cannot be accepted. */
    interface RejectionSink {
        /** Publishes; the channel may be empty if it is not known. */
        void reject(Rejection rejection, String channel, byte[] raw);
    }

    TesterPoll(TesterDialogue dialogue, int batchSize, RejectionSink rejections) {
        this.dialogue = dialogue;
        this.batchSize = batchSize;
        this.rejections = rejections;
    }

    /** Asks about all channels. Fails only if the connection or the tester as a whole is at fault. */
    Future<Void> run(List<ChannelProgress> channels) {
        Question<LiveReadings, LiveReading> reading = new Question<>(
                LiveReadings.class, NewareRequest::inquire, LiveReadings::readings, TesterPoll::takeReading);
        Question<StoredPoints, StoredRun> stored = new Question<>(
                StoredPoints.class, NewareRequest::storedPoints, StoredPoints::runs, ChannelProgress::storedNow);
        return inBatches(channels, 0, reading).compose(v -> inBatches(channels, 0, stored));
    }

    private record Question<R extends NewareReply, E>(
            Class<R> type,
            Function<List<ChannelAddress>, NewareRequest> request,
            Function<R, List<Entry<E>>> entries,
            BiConsumer<ChannelProgress, E> take) {}

    private <R extends NewareReply, E> Future<Void> inBatches(
            List<ChannelProgress> channels, int from, Question<R, E> question) {
        if (from >= channels.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(channels.size(), from + batchSize);
        return batch(channels.subList(from, to), question).compose(v -> inBatches(channels, to, question));
    }

    private <R extends NewareReply, E> Future<Void> batch(List<ChannelProgress> channels, Question<R, E> question) {
        List<ChannelAddress> addresses =
                channels.stream().map(ChannelProgress::address).toList();
        return dialogue.ask(question.request().apply(addresses), question.type())
                .compose(answer -> {
                    List<Entry<E>> entries = question.entries().apply(answer.reply());
                    if (entries.size() != channels.size()) {
                        return refused(
                                channels,
                                question,
                                wrongSize(entries.size(), channels.size()),
                                answer.raw().toByteArray());
                    }
                    take(channels, entries, question);
                    return Future.<Void>succeededFuture();
                })
                .recover(failure -> failure instanceof TesterDialogue.RefusedReply refused
                        ? refused(channels, question, refused.rejection(), refused.raw())
                        : Future.failedFuture(failure));
    }

    private <R extends NewareReply, E> void take(
            List<ChannelProgress> channels, List<Entry<E>> entries, Question<R, E> question) {
        for (int i = 0; i < channels.size(); i++) {
            Entry<E> entry = entries.get(i);
            if (entry instanceof Entry.Read<E> read) {
                question.take().accept(channels.get(i), read.value());
            } else if (entry instanceof Entry.Unreadable<E> bad) {
                rejections.reject(
                        bad.rejection(),
                        channels.get(i).address().name(),
                        bad.text().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private <R extends NewareReply, E> Future<Void> refused(
            List<ChannelProgress> channels, Question<R, E> question, Rejection rejection, byte[] raw) {
        if (++refusals > REFUSALS_ALLOWED) {
            return Future.failedFuture(
                    new IOException("the tester's replies cannot be used, the last because: " + rejection.code()));
        }
        if (channels.size() == 1) {
            rejections.reject(rejection, channels.get(0).address().name(), raw);
            return Future.succeededFuture();
        }
        if (refusals == 1) {
            rejections.reject(rejection, "", raw);
        }
        List<ChannelProgress> all = new ArrayList<>(channels);
        int half = all.size() / 2;
        return batch(all.subList(0, half), question).compose(v -> batch(all.subList(half, all.size()), question));
    }

    private static void takeReading(ChannelProgress channel, LiveReading reading) {
        LivePoint.Builder point = LivePoint.newBuilder()
                .setVoltageV(reading.voltageV())
                .setCurrentA(reading.currentA())
                .setChannelState(reading.workStatus())
                .setStepType(reading.stepType())
                .setCycleId(reading.cycleId())
                .setStepTimeS(reading.stepTimeS());
        if (reading.stepId() >= 0) {
            point.setStepId(reading.stepId());
        }
        channel.live(point.build(), reading.barcode());
    }

    private static Rejection wrongSize(int came, int asked) {
        return new Rejection(
                "wrong-shape",
                "The tester answered about another number of channels than asked, so it is not known which answer is whose. The"
                        + " channels are asked about in smaller groups.",
                "list",
                Integer.toString(came),
                asked + " entries");
    }
}
