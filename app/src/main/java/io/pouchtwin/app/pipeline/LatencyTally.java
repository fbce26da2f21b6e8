package io.pouchtwin.app.pipeline;

import java.util.concurrent.atomic.AtomicLongArray;

/** Latencies in milliseconds, counted; any thread may add. */
final class LatencyTally {
    private static final int LONGEST_MS = 60_000;

    private final AtomicLongArray counts = new AtomicLongArray(LONGEST_MS + 1);

    void add(long microseconds) {
        counts.incrementAndGet((int) Math.max(0, Math.min(LONGEST_MS, microseconds / 1000)));
    }

    long count() {
        long sum = 0;
        for (int ms = 0; ms <= LONGEST_MS; ms++) {
            sum += counts.get(ms);
        }
        return sum;
    }

    /** The latency that this part of all does not exceed [ms]; not a number without any. */
    double quantile(double part) {
        long total = count();
        long seen = 0;
        for (int ms = 0; ms <= LONGEST_MS; ms++) {
            seen += counts.get(ms);
            if (total > 0 && seen >= part * (double) total) {
                return ms + 1;
            }
        }
        return Double.NaN;
    }

    void forget() {
        for (int ms = 0; ms <= LONGEST_MS; ms++) {
            counts.set(ms, 0);
        }
    }
}
