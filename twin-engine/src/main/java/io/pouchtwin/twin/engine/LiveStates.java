package io.pouchtwin.twin.engine;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands committed states to Vert.x: the latest state of each cell is published at {@code twin.state.<cell>} as the bytes
 * of a {@code TwinState}. While the event loop is busy, newer states replace older ones of the same cell, so that no
 * more than one per cell ever waits; who needs every state reads the topic.
 *
 * <p>{@link #offer} is called by the stage's threads, everything else happens on one event-loop context.
 */
final class LiveStates implements LiveView {
    private final Vertx vertx;
    private final Context context;
    private final ConcurrentMap<String, LiveState> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    LiveStates(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    /** Address on the event bus of a cell's states. */
    static String address(String cell) {
        return "twin.state." + cell;
    }

    @Override
    public void offer(String cell, LiveState state) {
        waiting.put(cell, state);
    }

    @Override
    public void publish() {
        if (!waiting.isEmpty() && scheduled.compareAndSet(false, true)) {
            context.runOnContext(ignored -> drain());
        }
    }

    private void drain() {
        scheduled.set(false);
        for (String cell : waiting.keySet()) {
            LiveState state = waiting.remove(cell);
            if (state != null) {
                vertx.eventBus()
                        .publish(address(cell), Buffer.buffer(state.state().toByteArray()));
            }
        }
    }
}
