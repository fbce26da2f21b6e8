package io.pouchtwin.twin.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pouchtwin.twin.TwinOutcome.Restart;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What the engine counts. Names {@code pouchtwin.twin.*}; no label with a cell's name, so that their number stays
 * bounded.
 */
final class TwinMetrics {
    private final MeterRegistry registry;
    private final Counter samples;
    private final Timer stepTime;
    private final DistributionSummary normalisedSquare;
    private final AtomicInteger cells = new AtomicInteger();
    private final AtomicInteger diverged = new AtomicInteger();
    private final AtomicInteger converging = new AtomicInteger();
    private final DistributionSummary snapshotBytes;
    /** When each cell whose run goes on was last heard of [ns of the monotonic clock]. */
    private final ConcurrentMap<String, Long> lastHeardNs = new ConcurrentHashMap<>();

    TwinMetrics(MeterRegistry registry, Duration staleAfter, LongSupplier nanoClock) {
        this.registry = registry;
        samples = Counter.builder("pouchtwin.twin.samples")
                .description("samples that advanced a twin")
                .register(registry);
        stepTime = Timer.builder("pouchtwin.twin.step.time")
                .description("time to predict, compare, correct and describe one sample")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        normalisedSquare = DistributionSummary.builder("pouchtwin.twin.nis")
                .description(
                        "innovation squared over its predicted variance; its mean is 1 while uncertainties are right")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        snapshotBytes = DistributionSummary.builder("pouchtwin.twin.snapshot.bytes")
                .description("snapshots written, and their size")
                .register(registry);
        Gauge.builder("pouchtwin.twin.stale", () -> stale(staleAfter, nanoClock.getAsLong()))
                .description("cells whose run goes on and that nothing was heard of for too long")
                .register(registry);
        Gauge.builder("pouchtwin.twin.cells", cells, AtomicInteger::get)
                .description("twins in this process")
                .register(registry);
        Gauge.builder("pouchtwin.twin.diverged", diverged, AtomicInteger::get)
                .description("twins whose innovations their uncertainty does not explain")
                .register(registry);
        Gauge.builder("pouchtwin.twin.converging", converging, AtomicInteger::get)
                .description("twins that still find their cell's state")
                .register(registry);
    }

    void advanced(long nanoseconds, double nis) {
        samples.increment();
        stepTime.record(nanoseconds, TimeUnit.NANOSECONDS);
        if (Double.isFinite(nis)) {
            normalisedSquare.record(nis);
        }
    }

    /** A snapshot of this size was written. */
    void saved(int bytes) {
        snapshotBytes.record(bytes);
    }

    /** The cell's tester sent something of a run that goes on. */
    void heard(String cell, long nowNs) {
        lastHeardNs.put(cell, nowNs);
    }

    /** Nothing more is expected of the cell, or not here. */
    void finished(String cell) {
        lastHeardNs.remove(cell);
    }

    private long stale(Duration after, long nowNs) {
        return lastHeardNs.values().stream()
                .filter(heard -> nowNs - heard > after.toNanos())
                .count();
    }

    void refused(String code) {
        Counter.builder("pouchtwin.twin.rejected")
                .description("samples and batches that no twin took")
                .tag("reason", code)
                .register(registry)
                .increment();
    }

    void restarted(Restart reason) {
        Counter.builder("pouchtwin.twin.restarts")
                .description("twins that began anew")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(registry)
                .increment();
    }

    /** Adds to the gauges what one partition's counts changed by. */
    void population(int cellsBy, int convergingBy, int divergedBy) {
        cells.addAndGet(cellsBy);
        converging.addAndGet(convergingBy);
        diverged.addAndGet(divergedBy);
    }
}
