package io.pouchtwin.api.feed;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.api.http.Readiness;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.StateRecord;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.stage.CompactedTable;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.StageHealth;
import io.pouchtwin.stage.TailReader;
import io.pouchtwin.stage.TailStart;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The readers of Kafka that feed one store. They start at once, wait for Kafka as long as it takes, and say how they are. */
public final class TopicFeeds implements AutoCloseable, Readiness {
    private static final long MOST_RECORDS_IN_FLIGHT = 20_000;
    private static final int HANDED_OVER_AT_ONCE = 500;
    /** Enough to find each cell's latest sign of life after a restart without reading what the states hold already. */
    private static final long CONTACTS_BACK = 2_000;
    /** Some forecasts of each cell, one comes with each cycle. */
    private static final long FORECASTS_BACK = 2_000;

    /** A cell's test of a thousand cycles, or the last days of a thousand cells. */
    private static final long CYCLES_BACK = 25_000;

    private final RecordDecoder decoder;
    private final StoreDoor door;
    private final TailReader states;
    private final TailReader contacts;
    private final TailReader alerts;
    private final TailReader acknowledgements;
    private final TailReader forecasts;
    private final TailReader cycles;
    private final CompactedTable<CellRegistration> registry;
    private final AtomicBoolean registryChanged = new AtomicBoolean();

    /**
     * Starts the readers.
     *
     * @param statesBack how many states of each partition to begin with, so that the rings are full again after a restart
     * @param latest the live view, asked once when these have come: the cells that fell silent longer ago than that are only there. May block
     */
    public TopicFeeds(
            KafkaSettings kafka,
            long statesBack,
            Supplier<Map<String, ByteString>> latest,
            StoreDoor door,
            MeterRegistry meters) {
        this.door = door;
        this.decoder = new RecordDecoder(meters);
        this.registry = CompactedTable.start(
                "api-registry", kafka, Topic.CELL_REGISTRY.topicName(), CellRegistration::parseFrom, meters);
        this.states = TailReader.start(
                "api-states",
                kafka,
                List.of(Topic.TWIN_STATE.topicName()),
                new TailStart.LastPerPartition(statesBack),
                MOST_RECORDS_IN_FLIGHT,
                batch -> handOverStates(door, decoder, batch),
                meters);
        this.contacts = TailReader.start(
                "api-contacts",
                kafka,
                List.of(Topic.TELEMETRY_CLEAN.topicName()),
                new TailStart.LastPerPartition(CONTACTS_BACK),
                MOST_RECORDS_IN_FLIGHT,
                batch -> handOverContacts(door, decoder, batch),
                meters);
        this.alerts = TailReader.start(
                "api-alerts",
                kafka,
                List.of(Topic.TWIN_ALERT.topicName()),
                new TailStart.Beginning(),
                MOST_RECORDS_IN_FLIGHT,
                batch -> {
                    var decoded = decoder.messages(batch, Alert.parser());
                    return door.pass(store -> store.alerts(decoded));
                },
                meters);
        this.acknowledgements = TailReader.start(
                "api-acknowledgements",
                kafka,
                List.of(Topic.ALERT_ACKNOWLEDGEMENT.topicName()),
                new TailStart.Beginning(),
                MOST_RECORDS_IN_FLIGHT,
                batch -> {
                    var decoded = decoder.messages(batch, AlertAcknowledgement.parser());
                    return door.pass(store -> store.acknowledgements(decoded));
                },
                meters);
        this.forecasts = TailReader.start(
                "api-forecasts",
                kafka,
                List.of(Topic.TWIN_FORECAST.topicName()),
                new TailStart.LastPerPartition(FORECASTS_BACK),
                MOST_RECORDS_IN_FLIGHT,
                batch -> {
                    var decoded = decoder.messages(batch, Forecast.parser());
                    return door.pass(store -> store.forecasts(decoded));
                },
                meters);
        this.cycles = TailReader.start(
                "api-cycles",
                kafka,
                List.of(Topic.TWIN_CYCLE.topicName()),
                new TailStart.LastPerPartition(CYCLES_BACK),
                MOST_RECORDS_IN_FLIGHT,
                batch -> {
                    var decoded = decoder.messages(batch, CycleEstimate.parser());
                    return door.pass(store -> store.cycles(decoded));
                },
                meters);
        var unused = states.caughtUp().thenRunAsync(() -> handOverSilentCells(latest));
        registry.onChange((cell, registration) -> handOverRegistry());
    }

    private static CompletionStage<?> handOverStates(
            StoreDoor door, RecordDecoder decoder, List<ConsumerRecord<byte[], byte[]>> batch) {
        // decoded on the reader's thread; in slices, so that the event loop does other things in between
        CompletionStage<?> last = CompletableFuture.completedStage(null);
        for (int from = 0; from < batch.size(); from += HANDED_OVER_AT_ONCE) {
            var slice = decoder.states(batch.subList(from, Math.min(batch.size(), from + HANDED_OVER_AT_ONCE)));
            last = door.pass(store -> store.accept(slice));
        }
        return last;
    }

    private void handOverSilentCells(Supplier<Map<String, ByteString>> latest) {
        List<StateRecord> states = decoder.states(latest.get().values());
        var unused = door.pass(store -> store.accept(states.stream()
                .filter(record -> store.cell(record.state().getCell())
                        .flatMap(CellLine::latest)
                        .isEmpty())
                .toList()));
    }

    private static CompletionStage<?> handOverContacts(
            StoreDoor door, RecordDecoder decoder, List<ConsumerRecord<byte[], byte[]>> batch) {
        var latest = decoder.contacts(batch);
        return door.pass(store -> store.contacts(latest));
    }

    private void handOverRegistry() {
        // a thousand registrations at the start become a few hand-overs
        if (registryChanged.compareAndSet(false, true)) {
            var unused = door.pass(store -> {
                registryChanged.set(false);
                store.registry(registry.snapshot());
            });
        }
    }

    @Override
    public List<Check> checks() {
        return List.of(
                check(Topic.TWIN_STATE, states.health(), states.caughtUp(), states::lag),
                check(Topic.TELEMETRY_CLEAN, contacts.health(), contacts.caughtUp(), contacts::lag),
                check(Topic.TWIN_ALERT, alerts.health(), alerts.caughtUp(), alerts::lag),
                check(
                        Topic.ALERT_ACKNOWLEDGEMENT,
                        acknowledgements.health(),
                        acknowledgements.caughtUp(),
                        acknowledgements::lag),
                check(Topic.TWIN_FORECAST, forecasts.health(), forecasts.caughtUp(), forecasts::lag),
                check(Topic.TWIN_CYCLE, cycles.health(), cycles.caughtUp(), cycles::lag),
                check(Topic.CELL_REGISTRY, registry.health(), registry.ready(), () -> 0L));
    }

    private static Check check(Topic topic, StageHealth health, CompletableFuture<Void> caughtUp, LongSupplier lag) {
        String name = "reader of " + topic.topicName();
        if (!health.ready()) {
            return new Check(name, false, health.detail());
        }
        if (!caughtUp.isDone()) {
            return new Check(name, false, "catching up, " + lag.getAsLong() + " records behind");
        }
        return new Check(name, true, "follows");
    }

    @Override
    public void close() {
        states.close();
        contacts.close();
        alerts.close();
        acknowledgements.close();
        forecasts.close();
        cycles.close();
        registry.close();
    }
}
