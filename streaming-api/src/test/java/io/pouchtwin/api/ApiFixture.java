package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pouchtwin.api.http.Readiness;
import io.pouchtwin.api.security.AuditEntry;
import io.pouchtwin.api.store.StateRecord;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.history.DatabaseAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A server on a free port, fed by hand. */
final class ApiFixture implements AutoCloseable {
    static final ApiConfig SMALL = new ApiConfig("127.0.0.1", 0, 100, 10_000, 1, 30, 50);

    private static final List<ParameterSetView> PARAMETER_SETS = List.of(new ParameterSetView(
            "pouch-of-a-test",
            "half-cell",
            "A cell",
            "",
            List.of(
                    new ParameterSetView.Value("lithium.thickness", 20, "", "um", "normal", 1, "paper", "Table 1", ""),
                    new ParameterSetView.Value(
                            "cathode.ocp", Double.NaN, "ncm523", "", "none", 0, "literature", "a book", "a curve"))));

    final Vertx vertx = Vertx.vertx();
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    /** Not by way of an upgrade to HTTP/2: on a busy machine its first large answer once broke off in the JDK's client. */
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ApiServer server;
    /** What was put down for good. */
    final List<AlertAcknowledgement> acknowledged = new CopyOnWriteArrayList<>();

    /** What was put on record. */
    final List<AuditEntry> audited = new CopyOnWriteArrayList<>();

    volatile boolean deskClosed;
    private volatile List<Readiness.Check> checks = List.of();

    ApiFixture() {
        this(SMALL);
    }

    ApiFixture(ApiConfig config) {
        this(config, Optional.empty());
    }

    ApiFixture(ApiConfig config, Optional<DatabaseAddress> history) {
        ApiServer.Parts parts = new ApiServer.Parts(
                () -> checks, this::write, audited::add, history, PARAMETER_SETS, Clock.systemUTC());
        server = await(ApiServer.deploy(config, vertx, registry, parts));
    }

    private Future<Void> write(AlertAcknowledgement acknowledgement) {
        if (deskClosed) {
            return Future.failedFuture("no broker");
        }
        acknowledged.add(acknowledgement);
        return Future.succeededFuture();
    }

    static <T> T await(Future<T> future) {
        return await(future.toCompletionStage().toCompletableFuture());
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    int port() {
        return server.port();
    }

    void readiness(Readiness.Check... now) {
        checks = List.of(now);
    }

    /** Does something with the store and waits until it is done. */
    void store(Consumer<StateStore> work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        server.onStore(store -> {
            work.accept(store);
            done.complete(null);
        });
        await(done);
    }

    /** Feeds samples of a synthetic cell, from a sequence number to another, in one batch, received just now. */
    void feed(String cell, String run, long from, long to) {
        feed(new SyntheticCell(cell, run), from, to);
    }

    void feed(SyntheticCell cell, long from, long to) {
        List<StateRecord> batch = new ArrayList<>();
        long nowUs = System.currentTimeMillis() * 1000;
        for (long sequence = from; sequence <= to; sequence++) {
            batch.add(StateRecord.of(cell.state(sequence, 1), nowUs));
        }
        store(store -> store.accept(batch));
    }

    void feed(TwinState state) {
        StateRecord one = StateRecord.of(state, System.currentTimeMillis() * 1000);
        store(store -> store.accept(List.of(one)));
    }

    /** The addresses that the server answers, as its route table has them. */
    List<String> paths() {
        return server.paths();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    JsonObject json(String path) {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return new JsonObject(response.body());
    }

    EventStream stream(String path, String... headers) {
        return EventStream.open(http, uri(path), headers);
    }

    @Override
    public void close() {
        await(server.undeploy());
        await(vertx.close());
    }
}
