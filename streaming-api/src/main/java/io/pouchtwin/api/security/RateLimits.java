package io.pouchtwin.api.security;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each caller may ask: a bucket of tokens for each, filled at a steady rate. Of the callers seen, only the latest are remembered. Belongs to one thread.
 */
public final class RateLimits {
    private static final int MOST_CALLERS = 10_000;
    private static final double NANOS = 1e9;

    private final double perS;
    private final double burst;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    private static final class Bucket {
        private double tokens;
        private long atNanos;
    }

    /**
     * The same limit for each.
     *
     * @param perS requests a second in the long run
     * @param burst requests at once
     */
    public RateLimits(double perS, double burst) {
        this.perS = perS;
        this.burst = burst;
    }

    /**
     * Counts one request.
     *
     * @param nowNanos a clock that only goes forward
     * @return 0 if it may go on, else the seconds after which to ask again
     */
    public double take(String caller, long nowNanos) {
        Bucket bucket = filled(caller, nowNanos);
        if (bucket.tokens >= 1) {
            bucket.tokens--;
            return 0;
        }
        return (1 - bucket.tokens) / perS;
    }

    /** The same without counting. */
    public double peek(String caller, long nowNanos) {
        Bucket bucket = filled(caller, nowNanos);
        return bucket.tokens >= 1 ? 0 : (1 - bucket.tokens) / perS;
    }

    private Bucket filled(String caller, long nowNanos) {
        Bucket bucket = buckets.get(caller);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = burst;
            bucket.atNanos = nowNanos;
            buckets.put(caller, bucket);
        }
        bucket.tokens = Math.min(burst, bucket.tokens + (nowNanos - bucket.atNanos) / NANOS * perS);
        bucket.atNanos = nowNanos;
        return bucket;
    }

    /** How many callers are remembered. */
    int remembered() {
        return buckets.size();
    }
}
