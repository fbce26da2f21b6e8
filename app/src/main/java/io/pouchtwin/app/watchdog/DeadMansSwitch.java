package io.pouchtwin.app.watchdog;

import java.time.Duration;

/** Says when a heartbeat has been away for too long, and when it is back; each once. Belongs to one thread; time comes in as data. */
final class DeadMansSwitch {

    /** What has changed since the last look. */
    enum Change {
        NONE,
        /** The heartbeat has been away for too long. */
        SILENT,
        /** It is back. */
        BACK
    }

    private final long withinNanos;
    private long lastNanos;
    private boolean silent;

    /** Begins to wait: who never hears a heartbeat rings too. */
    DeadMansSwitch(Duration within, long nowNanos) {
        this.withinNanos = within.toNanos();
        this.lastNanos = nowNanos;
    }

    Change heartbeat(long nowNanos) {
        lastNanos = nowNanos;
        if (!silent) {
            return Change.NONE;
        }
        silent = false;
        return Change.BACK;
    }

    Change look(long nowNanos) {
        if (silent || nowNanos - lastNanos <= withinNanos) {
            return Change.NONE;
        }
        silent = true;
        return Change.SILENT;
    }

    boolean silent() {
        return silent;
    }

    Duration since(long nowNanos) {
        return Duration.ofNanos(nowNanos - lastNanos);
    }
}
