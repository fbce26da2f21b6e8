package io.pouchtwin.stage;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread of a stage: connects, works, and after a failure begins again from what is committed, for ever. */
final class StageWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StageWorker.class);
    private static final long FIRST_BACKOFF_MS = 100;
    private static final long LONGEST_BACKOFF_MS = 5_000;

    /** What brokers allow that were not told otherwise. */
    private static final Duration USUAL_LEAST_SESSION = Duration.ofSeconds(6);

    private final ProcessorFactory factory;
    private final PoisonPolicy poison;
    private final StageMetrics metrics;
    private final String idPrefix;
    private StageConfig config;
    private int attempt;
    private long backoffMs = FIRST_BACKOFF_MS;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean wanted = true;
    private volatile boolean abandoned;
    private volatile long lag;
    private volatile StageHealth health = new StageHealth(StageHealth.State.STARTING, "connecting");
    private volatile @Nullable StageClients clients;

    StageWorker(
            StageConfig config, ProcessorFactory factory, PoisonPolicy poison, StageMetrics metrics, String idPrefix) {
        this.config = config;
        this.factory = factory;
        this.poison = poison;
        this.metrics = metrics;
        this.idPrefix = idPrefix;
    }

    @Override
    public void run() {
        try {
            while (wanted) {
                session();
            }
            health = new StageHealth(StageHealth.State.CLOSED, "closed");
        } catch (Error e) {
            health = new StageHealth(StageHealth.State.FAILED, "ended by " + e);
            LOG.error("Stage {} ends: {}", config.name(), e, e);
        }
    }

    boolean wanted() {
        return wanted;
    }

    /** Client id and transactional id of the present connection; never used twice. */
    String id() {
        return idPrefix + "." + attempt;
    }

    long lag() {
        return lag;
    }

    StageHealth health() {
        return health;
    }

    /** Ends the work after the transaction in hand. From any thread. */
    void stop() {
        wanted = false;
        stopped.countDown();
        StageClients present = clients;
        if (present != null) {
            present.input.wakeup();
        }
    }

    /** Ends as a kill would: nothing is committed, nobody is told. From any thread, followed by an interrupt. */
    void abandon() {
        abandoned = true;
        wanted = false;
        stopped.countDown();
    }

    /** The session's report, once per round. */
    void tell(boolean connected, boolean joined, int owned, int restoring, long newLag) {
        lag = newLag;
        if (!connected) {
            health = new StageHealth(
                    StageHealth.State.RETRYING,
                    "no connection to Kafka at " + config.kafka().bootstrapServers());
        } else if (!joined) {
            health = new StageHealth(StageHealth.State.STARTING, "joining group " + config.name());
        } else if (restoring > 0) {
            health = new StageHealth(
                    StageHealth.State.RESTORING, "reading the state of " + restoring + " of " + owned + " partitions");
        } else {
            backoffMs = FIRST_BACKOFF_MS;
            health = new StageHealth(StageHealth.State.RUNNING, owned + " partitions");
        }
    }

    private void session() {
        attempt++;
        StageSession session = null;
        StageClients opened = null;
        boolean orderly = true;
        try {
            opened = new StageClients(config, id());
            clients = opened;
            session = new StageSession(config, factory, poison, metrics, this, opened);
            session.run();
        } catch (InterruptException e) {
            // close() lost its patience, or the stage was abandoned: wanted is false.
            orderly = false;
        } catch (WakeupException e) {
            LOG.debug("Stage {}: woken to stop", config.name());
        } catch (InvalidSessionTimeoutException e) {
            LOG.warn(
                    "Stage {}: the broker allows no session of {}, asking for {}: a dead process is replaced later",
                    config.name(),
                    config.sessionTimeout(),
                    USUAL_LEAST_SESSION);
            config = config.withTimeouts(config.transactionTimeout(), USUAL_LEAST_SESSION);
        } catch (RuntimeException e) {
            retry(e);
        } finally {
            clients = null;
            end(session, opened, orderly);
        }
        if (wanted && health.state() == StageHealth.State.RETRYING) {
            backOff();
        }
    }

    private void retry(RuntimeException problem) {
        metrics.retries.increment();
        health = new StageHealth(StageHealth.State.RETRYING, String.valueOf(problem.getMessage()));
        LOG.warn(
                "Stage {}: begins again from what is committed in {} ms: {}",
                config.name(),
                backoffMs,
                problem.toString(),
                LOG.isDebugEnabled() ? problem : null);
    }

    private void end(@Nullable StageSession session, @Nullable StageClients opened, boolean orderly) {
        boolean interrupted = Thread.interrupted(); // nobody interrupts but close(), and closing must not fail for it
        LOG.debug("Stage {}: ends its connection, interrupted: {}", config.name(), interrupted);
        if (session != null && !abandoned) {
            session.close();
        }
        if (opened != null) {
            try {
                if (abandoned || !orderly) {
                    opened.abandon();
                } else {
                    opened.close();
                }
            } catch (RuntimeException e) {
                LOG.info("Stage {}: closing the connection: {}", config.name(), e.toString());
            }
        }
    }

    private void backOff() {
        try {
            boolean ending = stopped.await(backoffMs, TimeUnit.MILLISECONDS);
            LOG.debug("Stage {}: waited, ending: {}", config.name(), ending);
        } catch (InterruptedException e) {
            LOG.debug("Stage {}: woken from waiting", config.name());
        }
        backoffMs = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS);
    }
}
