package io.pouchtwin.stage;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exactly-once consume, process, produce. Per batch one Kafka transaction holds the outputs, the changed state (in a compacted changelog topic, same partition number as the
 * input) and the input's offsets, so that after any crash all three are of the same moment. On a take-over the state is read back and checked against the committed
 * offset before the first record is processed.
 *
 * <p>Each thread owns whole partitions; the processors' arithmetic runs on it. Broker failures are retried for ever and stated in {@link #health()}.
 *
 * <p>A reader of the outputs has to read committed records only; then each input record has its effect once.
 */
public final class Stage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);
    private static final Duration ORDERLY_END = Duration.ofMillis(1_200);
    private static final Duration FORCED_END = Duration.ofMillis(700);

    private final String name;
    private final StageMetrics metrics;
    private final List<StageWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Stage(StageConfig config, ProcessorFactory factory, PoisonPolicy poison, MeterRegistry registry) {
        this.name = config.name();
        this.metrics = new StageMetrics(
                registry, config.name(), this::lag, () -> health().state().number());
        // Never the same twice: a transactional id in use elsewhere would make two processes throw each other out.
        String instance = config.name() + "." + UUID.randomUUID().toString().substring(0, 8);
        for (int i = 0; i < config.threads(); i++) {
            StageWorker worker = new StageWorker(config, factory, poison, metrics, instance + "-" + i);
            Thread thread = new Thread(worker, config.name() + "-" + i);
            workers.add(worker);
            threads.add(thread);
        }
    }

    /** Starts the threads and returns at once; {@link #health()} tells when they do their work. The topics have to exist. */
    public static Stage start(
            StageConfig config, ProcessorFactory factory, PoisonPolicy poison, MeterRegistry registry) {
        Stage stage = new Stage(config, factory, poison, registry);
        stage.threads.forEach(Thread::start);
        return stage;
    }

    /** How it is: the worst of its threads. */
    public StageHealth health() {
        return workers.stream()
                .map(StageWorker::health)
                .max(Comparator.comparing(StageHealth::state))
                .orElse(new StageHealth(StageHealth.State.CLOSED, "no threads"));
    }

    /** Input records of the owned partitions that are not yet processed. */
    public long lag() {
        return workers.stream().mapToLong(StageWorker::lag).sum();
    }

    /** Ends after the transactions in hand, within 2 s whatever the broker does. What is not committed then will be done again by the next owner. */
    @Override
    public void close() {
        workers.forEach(StageWorker::stop);
        if (!join(ORDERLY_END)) {
            LOG.warn(
                    "Stage {} does not end by itself, interrupting it; what is not committed will be done again", name);
            threads.forEach(Thread::interrupt);
            if (!join(FORCED_END)) {
                LOG.warn("Stage {} still runs; leaving it to the end of the process", name);
            }
        }
        metrics.close();
    }

    /** Ends as a killed process would, for tests: open transactions stay open, the group is not told. */
    void abandon() {
        workers.forEach(StageWorker::abandon);
        threads.forEach(Thread::interrupt);
        boolean ended = join(Duration.ofSeconds(10));
        LOG.info("Stage {} abandoned, ended: {}", name, ended);
        metrics.close();
    }

    private boolean join(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Thread thread : threads) {
            try {
                long rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                thread.join(Math.max(1, rest));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }
}
