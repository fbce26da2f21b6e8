package io.pouchtwin.app;

import io.pouchtwin.app.roles.RunningSystem;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps a process alive until Ctrl-C, SIGTERM or a set time, and ends it cleanly. */
final class Lifetime {

    private final RunningSystem system;
    private final CountDownLatch end = new CountDownLatch(1);

    private Lifetime(RunningSystem system) {
        this.system = system;
    }

    /** From now on a signal closes the system before the process ends. */
    static Lifetime of(RunningSystem system) {
        Lifetime lifetime = new Lifetime(system);
        Runtime.getRuntime().addShutdownHook(new Thread(lifetime::shutDown, "shutdown"));
        return lifetime;
    }

    /**
     * Waits for the end.
     *
     * @param limit after which the process ends by itself; null for never
     */
    void await(@Nullable Duration limit) throws InterruptedException {
        if (limit == null) {
            end.await();
        } else if (!end.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            system.close();
        }
    }

    private void shutDown() {
        end.countDown();
        system.close();
    }
}
