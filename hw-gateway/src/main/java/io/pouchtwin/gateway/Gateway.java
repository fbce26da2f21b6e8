package io.pouchtwin.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.contracts.v1.GatewayPosition;
import io.pouchtwin.contracts.v1.StopRequest;
import io.pouchtwin.gateway.publish.KafkaPublisher;
import io.pouchtwin.gateway.publish.TelemetryPublisher;
import io.pouchtwin.stage.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway: an agent for each configured tester, and one way to the broker.
 *
 * <p>At start it publishes which cell is on which channel and recalls how far each channel was read; if the broker is away it keeps trying,
 * and the agents start when it is there. Agents do not notice each other.
 */
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long RETRY_MS = 500;
    private static final long CLOSE_LIMIT_MS = 2500;

    private final GatewayConfig config;
    private final TelemetryPublisher publisher;
    private final Vertx vertx;
    private final Clocks clocks;
    private final List<Entry> testers = new ArrayList<>();
    private final List<String> deployments = new CopyOnWriteArrayList<>();
    private final Map<String, TesterAgent> agents = new ConcurrentHashMap<>();
    private volatile @Nullable AutoCloseable stopFeed;
    private volatile boolean running;
    private volatile boolean closed;

    private record Entry(TesterConfig tester, GatewayMetrics metrics) {}

    /**
     * How a tester is doing.
     *
     * @param tester its name
     * @param connected whether it answers
     * @param replyAgeS time since its last reply, s
     */
    public record TesterStatus(String tester, boolean connected, double replyAgeS) {}

    private Gateway(
            GatewayConfig config, TelemetryPublisher publisher, Vertx vertx, MeterRegistry registry, Clocks clocks) {
        this.config = config;
        this.publisher = publisher;
        this.vertx = vertx;
        this.clocks = clocks;
        for (TesterConfig tester : config.testers()) {
            testers.add(new Entry(tester, new GatewayMetrics(registry, tester.name(), clocks.nanoTime())));
        }
    }

    /**
     * Starts the gateway; returns at once.
     *
     * @param kafkaSettings Kafka client settings, at least {@code bootstrap.servers}
     */
    public static Gateway start(
            GatewayConfig config, Map<String, Object> kafkaSettings, Vertx vertx, MeterRegistry registry) {
        Gateway gateway = start(config, new KafkaPublisher(kafkaSettings), vertx, registry);
        KafkaSettings kafka =
                new KafkaSettings(String.valueOf(kafkaSettings.get("bootstrap.servers")), textual(kafkaSettings));
        gateway.stopFeed = new StopFeed(kafka, gateway.clocks, gateway::stopChannel, registry);
        return gateway;
    }

    private static Map<String, String> textual(Map<String, Object> settings) {
        Map<String, String> others = new HashMap<>();
        settings.forEach((key, value) -> others.put(key, String.valueOf(value)));
        others.remove("bootstrap.servers");
        return others;
    }

    /** Somebody asks for a channel to be stopped. A tester that this gateway does not read is another gateway's. */
    void stopChannel(StopRequest request, long ageMs) {
        TesterAgent agent = agents.get(request.getTester());
        if (agent != null) {
            agent.stopChannel(request, ageMs);
        }
    }

    /** Starts the gateway with another way to publish; the gateway closes it at its end. */
    public static Gateway start(
            GatewayConfig config, TelemetryPublisher publisher, Vertx vertx, MeterRegistry registry) {
        Gateway gateway = new Gateway(config, publisher, vertx, registry, Clocks.SYSTEM);
        gateway.recall();
        return gateway;
    }

    /** Whether registrations are published and positions recalled, that is, whether testers are being read. */
    public boolean running() {
        return running;
    }

    /** How each tester is doing. */
    public List<TesterStatus> status() {
        return testers.stream()
                .map(t -> new TesterStatus(
                        t.tester().name(),
                        t.metrics().isConnected(),
                        t.metrics().replyAgeS(clocks.nanos())))
                .toList();
    }

    /** Stops reading, closes connections and the producer; takes less than 3 s whatever the network does. */
    public Future<Void> close() {
        closed = true;
        running = false;
        List<Future<Void>> ends = new ArrayList<>();
        AutoCloseable feed = stopFeed;
        if (feed != null) {
            ends.add(vertx.executeBlocking(() -> {
                feed.close();
                return null;
            }));
        }
        deployments.forEach(id -> ends.add(vertx.undeploy(id)));
        Future<Void> clean = Future.join(ends).transform(ignored -> publisher.close());
        Promise<Void> end = Promise.promise();
        long timer = vertx.setTimer(CLOSE_LIMIT_MS, id -> end.tryComplete());
        var unused = clean.onComplete(done -> {
            vertx.cancelTimer(timer);
            testers.forEach(t -> t.metrics().close());
            if (done.failed()) {
                end.tryFail(done.cause());
            } else {
                end.tryComplete();
            }
        });
        return end.future();
    }

    private void recall() {
        List<Future<Void>> registrations = new ArrayList<>();
        config.cells().forEach(c -> registrations.add(publisher.publish(c.registration())));
        var unused = Future.join(registrations)
                .compose(v -> publisher.positions())
                .onSuccess(this::deploy)
                .onFailure(failure -> {
                    if (!closed) {
                        LOG.warn(
                                "gateway waits for Kafka ({}); testers keep their points meanwhile",
                                failure.getMessage());
                        vertx.setTimer(RETRY_MS, id -> {
                            if (!closed) {
                                recall();
                            }
                        });
                    }
                });
    }

    private void deploy(Map<String, GatewayPosition> positions) {
        if (closed) {
            return;
        }
        for (Entry entry : testers) {
            TesterConfig tester = entry.tester();
            TesterAgent agent = new TesterAgent(
                    tester, config.cellsOf(tester.name()), positions, publisher, entry.metrics(), clocks);
            var unused = vertx.deployVerticle(agent)
                    .onSuccess(id -> {
                        agents.put(tester.name(), agent);
                        deployments.add(id);
                        if (closed) {
                            var unusedUndeploy = vertx.undeploy(id);
                        }
                    })
                    .onFailure(e -> LOG.error("tester {} cannot be read", tester.name(), e));
        }
        running = true;
    }
}
