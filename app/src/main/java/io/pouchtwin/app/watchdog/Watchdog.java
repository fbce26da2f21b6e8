package io.pouchtwin.app.watchdog;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Listens for the heartbeat at {@code POST /heartbeat} and prints the alerts that come to {@code POST /page}. When the heartbeat stays away it says so and
 * posts a page, again and again until somebody takes it. Everything happens on one event loop.
 */
public final class Watchdog {
    private static final long LOOK_MS = 500;
    private static final long AGAIN_MS = 5_000;
    private static final int LARGEST_BODY_BYTES = 1 << 20;
    private static final long PAGE_TIMEOUT_MS = 4_000;

    private final Vertx vertx;
    private final HttpServer server;
    private final HttpClient client;
    private final DeadMansSwitch deadMan;
    private final Optional<URI> pager;
    private final Consumer<String> tell;
    // the page that nobody has taken yet; a newer one replaces it
    private Optional<JsonObject> due = Optional.empty();
    private boolean sending;

    private Watchdog(Vertx vertx, Duration within, Optional<URI> pager, Consumer<String> tell) {
        this.vertx = vertx;
        this.deadMan = new DeadMansSwitch(within, System.nanoTime());
        this.pager = pager;
        this.tell = tell;
        this.client = vertx.createHttpClient();
        this.server = vertx.createHttpServer(new HttpServerOptions().setMaxFormAttributeSize(LARGEST_BODY_BYTES));
    }

    /**
     * Starts listening on loopback or another address.
     *
     * @param within the longest time between two heartbeats
     * @param pager who is told; nobody but the log if empty
     * @param tell prints a line
     */
    public static Future<Watchdog> start(
            Vertx vertx, String host, int port, Duration within, Optional<URI> pager, Consumer<String> tell) {
        Watchdog watchdog = new Watchdog(vertx, within, pager, tell);
        watchdog.server.requestHandler(watchdog::answer);
        return watchdog.server.listen(port, host).map(listening -> {
            vertx.setPeriodic(LOOK_MS, id -> watchdog.act(watchdog.deadMan.look(System.nanoTime())));
            vertx.setPeriodic(AGAIN_MS, id -> watchdog.send());
            return watchdog;
        });
    }

    /** The port that is listened on. */
    public int port() {
        return server.actualPort();
    }

    /** Stops listening. */
    public Future<Void> close() {
        return server.close().eventually(client::close);
    }

    private void answer(HttpServerRequest request) {
        String path = request.path();
        if (path.equals("/health")) {
            reply(request, deadMan.silent() ? 503 : 200, deadMan.silent() ? "silent" : "heartbeat comes");
        } else if (!request.method().equals(HttpMethod.POST)) {
            reply(request, 405, "POST is answered here");
        } else if (path.equals("/heartbeat")) {
            act(deadMan.heartbeat(System.nanoTime()));
            reply(request, 200, "heard");
        } else if (path.equals("/page")) {
            var unused = request.body()
                    .onSuccess(body -> reply(request, printed(body) ? 200 : 400, "printed"))
                    .onFailure(failure -> reply(request, 400, "no body"));
        } else {
            reply(request, 404, "/heartbeat and /page are answered here");
        }
    }

    private boolean printed(Buffer body) {
        try {
            Page.lines(body.toJsonObject()).forEach(tell);
            return true;
        } catch (DecodeException e) {
            return false;
        }
    }

    private void act(DeadMansSwitch.Change change) {
        if (change == DeadMansSwitch.Change.NONE) {
            return;
        }
        boolean firing = change == DeadMansSwitch.Change.SILENT;
        JsonObject page = Page.silence(firing, deadMan.since(System.nanoTime()), Instant.now());
        Page.lines(page).forEach(tell);
        due = Optional.of(page);
        send();
    }

    private void send() {
        if (pager.isEmpty() || due.isEmpty() || sending) {
            return;
        }
        JsonObject page = due.get();
        sending = true;
        RequestOptions to = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(pager.get().toString())
                .setTimeout(PAGE_TIMEOUT_MS)
                .putHeader("Content-Type", "application/json");
        var unused = client.request(to)
                .compose(request -> request.send(page.toBuffer()))
                .onComplete(done -> vertx.runOnContext(v -> {
                    sending = false;
                    boolean taken = done.succeeded() && done.result().statusCode() / 100 == 2;
                    if (taken && due.filter(page::equals).isPresent()) {
                        due = Optional.empty();
                    } else if (!taken) {
                        tell.accept("the pager did not take it, trying again: "
                                + (done.succeeded() ? "status " + done.result().statusCode() : done.cause()));
                    }
                }));
    }

    private static void reply(HttpServerRequest request, int status, String words) {
        var unused = request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain")
                .end(words + "\n");
    }
}
