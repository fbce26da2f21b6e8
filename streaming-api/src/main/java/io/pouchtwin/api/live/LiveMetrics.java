package io.pouchtwin.api.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the streams count. */
public final class LiveMetrics {
    private static final Duration[] LATENCY_BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(75),
        Duration.ofMillis(100),
        Duration.ofMillis(150),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10),
    };

    private final AtomicInteger sse = new AtomicInteger();
    private final AtomicInteger webSocket = new AtomicInteger();
    private final Counter states;
    private final Counter skippedSlow;
    private final Counter skippedByRate;
    private final Counter resets;
    private final Timer latency;

    /** Registers the meters. */
    public LiveMetrics(MeterRegistry registry) {
        subscribers(registry, "sse", sse);
        subscribers(registry, "websocket", webSocket);
        states = Counter.builder("pouchtwin.api.events")
                .description("states written to subscribers")
                .register(registry);
        skippedSlow = conflated(registry, Conflated.Reason.SLOW_READER);
        skippedByRate = conflated(registry, Conflated.Reason.RATE_LIMIT);
        resets = Counter.builder("pouchtwin.api.resets")
                .description("subscribers told that they cannot go on from where they were")
                .register(registry);
        latency = Timer.builder("pouchtwin.api.latency")
                .description("from the sample's arrival at the gateway to its state being written to a subscriber")
                .serviceLevelObjectives(LATENCY_BUCKETS)
                .register(registry);
    }

    private static void subscribers(MeterRegistry registry, String kind, AtomicInteger count) {
        Gauge.builder("pouchtwin.api.subscribers", count, AtomicInteger::get)
                .description("streams open now")
                .tag("kind", kind)
                .register(registry);
    }

    private static Counter conflated(MeterRegistry registry, Conflated.Reason reason) {
        return Counter.builder("pouchtwin.api.conflated")
                .description("states left out for a subscriber, which was told so")
                .tag("reason", reason.word())
                .register(registry);
    }

    AtomicInteger subscribers(boolean isWebSocket) {
        return isWebSocket ? webSocket : sse;
    }

    void written(LiveEvent event, boolean live, long nowUnixUs) {
        states.increment();
        long received = event.stored().receivedUnixUs();
        if (live && received > 0) {
            latency.record(Math.max(0, nowUnixUs - received), TimeUnit.MICROSECONDS);
        }
    }

    void conflated(Conflated conflated) {
        Counter counter = conflated.reason() == Conflated.Reason.RATE_LIMIT ? skippedByRate : skippedSlow;
        counter.increment((double) conflated.skipped());
    }

    void reset() {
        resets.increment();
    }
}
