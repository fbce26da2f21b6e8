package io.pouchtwin.gateway.emulator;

import java.util.function.LongSupplier;

/**
 * The virtual tester's time: ms since it was first switched on, running faster than the world by a factor, and standing still while the
 * tester is off.
 */
public final class TesterClock {
    private final LongSupplier nanoTime;
    private final double speedUp;
    private final long startNanos;
    private final long startMs;

    private TesterClock(LongSupplier nanoTime, double speedUp, long startMs) {
        this.nanoTime = nanoTime;
        this.speedUp = speedUp;
        this.startMs = startMs;
        this.startNanos = nanoTime.getAsLong();
    }

    /**
     * A clock that goes on from an instant.
     *
     * @param nanoTime the world's monotonic time, ns
     * @param speedUp test seconds per second
     * @param startMs tester time now
     */
    static TesterClock from(LongSupplier nanoTime, double speedUp, long startMs) {
        return new TesterClock(nanoTime, speedUp, startMs);
    }

    /** Tester time, ms. */
    long nowMs() {
        return startMs + (long) ((nanoTime.getAsLong() - startNanos) * 1e-6 * speedUp);
    }
}
