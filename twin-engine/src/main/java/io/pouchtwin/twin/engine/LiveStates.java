package io.pouchtwin.twin.engine;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows committed states to the other nodes: in the {@link LatestStates} of the cluster, and as one message for all
 * cells that moved on Vert.x's event bus. Newer states replace older ones of the same cell, so that no more than one of
 * each ever waits; who needs every state reads the topic.
 *
 * <p>{@link #offer} and {@link #publish} are called by the stage's threads; one thread of its own does what can block.
 */
final class LiveStates implements LiveView {
    /** Address on the event bus; the body is a sequence of {@code TwinState}, each with its length before it. */
    static final String ADDRESS = "twin.states";

    private static final Logger LOG = LoggerFactory.getLogger(LiveStates.class);
    /** The view follows by so much; more often would cost more than it shows [ms]. */
    private static final long PERIOD_MS = 100;

    private static final long CLOSE_MS = 1_000;
    private static final int AT_ONCE = 500;

    private final Vertx vertx;
    private final Optional<LatestStates> latest;
    private final Counter failures;
    private final Timer writing;
    private final ConcurrentMap<String, LiveState> waiting = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private volatile boolean wanted = true;

    LiveStates(Vertx vertx, Optional<LatestStates> latest, MeterRegistry meters) {
        this.vertx = vertx;
        this.latest = latest;
        this.failures = Counter.builder("pouchtwin.twin.view.failures")
                .description("times that the live view could not be written; it is tried again")
                .register(meters);
        this.writing = Timer.builder("pouchtwin.twin.view")
                .description("time to put the latest states of a batch into the live view")
                .register(meters);
        this.thread = new Thread(this::run, "twin-live-view");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    @Override
    public void offer(String cell, LiveState state) {
        waiting.merge(cell, state, LiveStates::newer);
    }

    private static LiveState newer(LiveState one, LiveState other) {
        return one.offset() > other.offset() ? one : other;
    }

    @Override
    public void publish() {
        if (!waiting.isEmpty() && news.availablePermits() == 0) {
            news.release();
        }
    }

    private void run() {
        try {
            while (wanted) {
                if (news.tryAcquire(1, TimeUnit.SECONDS) || !waiting.isEmpty()) {
                    show();
                    Thread.sleep(PERIOD_MS);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the live view ends");
        }
    }

    private void show() {
        Map<String, LiveState> batch = new HashMap<>();
        for (String cell : waiting.keySet()) {
            @Nullable LiveState state = waiting.remove(cell);
            if (state != null) {
                batch.put(cell, state);
            }
            if (batch.size() == AT_ONCE) {
                show(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            show(batch);
        }
    }

    private void show(Map<String, LiveState> batch) {
        Buffer message = Buffer.buffer();
        for (LiveState state : batch.values()) {
            appendLength(message, state.state().size());
            message.appendBytes(state.state().toByteArray());
        }
        vertx.eventBus().publish(ADDRESS, message);
        try {
            latest.ifPresent(view -> writing.record(() -> view.put(batch)));
        } catch (HazelcastException | HazelcastInstanceNotActiveException e) {
            failures.increment();
            if (failures.count() <= 1) {
                LOG.warn("the live view cannot be written, trying again; Kafka has everything: {}", e.toString());
            }
            batch.forEach(this::offer);
        }
    }

    /** Protobuf's own way to write a length, as {@code parseDelimitedFrom} reads it. */
    private static void appendLength(Buffer message, int length) {
        int rest = length;
        while (rest >= 0x80) {
            message.appendByte((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        message.appendByte((byte) rest);
    }

    @Override
    public void close() {
        wanted = false;
        thread.interrupt();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
