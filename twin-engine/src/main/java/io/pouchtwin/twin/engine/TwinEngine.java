package io.pouchtwin.twin.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.stage.CompactedTable;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.Stage;
import io.pouchtwin.stage.StageConfig;
import io.pouchtwin.stage.StageHealth;
import io.pouchtwin.twin.CellTwins;
import io.pouchtwin.twin.TwinSettings;
import io.pouchtwin.twin.ensemble.EnsembleModels;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/**
 * The running engine: a Kafka stage from telemetry.clean to twin.state whose state is kept in twin.snapshot, and the
 * latest states in the cluster's live view and on
 * Vert.x's event bus. Any number of these processes share the cells; one takes over from another from
 * snapshot and replay. The topics have to exist.
 */
public final class TwinEngine implements AutoCloseable {
    /** Name of the consumer group. */
    public static final String GROUP = "twin-engine";

    /** How long a cell that is missing from the registry is waited for; it may merely be late. */
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(5);

    private final CompactedTable<CellRegistration> registry;
    private final Stage stage;
    private final LiveView live;

    private TwinEngine(CompactedTable<CellRegistration> registry, Stage stage, LiveView live) {
        this.registry = registry;
        this.stage = stage;
        this.live = live;
    }

    /**
     * Starts the engine and returns at once; {@link #health()} tells when it does its work.
     *
     * @param config what to run with
     * @param kafka where the topics are
     * @param vertx on whose event bus live states are published; not closed by the engine
     * @param latest where the latest state of each cell is shown, if the process belongs to a cluster
     * @param meters where metrics are registered
     */
    public static TwinEngine start(
            EngineConfig config,
            KafkaSettings kafka,
            Vertx vertx,
            Optional<LatestStates> latest,
            MeterRegistry meters) {
        return start(config, kafka, new LiveStates(vertx, latest, meters), meters, ReducedCellModels.shipped());
    }

    static TwinEngine start(
            EngineConfig config, KafkaSettings kafka, LiveView live, MeterRegistry meters, EnsembleModels models) {
        TwinSettings settings = TwinSettings.standard().withTester(config.tester());
        CompactedTable<CellRegistration> registry = CompactedTable.start(
                GROUP + ".registry", kafka, Topic.CELL_REGISTRY.topicName(), CellRegistration::parseFrom, meters);
        TwinMetrics metrics = new TwinMetrics(meters, config.staleAfter(), System::nanoTime);
        StageConfig stageConfig = StageConfig.of(
                        GROUP, kafka, Topic.TELEMETRY_CLEAN.topicName(), Topic.TWIN_SNAPSHOT.topicName())
                .withThreads(config.threads())
                .withBatches(config.maxPollRecords(), config.commitEvery())
                .withTimeouts(config.transactionTimeout(), config.sessionTimeout());
        Stage stage = Stage.start(
                stageConfig,
                partition -> new TwinProcessor(
                        new CellTwins(models, cell -> lookUp(registry, cell), settings),
                        metrics,
                        live,
                        new SnapshotSchedule(config.snapshotEverySamples(), config.snapshotEvery(), System.nanoTime()),
                        System::nanoTime),
                Rejections::deadLetter,
                meters);
        return new TwinEngine(registry, stage, live);
    }

    /** A registration is in Kafka before the cell's first sample is; the table may only not have read it yet. */
    private static Optional<CellRegistration> lookUp(CompactedTable<CellRegistration> registry, String cell) {
        Optional<CellRegistration> known = registry.get(cell);
        if (known.isEmpty()) {
            registry.refresh(REGISTRY_PATIENCE);
            known = registry.get(cell);
        }
        return known;
    }

    /** How the engine is. */
    public StageHealth health() {
        return stage.health();
    }

    /** Input records that wait for their twin. */
    public long lag() {
        return stage.lag();
    }

    /**
     * Address on the event bus at which the latest states of cells that moved are published, several times a second: a
     * sequence of {@code TwinState}, each with its length before it as {@code parseDelimitedFrom} reads it.
     */
    public static String liveAddress() {
        return LiveStates.ADDRESS;
    }

    /** Ends after the transaction in hand, within two seconds. */
    @Override
    public void close() {
        stage.close();
        live.close();
        registry.close();
    }
}
