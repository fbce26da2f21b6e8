package io.pouchtwin.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the gateway shows of one tester.
 *
 * <table>
 * <caption>Metrics, all tagged {@code tester}</caption>
 * <tr><th>name</th><th>unit</th><th>what</th></tr>
 * <tr><td>pouchtwin.gateway.connected</td><td>0 or 1</td><td>whether the tester answers</td></tr>
 * <tr><td>pouchtwin.gateway.reply.age</td><td>seconds</td><td>since its last reply; grows from the start if none ever came</td></tr>
 * <tr><td>pouchtwin.gateway.lag.points</td><td>points</td><td>stored at the tester and not yet acknowledged, by {@code channel}</td></tr>
 * <tr><td>pouchtwin.gateway.samples</td><td>points</td><td>acknowledged by the broker</td></tr>
 * <tr><td>pouchtwin.gateway.rejected</td><td>records</td><td>not accepted, by {@code reason}</td></tr>
 * <tr><td>pouchtwin.gateway.gap.points</td><td>points</td><td>that the tester left out even when asked again</td></tr>
 * <tr><td>pouchtwin.gateway.connections.lost</td><td>times</td><td>a connection failed or could not be made</td></tr>
 * <tr><td>pouchtwin.gateway.publish.failures</td><td>times</td><td>a record was not acknowledged</td></tr>
 * <tr><td>pouchtwin.gateway.request</td><td>seconds</td><td>from request to reply, by {@code command}</td></tr>
 * </table>
 */
final class GatewayMetrics {
    private final MeterRegistry registry;
    private final String tester;
    private final Map<String, Counter> rejected = new HashMap<>();
    private final Map<String, Timer> requests = new HashMap<>();
    private final Map<String, AtomicLong> lags = new HashMap<>();
    private final Counter samples;
    private final Counter gapPoints;
    private final Counter connectionsLost;
    private final Counter publishFailures;
    private volatile boolean connected;
    private volatile long lastReplyNanos;

    GatewayMetrics(MeterRegistry registry, String tester, LongSupplier nanoClock) {
        this.registry = registry;
        this.tester = tester;
        lastReplyNanos = nanoClock.getAsLong();
        samples = counter("pouchtwin.gateway.samples", "points acknowledged by the broker");
        gapPoints = counter("pouchtwin.gateway.gap.points", "points that the tester left out even when asked again");
        connectionsLost = counter("pouchtwin.gateway.connections.lost", "connections that failed or could not be made");
        publishFailures = counter("pouchtwin.gateway.publish.failures", "records that were not acknowledged");
        Gauge.builder("pouchtwin.gateway.connected", this, m -> m.connected ? 1 : 0)
                .description("1 while the tester answers")
                .tag("tester", tester)
                .register(registry);
        Gauge.builder("pouchtwin.gateway.reply.age", this, m -> m.replyAgeS(nanoClock.getAsLong()))
                .description("time since the tester's last reply")
                .baseUnit("seconds")
                .tag("tester", tester)
                .register(registry);
    }

    void connected(boolean now) {
        connected = now;
    }

    boolean isConnected() {
        return connected;
    }

    double replyAgeS(long nowNanos) {
        return (nowNanos - lastReplyNanos) * 1e-9;
    }

    void replied(String command, long requestNanos, long nowNanos) {
        lastReplyNanos = nowNanos;
        requests.computeIfAbsent(
                        command,
                        c -> Timer.builder("pouchtwin.gateway.request")
                                .description("time from request to reply")
                                .tags("tester", tester, "command", c)
                                .register(registry))
                .record(nowNanos - requestNanos, java.util.concurrent.TimeUnit.NANOSECONDS);
    }

    void rejected(String reason) {
        rejected.computeIfAbsent(
                        reason,
                        r -> Counter.builder("pouchtwin.gateway.rejected")
                                .description("records that were not accepted")
                                .tags("tester", tester, "reason", r)
                                .register(registry))
                .increment();
    }

    void lag(String channel, long points) {
        lags.computeIfAbsent(channel, c -> lagGauge(c, new AtomicLong())).set(points);
    }

    private AtomicLong lagGauge(String channel, AtomicLong points) {
        Gauge.builder("pouchtwin.gateway.lag.points", points, AtomicLong::get)
                .description("points stored at the tester and not yet acknowledged by the broker")
                .tags("tester", tester, "channel", channel)
                .strongReference(true)
                .register(registry);
        return points;
    }

    void samples(int count) {
        samples.increment(count);
    }

    void gapPoints(long count) {
        gapPoints.increment((double) count);
    }

    void connectionLost() {
        connectionsLost.increment();
    }

    void publishFailed() {
        publishFailures.increment();
    }

    /** Takes the gauges out of the registry, so that a gateway started later in this process can show its own. */
    void close() {
        registry.getMeters().stream()
                .filter(m -> m instanceof Gauge
                        && m.getId().getName().startsWith("pouchtwin.gateway.")
                        && tester.equals(m.getId().getTag("tester")))
                .toList()
                .forEach(registry::remove);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("tester", tester)
                .register(registry);
    }
}
