package io.pouchtwin.app.roles;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pouchtwin.api.ApiConfig;
import io.pouchtwin.api.ApiSources;
import io.pouchtwin.api.StreamingApi;
import io.pouchtwin.api.http.Readiness;
import io.pouchtwin.app.config.ClusterConfig;
import io.pouchtwin.app.config.KafkaConfig;
import io.pouchtwin.gateway.Gateway;
import io.pouchtwin.gateway.GatewayConfig;
import io.pouchtwin.history.DatabaseAddress;
import io.pouchtwin.history.HistoryConfig;
import io.pouchtwin.history.embedded.EmbeddedDatabase;
import io.pouchtwin.history.write.HistoryWriter;
import io.pouchtwin.ingest.Ingest;
import io.pouchtwin.ingest.IngestConfig;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TopicSetup;
import io.pouchtwin.twin.alerting.AlertService;
import io.pouchtwin.twin.alerting.AlertsConfig;
import io.pouchtwin.twin.engine.EngineConfig;
import io.pouchtwin.twin.engine.ForecastEngine;
import io.pouchtwin.twin.engine.LatestStates;
import io.pouchtwin.twin.engine.TwinEngine;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts roles into a {@link RunningSystem}; all of them share one Vert.x and one registry of metrics. */
public final class Roles {

    private final RunningSystem system;
    private final KafkaConfig kafka;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Vertx vertx;
    private final Optional<LatestStates> latest;

    private Roles(RunningSystem system, KafkaConfig kafka, Optional<ClusterConfig> cluster) throws Exception {
        this.system = system;
        this.kafka = kafka;
        bindProcessMetrics();
        if (cluster.isPresent()) {
            Cluster joined = system.start(
                    "Vert.x and Hazelcast",
                    () -> RunningSystem.await(Cluster.join(cluster.get(), vertxOptions(), vertxBuilder())),
                    c -> RunningSystem.await(c.vertx().close()));
            this.vertx = joined.vertx();
            this.latest = Optional.of(new LatestStates(joined.hazelcast()));
            meters.getPrometheusRegistry().register(new HazelcastSeries(joined.hazelcast()));
        } else {
            this.vertx = system.start(
                    "Vert.x", () -> vertxBuilder().with(vertxOptions()).build(), v -> RunningSystem.await(v.close()));
            this.latest = Optional.empty();
        }
        system.start(
                "topics on " + kafka.bootstrapServers(),
                () -> {
                    TopicSetup.ensure(kafka.settings(), kafka.topics());
                    return kafka;
                },
                ready -> {});
    }

    /** Prepares topics, Vert.x and metrics, for roles that have no part in the live view. */
    public static Roles alone(RunningSystem system, KafkaConfig kafka) throws Exception {
        return new Roles(system, kafka, Optional.empty());
    }

    /** The same as a member of a cluster that shares the live view and the event bus. */
    public static Roles inCluster(RunningSystem system, KafkaConfig kafka, ClusterConfig cluster) throws Exception {
        return new Roles(system, kafka, Optional.of(cluster));
    }

    /** The live view, in a cluster. */
    public Optional<LatestStates> latest() {
        return latest;
    }

    /** What all roles count. */
    public PrometheusMeterRegistry meters() {
        return meters;
    }

    /** What all roles run on. */
    public Vertx vertx() {
        return vertx;
    }

    /** How all roles reach Kafka. */
    public KafkaSettings kafka() {
        return kafka.settings();
    }

    /** Starts reading testers. */
    public Gateway gateway(GatewayConfig config) throws Exception {
        return system.start(
                "gateway",
                () -> Gateway.start(config, kafka.settings().with(Map.of()), vertx, meters),
                gateway -> RunningSystem.await(gateway.close()));
    }

    /** Starts validating, ordering and segmenting. */
    public Ingest ingest(IngestConfig config) throws Exception {
        return system.start("ingest", () -> Ingest.start(config, kafka.settings(), meters), Ingest::close);
    }

    /** Starts the twins, and beside them the forecaster. */
    public TwinEngine engine(EngineConfig config) throws Exception {
        TwinEngine engine = system.start(
                "twin engine",
                () -> TwinEngine.start(config, kafka.settings(), vertx, latest, meters),
                TwinEngine::close);
        system.start(
                "forecaster",
                () -> ForecastEngine.start(config, kafka.settings(), vertx, meters),
                ForecastEngine::close);
        return engine;
    }

    /** Starts the alert rules, the watch for silences and the webhooks. */
    public AlertService alerts(AlertsConfig config) throws Exception {
        return system.start("alerts", () -> AlertService.start(config, kafka.settings(), meters), AlertService::close);
    }

    /**
     * Starts keeping the past.
     *
     * @param directory of the own database; not used where somebody else runs one
     */
    public Optional<HistoryPart> history(HistoryConfig config, Path directory) throws Exception {
        if (!config.enabled()) {
            return Optional.empty();
        }
        Optional<EmbeddedDatabase> own = Optional.empty();
        if (!config.external()) {
            own = Optional.of(system.start(
                    "history's database", () -> HistoryPart.startOwn(config, directory), EmbeddedDatabase::close));
        }
        DatabaseAddress address = own.map(EmbeddedDatabase::address).orElseGet(config::address);
        HistoryWriter writer = system.start(
                "history",
                () -> HistoryWriter.start(address, config.retention(), kafka.settings(), meters),
                HistoryWriter::close);
        return Optional.of(new HistoryPart(address, writer, own.map(EmbeddedDatabase::pgPort)));
    }

    /** Starts serving what is live, without a past. */
    public StreamingApi api(ApiConfig config) throws Exception {
        return api(config, Optional.empty());
    }

    /** Starts serving, where nothing else of this process has to be well. */
    public StreamingApi api(ApiConfig config, Optional<DatabaseAddress> history) throws Exception {
        return api(config, history, List::of);
    }

    /**
     * Starts serving.
     *
     * @param history where questions about the past are asked; empty: they are answered with 503
     * @param others what else of this process must be well for it to be ready
     */
    public StreamingApi api(ApiConfig config, Optional<DatabaseAddress> history, Readiness others) throws Exception {
        ApiSources sources = new ApiSources(
                () -> latest.map(LatestStates::all).orElse(Map.of()), history, ShippedParameterSets.views(), others);
        return system.start(
                "API and live page",
                () -> RunningSystem.await(StreamingApi.start(config, kafka.settings(), sources, vertx, meters)),
                api -> RunningSystem.await(api.close()));
    }

    private static VertxOptions vertxOptions() {
        return new VertxOptions().setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true));
    }

    private VertxBuilder vertxBuilder() {
        return Vertx.builder().withMetrics(new MicrometerMetricsFactory(meters));
    }

    @SuppressWarnings("resource") // bound for the life of the process
    private void bindProcessMetrics() {
        // two of Micrometer's names break Prometheus's rules (a unit abbreviated, a gauge that ends like a histogram);
        // nobody needs them
        meters.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        meters.getPrometheusRegistry().register(new KafkaSeries());
        new ClassLoaderMetrics().bindTo(meters);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmGcMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
    }
}
