package io.pouchtwin.app.roles;

import io.vertx.core.Future;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a process: started one after the other with progress shown, closed in the opposite order within a
 * deadline.
 *
 * <p>Not thread safe but for {@link #close()}, which may come from a shutdown hook while a part is starting.
 */
public final class RunningSystem implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningSystem.class);
    private static final long CLOSE_DEADLINE_MS = 4_500;
    private static final long START_DEADLINE_S = 60;

    /** How a part is closed. */
    @FunctionalInterface
    public interface Closer<T> {
        /** Ends the part. */
        void close(T part) throws Exception;
    }

    private record Part(String name, Callable<?> closing) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private final PrintStream progress;
    private boolean closed;

    /** A system that tells its progress on the given stream. */
    public RunningSystem(PrintStream progress) {
        this.progress = progress;
    }

    /** Starts a part, tells how long it took, and remembers how to close it. */
    public <T> T start(String name, Callable<T> starting, Closer<? super T> closer) throws Exception {
        long begin = System.nanoTime();
        T part = starting.call();
        synchronized (this) {
            if (closed) {
                closer.close(part);
                throw new InterruptedException("stopped while " + name + " was starting");
            }
            parts.push(new Part(name, () -> {
                closer.close(part);
                return null;
            }));
        }
        progress.printf("  %-44s %5.1f s%n", name, (System.nanoTime() - begin) / 1e9);
        return part;
    }

    /** Waits for a Vert.x future on a thread that may wait. */
    public static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_DEADLINE_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new TimeoutException("no answer within " + START_DEADLINE_S + " s");
        }
    }

    /** Closes all parts, last started first. A part that fails to close is named, and the others are closed all the same. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_DEADLINE_MS);
        while (!parts.isEmpty()) {
            closeInTime(parts.pop(), deadline);
        }
    }

    private static void closeInTime(Part part, long deadline) {
        Thread closing = new Thread(
                () -> {
                    try {
                        part.closing().call();
                    } catch (Exception e) {
                        LOG.warn("{} did not close cleanly: {}", part.name(), e.toString());
                    }
                },
                "close-" + part.name());
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            LOG.warn("{} was still closing at the deadline", part.name());
        }
    }
}
