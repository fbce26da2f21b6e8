package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.api.security.NewApiKey;
import io.pouchtwin.api.security.Role;
import io.pouchtwin.api.security.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody holds the server up by asking often, or by being large, slow or many. */
class LimitsTest {
    private static final NewApiKey ONE = NewApiKey.make("one", Role.VIEWER);
    private static final NewApiKey OTHER = NewApiKey.make("other", Role.VIEWER);

    @TempDir
    private Path directory;

    private ApiFixture api(double perS, int burst, int streams) throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), ONE.line() + "\n" + OTHER.line() + "\n");
        ApiFixture api =
                new ApiFixture(ApiFixture.SMALL.with(TlsConfig.NONE, LoginTest.access(keys, perS, burst, streams, "")));
        api.feed("A01", "run-1", 1, 3);
        return api;
    }

    private static HttpResponse<String> ask(ApiFixture api, NewApiKey key) {
        return api.get("/api/v1/cells", "Authorization", "Bearer " + key.key());
    }

    @Test
    void aCallerWhoAsksTooOftenIsToldWhenToAskAgainAndTheOthersDoNotNotice() throws IOException {
        try (ApiFixture api = api(0.1, 10, 5)) {
            for (int i = 0; i < 10; i++) {
                assertThat(ask(api, ONE).statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused = ask(api, ONE);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After").orElse("")).matches("[1-9]|10");
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(ask(api, OTHER).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void guessingKeysIsStoppedEvenWhereTheRightOneComesAtLast() throws IOException {
        try (ApiFixture api = api(10_000, 100_000, 5)) {
            for (int i = 0; i < 20; i++) {
                assertThat(api.get("/api/v1/cells", "Authorization", "Bearer pt_guess" + i)
                                .statusCode())
                        .isEqualTo(401);
            }
            assertThat(ask(api, ONE).statusCode()).isEqualTo(429);
        }
    }

    @Test
    void oneCallerCannotTakeAllStreams() throws IOException {
        try (ApiFixture api = api(10_000, 100_000, 2)) {
            String[] one = {"Authorization", "Bearer " + ONE.key()};
            try (EventStream first = api.stream("/api/v1/stream", one);
                    EventStream second = api.stream("/api/v1/stream", one)) {
                first.states(1);
                second.states(1);
                HttpResponse<String> third = api.get("/api/v1/stream", one);
                assertThat(third.statusCode()).isEqualTo(429);
                assertThat(third.body()).contains("too-many-streams");
                try (EventStream others = api.stream("/api/v1/stream", "Authorization", "Bearer " + OTHER.key())) {
                    assertThat(others.states(1)).hasSize(1);
                }
            }
        }
    }

    @Test
    void anAddressThatIsTooLongIsRefused() throws IOException {
        try (ApiFixture api = new ApiFixture()) {
            assertThat(raw(
                            api,
                            "GET /api/v1/cells?search=" + "x".repeat(70_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .matches("(?s)HTTP/1\\.[01] 414 .*");
            assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void headersThatAreTooLongAreRefused() throws IOException {
        try (ApiFixture api = new ApiFixture()) {
            assertThat(raw(
                            api,
                            "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                    .matches("(?s)HTTP/1\\.[01] 431 .*");
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefusedWithAndWithoutItsLengthSaid() throws IOException {
        try (ApiFixture api = new ApiFixture()) {
            api.store(store -> store.alerts(List.of(Alerts.raised("0a", "A01"))));
            String body = "{\"operator\":\"" + "x".repeat(9_000) + "\"}";
            HttpRequest.Builder request = HttpRequest.newBuilder(api.uri("/api/v1/alerts/0a/acknowledge"))
                    .header("Content-Type", "application/json");
            assertThat(api.send(request.copy()
                                    .POST(BodyPublishers.ofString(body))
                                    .build())
                            .statusCode())
                    .isEqualTo(413);
            HttpRequest chunked = request.copy()
                    .POST(BodyPublishers.ofInputStream(() -> stream(body)))
                    .build();
            assertThat(api.send(chunked).statusCode()).isEqualTo(413);
            assertThat(api.acknowledged).isEmpty();
        }
    }

    private static InputStream stream(String text) {
        return new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String raw(ApiFixture api, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            byte[] some = new byte[2_000];
            int length = socket.getInputStream().read(some);
            return new String(some, 0, Math.max(0, length), StandardCharsets.UTF_8);
        }
    }
}
