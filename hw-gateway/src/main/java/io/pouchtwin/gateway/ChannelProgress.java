package io.pouchtwin.gateway;

import io.pouchtwin.contracts.v1.GatewayPosition;
import io.pouchtwin.contracts.v1.LivePoint;
import io.pouchtwin.gateway.neware.ChannelAddress;
import io.pouchtwin.gateway.neware.NewareReply.StoredRun;
import org.jspecify.annotations.Nullable;

/**
 * How far one channel was read, and what to ask next. Pure: no clock, no network.
 *
 * <p>The tester is the store. The position moves only when everything up to it is acknowledged, so a lost connection or an absent broker
 * needs no special case: the next page asked for is the one after the last that is safe. A new test at the tester does not drop the rest
 * of the old one; that is drained first.
 *
 * <p>A page that cannot be read is asked for again in halves, down to one point. If one point alone cannot be read but one after it can,
 * the fault is that point's and it is passed over; if none can, the fault is the tester's and the channel waits.
 */
final class ChannelProgress {
    private static final int TRIES_BEFORE_PROBING = 3;
    private static final int TRIES_BEFORE_GIVING_UP_A_RUN = 5;
    private static final int TRIES_BEFORE_GIVING_UP_LAST_ROWS = 10;
    private static final int TRIES_OF_A_GAP = 2;
    private static final int FARTHEST_PROBE = 1024;
    private static final int CONFIRMATIONS = 3;

    /** What to ask of the tester for this channel. */
    sealed interface Wish {
        /** Nothing for now. */
        record Nothing() implements Wish {}

        /** Points of a run. */
        record Page(PageReader.Asked asked, boolean probe) implements Wish {}

        /** How many points a run that is no longer the current one has. */
        record CountOf(String run) implements Wish {}

        /** Publish that the run has ended. */
        record Complete(String run) implements Wish {}
    }

    private final ChannelAddress address;
    private String barcode = "";
    private @Nullable LivePoint live;

    private String run = "";
    private long last;
    private boolean completePublished;

    private long stored;
    private boolean storedComplete;
    private boolean settled;
    private @Nullable StoredRun successor;
    private int countTries;

    private boolean busy;
    private long gapAtLast;
    private int gapTries;
    private int limit = Integer.MAX_VALUE;
    private int tries;
    private int emptyTries;
    private long probeStep;
    private boolean confirmed;
    private int confirmations;
    private boolean waitForPoll;

    ChannelProgress(ChannelAddress address, @Nullable GatewayPosition restored) {
        this.address = address;
        if (restored != null) {
            run = restored.getTestRun();
            last = restored.getLastSequence();
            completePublished = restored.getRunComplete();
        }
    }

    ChannelAddress address() {
        return address;
    }

    String run() {
        return run;
    }

    long lastSequence() {
        return last;
    }

    /** Points that the tester has and Kafka does not, as far as known. */
    long lagPoints() {
        long following = successor == null ? 0 : successor.count();
        return Math.max(0, stored - last) + following;
    }

    String barcode() {
        return barcode;
    }

    /** Takes the live reading of this poll. */
    void live(LivePoint point, String code) {
        live = point;
        barcode = code;
    }

    /** Hands out the live reading once. */
    @Nullable LivePoint takeLive() {
        LivePoint point = live;
        live = null;
        return point;
    }

    boolean busy() {
        return busy;
    }

    /** Takes what the tester says of its current test on this channel; once per poll. */
    void storedNow(StoredRun current) {
        waitForPoll = false;
        if (current.testId().equals("0") || current.testId().isEmpty()) {
            return;
        }
        if (run.isEmpty()) {
            begin(current);
        } else if (!current.testId().equals(run)) {
            successor = current;
            if (completePublished) {
                begin(current);
            }
        } else {
            settled = storedComplete && current.complete() && current.count() == stored;
            stored = current.count();
            storedComplete = current.complete();
        }
    }

    /** Takes the count of the run that is no longer current, or null if the tester does not know that run any more. */
    void storedOfOldRun(@Nullable StoredRun old) {
        if (successor == null) {
            return;
        }
        if (old != null && old.testId().equals(run)) {
            stored = old.count();
            storedComplete = true;
            settled = true;
            countTries = 0;
        } else if (++countTries >= TRIES_BEFORE_GIVING_UP_A_RUN) {
            stored = last;
            storedComplete = true;
            settled = true;
        } else {
            waitForPoll = true;
        }
    }

    /** Whether the tester has refused so often to tell of the old run that the rest of it is given up. */
    boolean oldRunGivenUp() {
        return successor != null && countTries >= TRIES_BEFORE_GIVING_UP_A_RUN;
    }

    /** Whether the tester has so often had no points where a finished run should have its last that the run is closed without them. */
    boolean lastRowsGivenUp() {
        return storedComplete && settled && last < stored && emptyTries >= TRIES_BEFORE_GIVING_UP_LAST_ROWS;
    }

