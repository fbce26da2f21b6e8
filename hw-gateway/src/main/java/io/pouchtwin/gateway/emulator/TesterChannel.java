package io.pouchtwin.gateway.emulator;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel as observers see it, while the simulating thread goes on. What may be seen is published after it is stored, so an observer never
 * sees half a point.
 */
final class TesterChannel {
    private final VirtualChannel channel;
    private final RowStore rows;
    private volatile long visible;
    private volatile boolean ended;
    private volatile boolean broken;
    private volatile boolean stopAsked;
    private volatile int testId;
    private volatile @Nullable Row last;

    TesterChannel(VirtualChannel channel) {
        this.channel = channel;
        this.rows = channel.rows();
    }

    /** Goes on; simulating thread only. Returns whether it got to the instant. */
    boolean advanceTo(long nowMs, int mostPoints) throws IOException {
        if (stopAsked) {
            channel.stop();
        }
        boolean there = channel.advanceTo(nowMs, mostPoints);
        show();
        return there;
    }

    /** Publishes the channel's state to observers; simulating thread only. */
    void show() throws IOException {
        long seen = channel.visible();
        testId = channel.testId();
        if (seen != visible && seen > 0) {
            last = rows.read(seen, 1).get(0);
        }
        visible = seen;
        ended = channel.finished() && seen == rows.count();
    }

    /** Stops for good: the test is over as far as observers can see. */
    void breakDown() {
        broken = true;
        ended = true;
    }

    /** A client says stop; from any thread. False where nothing runs. */
    boolean askToStop() {
        if (ended) {
            return false;
        }
        stopAsked = true;
        return true;
    }

    boolean broken() {
        return broken;
    }

    VirtualChannel channel() {
        return channel;
    }

    long visible() {
        return visible;
    }

    boolean ended() {
        return ended;
    }

    int testId() {
        return testId;
    }

    String barcode() {
        return channel.config().barcode();
    }

    @Nullable Row lastVisible() {
        return last;
    }

    List<Row> read(long from, int count) throws IOException {
        return rows.read(from, count);
    }
}
