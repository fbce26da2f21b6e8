package io.pouchtwin.app.endtoend;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP relay between gateway and tester whose cable can be pulled and plugged in again. */
final class CuttableProxy implements AutoCloseable {

    private final NetServer server;
    private final NetClient client;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean plugged = true;

    CuttableProxy(Vertx vertx, int targetPort) throws Exception {
        client = vertx.createNetClient();
        server = vertx.createNetServer();
        server.connectHandler(near -> {
            if (!plugged) {
                near.close();
                return;
            }
            near.pause();
            client.connect(targetPort, "127.0.0.1")
                    .onSuccess(far -> relay(near, far))
                    .onFailure(failure -> near.close());
        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void relay(NetSocket near, NetSocket far) {
        connections.incrementAndGet();
        open.add(near);
        open.add(far);
        near.handler(far::write);
        far.handler(near::write);
        near.closeHandler(closed -> far.close());
        far.closeHandler(closed -> near.close());
        near.resume();
    }

    int port() {
        return server.actualPort();
    }

    /** How many connections have been relayed so far. */
    int connections() {
        return connections.get();
    }

    /** Breaks every connection and refuses new ones until {@link #plug}. */
    void pull() {
        plugged = false;
        open.forEach(NetSocket::close);
        open.clear();
    }

    void plug() {
        plugged = true;
    }

    @Override
    public void close() {
        pull();
        server.close();
        client.close();
    }
}
