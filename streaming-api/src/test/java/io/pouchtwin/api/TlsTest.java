package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pouchtwin.api.security.AccessConfig;
import io.pouchtwin.api.security.NewApiKey;
import io.pouchtwin.api.security.Role;
import io.pouchtwin.api.security.TlsConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beyond loopback only with TLS and a login. */
class TlsTest {
    private static final NewApiKey KEY = NewApiKey.make("anna", Role.OPERATOR);

    @TempDir
    private static Path directory;

    private static Certificate certificate;
    private static AccessConfig access;

    @BeforeAll
    static void make() throws Exception {
        certificate = Certificate.make(directory);
        access = LoginTest.access(Files.writeString(directory.resolve("keys"), KEY.line()), 10_000, 100_000, 10, "");
    }

    private static TlsConfig pem() {
        return new TlsConfig(
                certificate.certificatePem().toString(), certificate.keyPem().toString(), "");
    }

    private static TlsConfig pkcs12() {
        return new TlsConfig(certificate.pkcs12().toString(), "", Certificate.PASSWORD);
    }

    private static ApiConfig config(String host, TlsConfig tls, AccessConfig callers) {
        return new ApiConfig(host, 0, 100, 10_000, 1, 30, 50, tls, callers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "twin.lab.example"})
    void listeningBeyondLoopbackWithoutBothIsRefusedAndTheKeysNamed(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(host, TlsConfig.NONE, AccessConfig.OPEN))
                .withMessageContainingAll("host is " + host, "api.tls.certificate", "api.access.keys-file", "issuer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(host, pem(), AccessConfig.OPEN))
                .withMessageContaining("api.access.keys-file")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("api.tls.certificate"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(host, TlsConfig.NONE, access))
                .withMessageContaining("api.tls.certificate")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("keys-file"));
        assertThat(config(host, pem(), access).host()).isEqualTo(host);
    }

    private static HttpResponse<String> ask(ApiFixture api, String path, String... headers) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(certificate.trusting()).build();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + api.port() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void itListensOnEveryAddressWithBoth() throws Exception {
        try (ApiFixture api = new ApiFixture(config("0.0.0.0", pem(), access))) {
            HttpResponse<String> answer = ask(api, "/api/v1/cells", "Authorization", "Bearer " + KEY.key());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security").orElse(""))
                    .startsWith("max-age=");
            assertThat(ask(api, "/api/v1/cells").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aPkcs12FileServesToo() throws Exception {
        try (ApiFixture api = new ApiFixture(config("127.0.0.1", pkcs12(), AccessConfig.OPEN))) {
            assertThat(ask(api, "/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void plainHttpIsNotAnsweredOnAPortWithTls() throws IOException {
        try (ApiFixture api = new ApiFixture(config("127.0.0.1", pem(), access))) {
            assertThatThrownBy(() -> api.http.send(
                            HttpRequest.newBuilder(api.uri("/health/live")).build(), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void oldVersionsOfTlsAreRefused(String version) throws Exception {
        try (ApiFixture api = new ApiFixture(config("127.0.0.1", pem(), access));
                SSLSocket socket =
                        (SSLSocket) certificate.trusting().getSocketFactory().createSocket("127.0.0.1", api.port())) {
            socket.setEnabledProtocols(new String[] {version});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void theCookieOfASessionIsKeptToEncryptedConnections() throws Exception {
        try (ApiFixture api = new ApiFixture(config("127.0.0.1", pem(), access))) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(certificate.trusting()).build();
            HttpResponse<String> signedIn = client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + api.port() + "/api/v1/session"))
                            .header("Authorization", "Bearer " + KEY.key())
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(signedIn.headers().firstValue("Set-Cookie").orElse(""))
                    .startsWith("__Host-pouchtwin-")
                    .containsIgnoringCase("; Secure");
        }
    }

    @Test
    void aCertificateThatIsNotThereIsNamed() {
        TlsConfig none = new TlsConfig("/nowhere/server.crt", "/nowhere/server.key", "");
        assertThatThrownBy(() -> new ApiFixture(config("127.0.0.1", none, access)))
                .hasMessageContaining("api.tls.certificate is \"/nowhere/server.crt\"");
    }

    @Test
    void aForeignNameIsNotServedBeyondLoopbackEither() throws Exception {
        try (ApiFixture api = new ApiFixture(config("0.0.0.0", pem(), access))) {
            try (SSLSocket socket =
                    (SSLSocket) certificate.trusting().getSocketFactory().createSocket("127.0.0.1", api.port())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write("GET /health/live HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.UTF_8));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .contains(" 421 ");
            }
        }
    }
}
