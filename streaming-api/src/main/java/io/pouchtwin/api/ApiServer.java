package io.pouchtwin.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pouchtwin.api.contract.Contract;
import io.pouchtwin.api.http.AcknowledgementDesk;
import io.pouchtwin.api.http.AlertHandlers;
import io.pouchtwin.api.http.CellHandlers;
import io.pouchtwin.api.http.CycleHandlers;
import io.pouchtwin.api.http.ForecastHandlers;
import io.pouchtwin.api.http.HistoryHandlers;
import io.pouchtwin.api.http.PageFiles;
import io.pouchtwin.api.http.Readiness;
import io.pouchtwin.api.http.Responses;
import io.pouchtwin.api.http.SessionHandlers;
import io.pouchtwin.api.http.StreamQuota;
import io.pouchtwin.api.http.SystemHandlers;
import io.pouchtwin.api.http.TrustHandlers;
import io.pouchtwin.api.live.LiveMetrics;
import io.pouchtwin.api.live.SseHandlers;
import io.pouchtwin.api.live.Subscribers;
import io.pouchtwin.api.live.WebSocketHandler;
import io.pouchtwin.api.metrics.CellExporter;
import io.pouchtwin.api.security.AccessConfig;
import io.pouchtwin.api.security.AuditDesk;
import io.pouchtwin.api.security.KeyFile;
import io.pouchtwin.api.security.Tokens;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.api.store.StoreLimits;
import io.pouchtwin.history.DatabaseAddress;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server and the store behind it, on one event loop. It knows nothing of Kafka: whoever has states hands them over with {@link
 * #onStore(Consumer)}.
 */
final class ApiServer extends VerticleBase {
    private static final long TICK_MS = 50;
    private static final long KEYS_MS = 300_000;
    private static final long KEY_FILE_MS = 10_000;

    private final ApiConfig config;
    private final PrometheusMeterRegistry registry;
    private final Parts parts;
    private final LongSupplier unixUs;
    private final StateStore store;
    private final CellExporter exporter;
    private final AtomicLong cells = new AtomicLong();
    private final AtomicLong states = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private @Nullable HttpServer server;
    private @Nullable Subscribers subscribers;
    private @Nullable Context ownContext;
    private @Nullable MultiCollector cellSeries;
    private List<String> paths = List.of();

    /**
     * What the server asks and tells.
     *
     * @param readiness what must be true to be of use
     * @param desk where acknowledgements are put down
     * @param audit where it is put down who changed what
     * @param history where the past is asked for
     * @param parameterSets what twins may run on
     * @param clock the time of day
     */
    record Parts(
            Readiness readiness,
            AcknowledgementDesk desk,
            AuditDesk audit,
            Optional<DatabaseAddress> history,
            List<ParameterSetView> parameterSets,
            Clock clock) {}

    ApiServer(ApiConfig config, PrometheusMeterRegistry registry, Parts parts) {
        this.config = config;
        this.registry = registry;
        this.parts = parts;
        this.unixUs =
                () -> ChronoUnit.MICROS.between(Instant.EPOCH, parts.clock().instant());
        this.store = new StateStore(new StoreLimits(config.ringStatesPerCell(), config.ringStatesTotal()));
        this.exporter = new CellExporter(unixUs, config.staleAfterS());
    }

    /** What is read from the class path, which takes longer than an event loop may. */
    private record Documents(
            PageFiles page, Contract contract, Buffer openApi, Buffer asyncApi, Optional<KeyFile> keys) {
        static Documents load(AccessConfig access) {
            JsonObject openApi = OpenApiDocument.load();
            return new Documents(
                    new PageFiles(),
                    new Contract(openApi),
                    openApi.toBuffer(),
                    AsyncApiDocument.of(openApi).toBuffer(),
                    access.keysFile().isEmpty()
                            ? Optional.empty()
                            : Optional.of(new KeyFile(Path.of(access.keysFile()))));
        }
    }

    @Override
    public Future<?> start() {
        ownContext = context;
        Subscribers listeners = new Subscribers(
                store,
                new LiveMetrics(registry),
                config.maxSubscribers(),
                task -> context.runOnContext(v -> task.run()),
                unixUs);
        subscribers = listeners;
        gauges();
        cellSeries = exporter.register(registry.getPrometheusRegistry());
        vertx.setPeriodic(CellExporter.REFRESH_MS, id -> exporter.refresh(store));
        vertx.setPeriodic(TICK_MS, id -> listeners.tick());
        vertx.setPeriodic((long) (config.heartbeatS() * 1000), id -> listeners.heartbeat());

        return vertx.executeBlocking(() -> Documents.load(config.access()))
                .compose(documents -> tokens().map(
                                tokens -> new Door(config, documents.keys(), tokens, parts.audit(), parts.clock()))
                        .compose(door -> listen(listeners, documents, door)))
                .recover(failure -> Future.failedFuture(explained(failure)));
    }

    /** Who checks tokens, with the provider's keys read if they can be. */
    private Future<Optional<Tokens>> tokens() {
        if (!config.access().tokens().present()) {
            return Future.succeededFuture(Optional.empty());
        }
        Tokens tokens = new Tokens(config.access().tokens(), vertx);
        vertx.setPeriodic(KEYS_MS, id -> tokens.refresh());
        return tokens.refresh().map(v -> Optional.of(tokens));
    }

    private Future<?> listen(Subscribers listeners, Documents documents, Door door) {
        documents
                .keys()
                .ifPresent(keys -> vertx.setPeriodic(
                        KEY_FILE_MS,
                        id -> vertx.executeBlocking(() -> {
                            keys.refresh();
                            return null;
                        })));
        List<Endpoint> endpoints = endpoints(listeners, documents, door);
        paths = endpoints.stream().map(Endpoint::path).distinct().toList();
        Connections connections = new Connections(vertx, config);
        Router router = door.router(vertx, registry).build(endpoints, documents.contract(), documents.page());
        HttpServer listening = vertx.createHttpServer(connections.options());
        server = listening;
        return listening
                .connectionHandler(connections::opened)
                .invalidRequestHandler(connections::unreadable)
                .requestHandler(request -> {
                    connections.asked(request);
                    router.handle(request);
                })
                .listen();
    }

    private List<Endpoint> endpoints(Subscribers listeners, Documents documents, Door door) {
        SessionHandlers session = door.sessionHandlers();
        CellHandlers cellHandlers = new CellHandlers(store, config.staleAfterS(), unixUs);
        AlertHandlers alerts = new AlertHandlers(store, parts.desk(), unixUs);
        ForecastHandlers forecasts = new ForecastHandlers(store, vertx.eventBus());
        CycleHandlers cycles = new CycleHandlers(store);
        TrustHandlers trust = new TrustHandlers(store);
        ParameterSetHandlers sets = new ParameterSetHandlers(parts.parameterSets());
        HistoryHandlers past = new HistoryHandlers(parts.history(), vertx);
        past.rehearse();
        SystemHandlers system = new SystemHandlers(registry, exporter, parts.readiness());
        StreamQuota quota = new StreamQuota(config.access());
        SseHandlers sse = new SseHandlers(listeners, quota);
        WebSocketHandler webSocket = new WebSocketHandler(listeners, quota);
        return List.of(
                new Endpoint("/api/v1/cells", cellHandlers::list),
                new Endpoint("/api/v1/cells/{cell}", cellHandlers::detail),
                new Endpoint("/api/v1/cells/{cell}/recent", cellHandlers::recent),
                new Endpoint("/api/v1/cells/{cell}/stream", sse::cell),
                new Endpoint("/api/v1/cells/{cell}/forecast", forecasts::latest),
                new Endpoint("/api/v1/cells/{cell}/cycles", cycles::list),
                new Endpoint("/api/v1/cells/{cell}/trust", trust::show),
                new Endpoint("/api/v1/parameter-sets", sets::list),
                new Endpoint("/api/v1/parameter-sets/{design}", sets::show),
                new Endpoint(HttpMethod.POST, "/api/v1/cells/{cell}/forecast/what-if", forecasts::whatIf),
                new Endpoint("/api/v1/cells/{cell}/history", past::history),
                new Endpoint("/api/v1/cells/{cell}/export", past::export),
                new Endpoint("/api/v1/alerts", alerts::list),
                new Endpoint("/api/v1/alerts/{alert}", alerts::detail),
                new Endpoint(HttpMethod.POST, "/api/v1/alerts/{alert}/acknowledge", alerts::acknowledge),
                new Endpoint("/api/v1/registry", cellHandlers::registry),
                new Endpoint("/api/v1/traces", cellHandlers::traces),
                new Endpoint("/api/v1/stream", sse::all),
                new Endpoint("/api/v1/ws", webSocket::open),
                new Endpoint("/api/v1/session", session::show),
                new Endpoint(HttpMethod.POST, "/api/v1/session", session::begin),
                new Endpoint(HttpMethod.DELETE, "/api/v1/session", session::end),
                new Endpoint("/health/live", system::live),
                new Endpoint("/health/ready", system::ready),
                new Endpoint("/metrics", system::metrics),
                new Endpoint("/metrics/cells", system::cellMetrics),
                document("/openapi.json", documents.openApi()),
                document("/asyncapi.json", documents.asyncApi()));
    }

    private static Endpoint document(String path, Buffer document) {
        String tag = Responses.tag(document.getBytes());
        return new Endpoint(path, request -> Responses.tagged(request, "application/json", tag, document));
    }

    private void gauges() {
        Gauge.builder("pouchtwin.api.cells", cells, AtomicLong::get)
                .description("cells known")
                .register(registry);
        Gauge.builder("pouchtwin.api.ring.states", states, AtomicLong::get)
                .description("states held in memory")
                .register(registry);
        Gauge.builder("pouchtwin.api.duplicates", duplicates, AtomicLong::get)
                .description("states that came though they were held already")
                .register(registry);
    }

    private Throwable explained(Throwable failure) {
        if (failure instanceof BindException) {
            return new IllegalStateException(
                    "port " + config.port() + " on " + config.host()
                            + " cannot be listened on (" + failure.getMessage()
                            + "); stop what uses it, or choose another with --port",
                    failure);
        }
        return failure;
    }

    /** Does something with the store on its own thread; completes when it is done. */
    CompletionStage<Void> onStore(Consumer<StateStore> work) {
        Context own = ownContext;
        if (own == null) {
            throw new IllegalStateException("the server has not started");
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        own.runOnContext(v -> {
            try {
                work.accept(store);
                cells.set(store.cells().size());
                states.set(store.heldStates());
                duplicates.set(store.duplicates());
            } finally {
                done.complete(null);
            }
        });
        return done;
    }

    /** The addresses that are answered, apart from the page's files. */
    List<String> paths() {
        return paths;
    }

    /** The port that is listened on. */
    int port() {
        HttpServer listening = server;
        if (listening == null) {
            throw new IllegalStateException("the server has not started");
        }
        return listening.actualPort();
    }

    @Override
    public Future<?> stop() {
        if (subscribers != null) {
            subscribers.endAll();
        }
        if (cellSeries != null) {
            registry.getPrometheusRegistry().unregister(cellSeries);
        }
        return server == null ? Future.succeededFuture() : server.close();
    }

    static Future<ApiServer> deploy(ApiConfig config, Vertx vertx, PrometheusMeterRegistry registry, Parts parts) {
        ApiServer server = new ApiServer(config, registry, parts);
        return vertx.deployVerticle(server).map(id -> server);
    }

    Future<Void> undeploy() {
        return deploymentID() == null ? Future.succeededFuture() : vertx.undeploy(deploymentID());
    }
}
