package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pouchtwin.api.http.Readiness;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {
    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
        api.feed("A01", "run-1", 1, 3);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/cells?limit=0, 400, bad-parameter, limit",
        "/api/v1/cells?limit=many, 400, bad-parameter, whole number",
        "/api/v1/cells?limit=99999999999999999999, 400, bad-parameter, whole number",
        "/api/v1/cells?limit=1&limit=2, 400, bad-parameter, one value",
        "/api/v1/cells?lmit=1, 400, unknown-parameter, limit",
        "/api/v1/cells/A01?x=1, 400, unknown-parameter, no parameters",
        "/api/v1/cells/none, 404, unknown-cell, none",
        "/api/v1/cells/none/recent, 404, unknown-cell, none",
        "/api/v1/cells/none/stream, 404, unknown-cell, none",
        "/api/v1/cells/A01/recent?after=nonsense, 400, bad-parameter, event id",
        "/api/v1/cells/A01/stream?max_rate_hz=-1, 400, bad-parameter, max_rate_hz",
        "/api/v1/cells/A01/stream?max_rate_hz=1e9, 400, bad-parameter, max_rate_hz",
        "/api/v1/stream?cells=A01%2Cnone, 404, unknown-cell, none",
        "/api/v1/stream?cells=, 400, bad-parameter, names of cells",
        "/api/v1/traces, 400, bad-parameter, cells",
        "/api/v1/ws, 426, websocket-expected, WebSocket",
        "/api/v1/nothing, 404, not-found, /openapi.json",
        "/nothing, 404, not-found, /openapi.json",
        "/page/../openapi.jsn, 404, not-found, /openapi.json",
        "/health/live?x, 400, unknown-parameter, x",
    })
    void whatIsWrongIsSaidAsAProblem(String path, int status, String code, String part) {
        assertProblem(api.get(path), status, code, part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void otherMethodsAreNotAllowedAndTheAllowedOnesNamed(String method) {
        HttpRequest request = HttpRequest.newBuilder(api.uri("/api/v1/cells"))
                .method(method, BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> response = api.send(request);
        assertProblem(response, 405, "method-not-allowed", method);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void aPageFromElsewhereMayNotOpenAWebSocket() {
        URI uri = URI.create("ws://127.0.0.1:" + api.port() + "/api/v1/ws");
        assertThatThrownBy(() -> api.http
                        .newWebSocketBuilder()
                        .header("Origin", "http://evil.example")
                        .buildAsync(uri, new WebSocket.Listener() {})
                        .get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:8080", "localhost.evil"})
    void aForeignHostNameIsNotServed(String host) throws IOException {
        String answer = raw("GET /api/v1/cells HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 421").contains("foreign-host");
    }

    @Test
    void brokenRequestsAreRefusedAndTheServerGoesOn() throws IOException {
        assertThat(raw("GET /api/v1/cells?limit=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("NONSENSE\r\n\r\n")).startsWith("HTTP/1.");
        assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void everyAnswerCarriesTheSecurityHeadersAndNoCorsHeader() {
        for (String path : new String[] {"/", "/api/v1/cells", "/nothing", "/metrics", "/api/v1/cells?limit=0"}) {
            HttpResponse<String> response = api.get(path, "Accept", "*/*");
            assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe-inline");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void readinessGivesItsReasons() {
        api.readiness(
                new Readiness.Check("reader of twin.state", false, "no broker answers"),
                new Readiness.Check("reader of cell.registry", true, "follows"));
        HttpResponse<String> response = api.get("/health/ready");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("no broker answers", "not ready");
        api.readiness();
        assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsComeInTheFormatAskedFor() {
        HttpResponse<String> text = api.get("/metrics");
        assertThat(text.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
        assertThat(text.body()).contains("# TYPE pouchtwin_api_cells gauge").doesNotContain("# EOF");
        HttpResponse<String> open =
                api.get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertThat(open.headers().firstValue("Content-Type").orElse("")).startsWith("application/openmetrics-text");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.168.1.7", "::", "example.org", "127.evil.example"})
    void listeningBeyondLoopbackIsRefused(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiConfig(host, 8080, 10, 10, 10, 30, 10))
                .withMessageContainingAll("host is " + host, "expected a loopback address", "TLS");
    }

    @Test
    void aSettingOutOfRangeNamesKeyValueAndRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiConfig.defaults().withPort(70_000))
                .withMessage("port is 70000, expected 0 to 65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiConfig("localhost", 1, 10, 10, Double.NaN, 30, 10))
                .withMessageContaining("heartbeat-s is NaN");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code, String part) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("type")).isEqualTo("urn:pouchtwin:problem:" + code);
        assertThat(problem.getString("detail")).contains(part);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
