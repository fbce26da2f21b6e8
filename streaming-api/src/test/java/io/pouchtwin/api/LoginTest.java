package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pouchtwin.api.security.AccessConfig;
import io.pouchtwin.api.security.AuditEntry;
import io.pouchtwin.api.security.NewApiKey;
import io.pouchtwin.api.security.Role;
import io.pouchtwin.api.security.TlsConfig;
import io.pouchtwin.api.security.TokensConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a login, nothing is told or done for somebody who does not show who they are. */
class LoginTest {
    private static final NewApiKey VIEWER = NewApiKey.make("bench-1", Role.VIEWER);
    private static final NewApiKey OPERATOR = NewApiKey.make("anna", Role.OPERATOR);

    @TempDir
    private static Path directory;

    private static ApiFixture api;

    static AccessConfig access(Path keys, double perS, int burst, int streams, String origins) {
        return new AccessConfig(keys.toString(), TokensConfig.NONE, "", origins, "", perS, burst, streams);
    }

    static Path keyFile(Path directory) throws IOException {
        return Files.writeString(directory.resolve("keys"), "# who\n" + VIEWER.line() + "\n" + OPERATOR.line() + "\n");
    }

    @BeforeAll
    static void start() throws IOException {
        AccessConfig access = access(keyFile(directory), 10_000, 100_000, 50, "https://lab.example");
        api = new ApiFixture(ApiFixture.SMALL.with(TlsConfig.NONE, access));
        api.feed("A01", "run-1", 1, 5);
        api.store(store -> store.alerts(List.of(Alerts.raised("0a", "A01"))));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void forget() {
        api.audited.clear();
        api.acknowledged.clear();
    }

    private static String bearer(NewApiKey key) {
        return "Bearer " + key.key();
    }

    private static HttpResponse<String> acknowledge(String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri("/api/v1/alerts/0a/acknowledge"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"operator\":\"the night shift\"}"));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return api.send(request.build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/cells",
                "/api/v1/cells/A01",
                "/api/v1/cells/A01/recent",
                "/api/v1/cells/A01/stream",
                "/api/v1/cells/A01/history",
                "/api/v1/cells/A01/export",
                "/api/v1/cells/A01/forecast",
                "/api/v1/alerts",
                "/api/v1/registry",
                "/api/v1/stream",
                "/api/v1/ws",
                "/metrics",
                "/metrics/cells"
            })
    void nothingIsToldToSomebodyUnknown(String path) {
        HttpResponse<String> response = api.get(path);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"pouchtwin\"");
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("not-known");
    }

    @Test
    void everyAddressButThoseSaidToBeOpenAsksForALogin() {
        List<String> open =
                List.of("/api/v1/session", "/health/live", "/health/ready", "/openapi.json", "/asyncapi.json");
        for (String path : api.paths()) {
            int status = api.get(path.replace("{cell}", "A01")
                            .replace("{alert}", "0a")
                            .replace("{design}", "x"))
                    .statusCode();
            boolean posted = path.endsWith("/acknowledge") || path.endsWith("/what-if");
            assertThat(status).as(path).isEqualTo(open.contains(path) ? 200 : posted ? 405 : 401);
        }
    }

    @Test
    void aViewerMayLook() {
        assertThat(api.get("/api/v1/cells/A01", "Authorization", bearer(VIEWER)).statusCode())
                .isEqualTo(200);
        assertThat(api.get("/metrics", "Authorization", bearer(VIEWER)).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer pt_wrong", "Bearer ", "Basic YTpi", "Bearer x.y.z"})
    void aWrongKeyIsNotAccepted(String header) {
        assertThat(api.get("/api/v1/cells", "Authorization", header).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aKeyInTheAddressIsNotAccepted() {
        HttpResponse<String> response = api.get("/api/v1/cells?access_token=" + VIEWER.key());
        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void onlyAnOperatorMayChangeSomething() {
        HttpResponse<String> refused = acknowledge("Authorization", bearer(VIEWER));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("not-allowed", "bench-1 is viewer, expected operator");
        assertThat(acknowledge().statusCode()).isEqualTo(401);
        assertThat(api.acknowledged).isEmpty();
        assertThat(acknowledge("Authorization", bearer(OPERATOR)).statusCode()).isEqualTo(200);
        assertThat(api.acknowledged).hasSize(1);
    }

    @Test
    void nobodyAcknowledgesInAnothersName() {
        acknowledge("Authorization", bearer(OPERATOR));
        assertThat(api.acknowledged.get(0).getOperator()).isEqualTo("the night shift (signed in as anna)");
    }

    @Test
    void everyChangeAndEveryAttemptIsPutOnRecord() {
        acknowledge("Authorization", bearer(OPERATOR));
        acknowledge("Authorization", bearer(VIEWER));
        acknowledge();
        assertThat(api.audited)
                .extracting(AuditEntry::who, AuditEntry::operation, AuditEntry::path, AuditEntry::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "anna", "acknowledgeAlert", "/api/v1/alerts/0a/acknowledge", 200),
                        org.assertj.core.groups.Tuple.tuple(
                                "bench-1", "acknowledgeAlert", "/api/v1/alerts/0a/acknowledge", 403),
                        org.assertj.core.groups.Tuple.tuple(
                                "unknown", "acknowledgeAlert", "/api/v1/alerts/0a/acknowledge", 401));
        assertThat(api.audited.get(0).line())
                .startsWith("anna (key, operator) from 127.0.0.1: acknowledgeAlert, POST")
                .doesNotContain(OPERATOR.key());
    }

    @Test
    void whetherItIsWellIsToldToAnyoneButWhyNotOnlyToThoseWhoMayLook() {
        api.readiness(new io.pouchtwin.api.http.Readiness.Check("reader", false, "broker kafka-1.internal is away"));
        assertThat(api.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(api.get("/health/ready").body()).doesNotContain("kafka-1");
        assertThat(api.get("/health/ready", "Authorization", bearer(VIEWER)).body())
                .contains("kafka-1.internal");
        api.readiness();
    }

    @Test
    void thePageComesWithoutALoginAndHoldsNoData() {
        assertThat(api.get("/").statusCode()).isEqualTo(200);
        assertThat(api.get("/page/app.js").statusCode()).isEqualTo(200);
    }

    @Test
    void signingInGivesACookieThatScriptsCannotReadAndOtherSitesCannotSend() {
        HttpResponse<String> signedIn = api.send(HttpRequest.newBuilder(api.uri("/api/v1/session"))
                .header("Authorization", bearer(OPERATOR))
                .POST(BodyPublishers.noBody())
                .build());
        assertThat(signedIn.statusCode()).isEqualTo(200);
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .containsIgnoringCase("; HttpOnly")
                .contains("SameSite=Strict", "Path=/")
                .doesNotContain(OPERATOR.key());
        String sent = cookie.substring(0, cookie.indexOf(';'));
        assertThat(api.get("/api/v1/cells", "Cookie", sent).statusCode()).isEqualTo(200);
        assertThat(new JsonObject(api.get("/api/v1/session", "Cookie", sent).body())
                        .getJsonObject("caller")
                        .getString("name"))
                .isEqualTo("anna");
        assertThat(acknowledge("Cookie", sent).statusCode()).isEqualTo(200);
        assertThat(api.get("/api/v1/cells", "Cookie", sent + "x").statusCode()).isEqualTo(401);
    }

    @Test
    void aPageOfAnotherSiteCannotChangeAnythingInTheNameOfWhoIsSignedIn() {
        HttpResponse<String> signedIn = api.send(HttpRequest.newBuilder(api.uri("/api/v1/session"))
                .header("Authorization", bearer(OPERATOR))
                .POST(BodyPublishers.noBody())
                .build());
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        String sent = cookie.substring(0, cookie.indexOf(';'));
        assertThat(acknowledge("Cookie", sent, "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
        // not even the site that may read with a key of its own
        assertThat(acknowledge("Cookie", sent, "Origin", "https://lab.example").statusCode())
                .isEqualTo(403);
        assertThat(api.acknowledged).isEmpty();
    }

    @Test
    void aNamedSiteMayReadWithAKeyOfItsOwnAndNoOtherMay() {
        HttpResponse<String> named =
                api.get("/api/v1/cells", "Origin", "https://lab.example", "Authorization", bearer(VIEWER));
        assertThat(named.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://lab.example");
        assertThat(named.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        HttpResponse<String> other =
                api.get("/api/v1/cells", "Origin", "https://evil.example", "Authorization", bearer(VIEWER));
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        HttpRequest.Builder asked = HttpRequest.newBuilder(api.uri("/api/v1/cells"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Access-Control-Request-Method", "GET");
        assertThat(api.send(asked.copy().header("Origin", "https://lab.example").build())
                        .statusCode())
                .isEqualTo(204);
        assertThat(api.send(asked.copy()
                                .header("Origin", "https://evil.example")
                                .build())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void aStreamNeedsALoginToo() {
        try (EventStream stream = api.stream("/api/v1/cells/A01/stream", "Authorization", bearer(VIEWER))) {
            assertThat(stream.states(1)).hasSize(1);
        }
    }

    @Test
    void aWebSocketTakesTheKeyAsASubprotocolSinceAPageCannotSetHeaders() throws Exception {
        URI uri = URI.create("ws://127.0.0.1:" + api.port() + "/api/v1/ws");
        CompletableFuture<String> welcome = new CompletableFuture<>();
        WebSocket socket = api.http
                .newWebSocketBuilder()
                .subprotocols("pouchtwin.v1", "bearer." + VIEWER.key())
                .buildAsync(uri, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        welcome.complete(data.toString());
                        return WebSocket.Listener.super.onText(from, data, last);
                    }
                })
                .get(10, TimeUnit.SECONDS);
        assertThat(socket.getSubprotocol()).isEqualTo("pouchtwin.v1");
        assertThat(welcome.get(10, TimeUnit.SECONDS)).contains("welcome");
        socket.abort();
        assertThatThrownBy(() -> api.http
                        .newWebSocketBuilder()
                        .subprotocols("pouchtwin.v1", "bearer.pt_wrong")
                        .buildAsync(uri, new WebSocket.Listener() {})
                        .get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
    }
}