    /** What to ask next; marks nothing. */
    Wish wish(int pageSize) {
        if (busy || waitForPoll || run.isEmpty()) {
            return new Wish.Nothing();
        }
        if (successor != null && !settled) {
            return new Wish.CountOf(run);
        }
        if (last < stored && !lastRowsGivenUp()) {
            if (probeStep > 0 && last + 1 + probeStep <= stored) {
                long at = last + 1 + probeStep;
                return new Wish.Page(new PageReader.Asked(run, at, 1, at, 0), true);
            }
            int most = confirmed ? 1 : Math.min(pageSize, limit);
            int count = (int) Math.min(most, stored - last);
            long believed = gapTries > TRIES_OF_A_GAP ? gapAtLast : 0;
            return new Wish.Page(new PageReader.Asked(run, last + 1, count, stored, believed), false);
        }
        if (storedComplete && settled && !completePublished) {
            return new Wish.Complete(run);
        }
        return new Wish.Nothing();
    }

    /** A page was asked for and its outcome is on its way to the broker. */
    void begun() {
        busy = true;
    }

    /** The outcome did not reach the broker; it will be asked for again. */
    void failed() {
        busy = false;
    }

    /** The page's outcome is safe. A gap in it is asked for again at once, then once more after the next poll, then believed. */
    void acknowledged(PageOutcome outcome, long gapAt) {
        busy = false;
        if (gapAt > 0) {
            gapTries = gapAt == gapAtLast ? gapTries + 1 : 1;
            gapAtLast = gapAt;
            waitForPoll = gapTries == TRIES_OF_A_GAP;
        }
        last = Math.max(last, outcome.lastSequence());
        limit = limit > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * limit;
        tries = 0;
        emptyTries = 0;
        probeStep = 0;
        confirmed = false;
        confirmations = 0;
    }

    /** What follows from a page that could not be read. */
    enum Refusal {
        /** The first of its kind: tell people. */
        TELL,
        /** Part of the search for the cause. */
        QUIET,
        /** The one point alone is at fault: tell people and pass over it. */
        PASS_OVER
    }

    /**
     * The tester's page could not be used.
     *
     * @param empty whether it was a proper reply, only without points although points are stored
     */
    Refusal pageRefused(PageReader.Asked asked, boolean probe, boolean empty) {
        busy = false;
        emptyTries = empty ? emptyTries + 1 : 0;
        if (probe) {
            probeStep = 2 * probeStep;
            if (last + 1 + probeStep > stored || probeStep > FARTHEST_PROBE) {
                // not this point alone: from the next poll on begin anew
                confirmations = 0;
                probeStep = 0;
                tries = 0;
                waitForPoll = true;
            }
            return Refusal.QUIET;
        }
        if (asked.count() > 1) {
            Refusal refusal = limit == Integer.MAX_VALUE ? Refusal.TELL : Refusal.QUIET;
            limit = asked.count() / 2;
            return refusal;
        }
        if (confirmed) {
            if (++confirmations >= CONFIRMATIONS) {
                return Refusal.PASS_OVER;
            }
            // a tester that only sometimes answers badly must not cost a good point: see once more that the others can
            // be read
            confirmed = false;
            probeStep = 1;
            return Refusal.QUIET;
        }
        limit = 1;
        tries++;
        if (tries >= TRIES_BEFORE_PROBING && last + 2 <= stored) {
            probeStep = 1;
        } else {
            waitForPoll = true;
        }
        return tries == 1 ? Refusal.TELL : Refusal.QUIET;
    }

    /** A later point could be read: ask for the one in front once more, and believe it if it is still refused. */
    void probeRead() {
        busy = false;
        probeStep = 0;
        confirmed = true;
    }

    /** Passes over the point in front, after its rejection is safe. */
    void passedOver() {
        busy = false;
        last++;
        tries = 0;
        emptyTries = 0;
        confirmed = false;
        confirmations = 0;
    }

    /** That the run has ended is safe with the broker; a test that followed begins. */
    void completed() {
        busy = false;
        completePublished = true;
        if (successor != null) {
            begin(successor);
        }
    }

    /** The position to remember. */
    GatewayPosition position(String tester) {
        return GatewayPosition.newBuilder()
                .setTester(tester)
                .setChannel(address.name())
                .setTestRun(run)
                .setLastSequence(last)
                .setRunComplete(completePublished)
                .build();
    }

    /** The position to remember once the end of the run is published. */
    GatewayPosition completedPosition(String tester) {
        return position(tester).toBuilder().setRunComplete(true).build();
    }

    private void begin(StoredRun next) {
        run = next.testId();
        last = 0;
        stored = next.count();
        storedComplete = next.complete();
        settled = false;
        completePublished = false;
        successor = null;
        countTries = 0;
        gapTries = 0;
        gapAtLast = 0;
        limit = Integer.MAX_VALUE;
        tries = 0;
        emptyTries = 0;
        probeStep = 0;
        confirmed = false;
        confirmations = 0;
    }
}
