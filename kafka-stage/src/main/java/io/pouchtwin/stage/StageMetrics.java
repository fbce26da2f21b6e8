package io.pouchtwin.stage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What a stage counts, {@code pouchtwin.stage.*} with tag "stage". */
final class StageMetrics {
    final Counter records;
    final Counter batches;
    final Counter rejects;
    final Counter restores;
    final Counter replayed;
    final Counter lost;
    final Counter retries;
    final Counter viewFailures;
    final Timer commit;
    private final Gauge lag;
    private final Gauge state;
    private final MeterRegistry registry;

    StageMetrics(MeterRegistry registry, String stage, Supplier<Number> lagSum, Supplier<Number> stateNumber) {
        this.registry = registry;
        records = counter("records", "input records processed and committed", stage);
        batches = counter("batches", "transactions committed", stage);
        rejects = counter("rejects", "input records that went to the dead letters", stage);
        restores = counter("restores", "partitions whose state was read back", stage);
        replayed = counter("replayed", "input records processed again to bring restored state up to date", stage);
        lost = counter("lost", "input records that Kafka deleted before they were processed", stage);
        retries = counter("retries", "times that the stage had to begin again from what is committed", stage);
        viewFailures = counter("view.failures", "failures to publish a view after a commit", stage);
        commit = Timer.builder("pouchtwin.stage.commit")
                .description("from the last record of a transaction to its commit")
                .tag("stage", stage)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(2))
                .register(registry);
        lag = Gauge.builder("pouchtwin.stage.lag", lagSum)
                .description("input records of the owned partitions that are not yet taken in")
                .tag("stage", stage)
                .register(registry);
        state = Gauge.builder("pouchtwin.stage.state", stateNumber)
                .description("0 running, 1 starting, 2 restoring, 3 retrying, 4 closed, 5 failed")
                .tag("stage", stage)
                .register(registry);
    }

    private Counter counter(String name, String description, String stage) {
        return Counter.builder("pouchtwin.stage." + name)
                .description(description)
                .tag("stage", stage)
                .register(registry);
    }

    /** A gauge holds on to its stage; counters stay, so that what was counted is not lost when a stage is started again. */
    void close() {
        for (Meter gauge : List.of(lag, state)) {
            registry.remove(gauge);
        }
    }
}
