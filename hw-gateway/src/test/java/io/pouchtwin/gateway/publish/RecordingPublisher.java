package io.pouchtwin.gateway.publish;

import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.GatewayPosition;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.contracts.v1.StopRecord;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what is published, in memory; can be told to be away, as a broker can. */
public final class RecordingPublisher implements TelemetryPublisher {
    private final List<RawBatch> batches = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final List<CellRegistration> registrations = new ArrayList<>();
    private final Map<String, GatewayPosition> positions = new HashMap<>();
    private final List<StopRecord> stops = new ArrayList<>();
    private boolean away;
    private int refused;

    public synchronized void away(boolean now) {
        away = now;
    }

    public synchronized int refusals() {
        return refused;
    }

    @Override
    public synchronized Future<Void> publish(RawBatch batch) {
        return keep(() -> batches.add(batch));
    }

    @Override
    public synchronized Future<Void> publish(Rejected record) {
        return keep(() -> rejected.add(record));
    }

    @Override
    public synchronized Future<Void> publish(CellRegistration registration) {
        return keep(() -> registrations.add(registration));
    }

    @Override
    public synchronized Future<Void> publish(StopRecord record) {
        return keep(() -> stops.add(record));
    }

    public synchronized List<StopRecord> stops() {
        return List.copyOf(stops);
    }

    @Override
    public synchronized Future<Void> publish(GatewayPosition position) {
        return keep(() -> positions.put(TelemetryPublisher.key(position.getTester(), position.getChannel()), position));
    }

    @Override
    public synchronized Future<Map<String, GatewayPosition>> positions() {
        return away ? Future.failedFuture("away") : Future.succeededFuture(Map.copyOf(positions));
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private Future<Void> keep(Runnable how) {
        if (away) {
            refused++;
            return Future.failedFuture("the broker is away");
        }
        how.run();
        return Future.succeededFuture();
    }

    public synchronized List<RawBatch> batches() {
        return List.copyOf(batches);
    }

    public synchronized List<Rejected> rejected() {
        return List.copyOf(rejected);
    }

    public synchronized List<CellRegistration> registrations() {
        return List.copyOf(registrations);
    }

    public synchronized Map<String, GatewayPosition> positionsNow() {
        return Map.copyOf(positions);
    }

    /** All points of a channel, in the order published. */
    public synchronized List<RawSample> samples(String channel) {
        return batches.stream()
                .filter(b -> b.getChannel().equals(channel))
                .flatMap(b -> b.getSamplesList().stream())
                .toList();
    }

    /** How many points of a channel were published. */
    public synchronized int count(String channel) {
        return batches.stream()
                .filter(b -> b.getChannel().equals(channel))
                .mapToInt(RawBatch::getSamplesCount)
                .sum();
    }
}
