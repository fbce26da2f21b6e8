package io.pouchtwin.app.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private static final long SECOND = 1_000_000_000;

    private final Vertx vertx = Vertx.vertx();
    // held: Vert.x closes a client that nobody refers to
    private final HttpClient http = vertx.createHttpClient();
    private final List<JsonObject> pages = new CopyOnWriteArrayList<>();
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void theSwitchRingsOnceWhenTheHeartbeatStaysAwayAndOnceWhenItIsBack() {
        DeadMansSwitch deadMan = new DeadMansSwitch(Duration.ofSeconds(20), 0);

        assertThat(deadMan.heartbeat(15 * SECOND)).isEqualTo(DeadMansSwitch.Change.NONE);
        assertThat(deadMan.look(35 * SECOND)).isEqualTo(DeadMansSwitch.Change.NONE);
        assertThat(deadMan.look(36 * SECOND)).isEqualTo(DeadMansSwitch.Change.SILENT);
        assertThat(deadMan.look(50 * SECOND)).isEqualTo(DeadMansSwitch.Change.NONE);
        assertThat(deadMan.heartbeat(60 * SECOND)).isEqualTo(DeadMansSwitch.Change.BACK);
        assertThat(deadMan.heartbeat(65 * SECOND)).isEqualTo(DeadMansSwitch.Change.NONE);
    }

    @Test
    void aHeartbeatThatNeverCameRingsToo() {
        assertThat(new DeadMansSwitch(Duration.ofSeconds(20), 0).look(21 * SECOND))
                .isEqualTo(DeadMansSwitch.Change.SILENT);
    }

    @Test
    void thePagerIsToldUntilItTakesIt() throws Exception {
        refusals.set(1);
        start(Duration.ofMillis(50));

        await().atMost(Duration.ofSeconds(20)).until(() -> pages.size() == 2);

        assertThat(pages)
                .allSatisfy(page -> assertThat(page.getString("status")).isEqualTo("firing"));
        assertThat(pages.get(0)).isEqualTo(pages.get(1));
        assertThat(pages.get(1).getJsonObject("commonLabels").getString("alertname"))
                .isEqualTo("MonitoringSilent");
        assertThat(printed)
                .filteredOn(line -> line.startsWith("firing critical MonitoringSilent"))
                .hasSize(1);
    }

    @Test
    void aHeartbeatEndsTheAlarm() throws Exception {
        int port = start(Duration.ofMillis(300));
        await().atMost(Duration.ofSeconds(10)).until(() -> pages.size() == 1);

        assertThat(post(port, "/heartbeat", "{}")).isEqualTo(200);

        await().atMost(Duration.ofSeconds(10)).until(() -> pages.size() >= 2);
        assertThat(pages.get(1).getString("status")).isEqualTo("resolved");
    }

    @Test
    void alertsThatComeArePrinted() throws Exception {
        int port = start(Duration.ofHours(1));

        int status = post(
                port,
                "/page",
                "{\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"CellCritical\",\"severity\":\"critical\"},"
                        + "\"annotations\":{\"summary\":\"Cell P1: soft-short\"}}]}");

        assertThat(status).isEqualTo(200);
        assertThat(printed).containsExactly("firing critical CellCritical: Cell P1: soft-short");
        assertThat(post(port, "/page", "not JSON")).isEqualTo(400);
    }

    private int start(Duration within) throws Exception {
        var pager = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    pages.add(body.toJsonObject());
                    request.response()
                            .setStatusCode(refusals.getAndDecrement() > 0 ? 500 : 200)
                            .end();
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        URI uri = URI.create("http://127.0.0.1:" + pager.actualPort() + "/page");
        return Watchdog.start(vertx, "127.0.0.1", 0, within, Optional.of(uri), printed::add)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .port();
    }

    private int post(int port, String path, String body) throws Exception {
        return http.request(HttpMethod.POST, port, "127.0.0.1", path)
                .compose(request -> request.send(body))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .statusCode();
    }
}
