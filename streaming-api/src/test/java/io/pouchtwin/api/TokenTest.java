package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pouchtwin.api.security.AccessConfig;
import io.pouchtwin.api.security.TlsConfig;
import io.pouchtwin.api.security.TokensConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of an OpenID provider: only its own, for us, in time, with a role. */
class TokenTest {
    private static final String ISSUER = "https://id.lab.example/realms/cells";
    private static final String AUDIENCE = "pouchtwin";
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    @TempDir
    private static Path directory;

    private static KeyPair provider;
    private static KeyPair stranger;
    private ApiFixture api;

    @BeforeAll
    static void makeKeys() throws Exception {
        provider = keyPair();
        stranger = keyPair();
    }

    // a server for each test: an address that tried too many wrong tokens has to wait
    @BeforeEach
    void start() throws Exception {
        Path keys =
                Files.writeString(directory.resolve("jwks.json"), jwks(provider).encode());
        api = new ApiFixture(ApiFixture.SMALL.with(TlsConfig.NONE, access(keys.toString())));
        api.feed("A01", "run-1", 1, 2);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static AccessConfig access(String keys) {
        TokensConfig tokens = new TokensConfig(
                ISSUER, AUDIENCE, keys, "realm_access.roles", "pouchtwin-viewer", "pouchtwin-operator");
        return new AccessConfig("", tokens, "", "", "", 10_000, 100_000, 10);
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static JsonObject jwks(KeyPair pair) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return new JsonObject()
                .put(
                        "keys",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("kty", "RSA")
                                        .put("alg", "RS256")
                                        .put("use", "sig")
                                        .put("kid", "k1")
                                        .put("n", unsigned(key.getModulus().toByteArray()))
                                        .put(
                                                "e",
                                                unsigned(key.getPublicExponent().toByteArray()))));
    }

    private static String unsigned(byte[] bytes) {
        int sign = bytes[0] == 0 ? 1 : 0;
        return URL.encodeToString(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static JsonObject claims() {
        long now = Instant.now().getEpochSecond();
        return new JsonObject()
                .put("iss", ISSUER)
                .put("aud", new JsonArray().add("account").add(AUDIENCE))
                .put("sub", "7d3f")
                .put("preferred_username", "anna")
                .put("iat", now)
                .put("exp", now + 300)
                .put("realm_access", new JsonObject().put("roles", new JsonArray().add("pouchtwin-viewer")));
    }

    private static String unsignedPart(String algorithm, JsonObject claims) {
        JsonObject header =
                new JsonObject().put("alg", algorithm).put("typ", "JWT").put("kid", "k1");
        return URL.encodeToString(header.encode().getBytes(StandardCharsets.UTF_8)) + "."
                + URL.encodeToString(claims.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static String token(KeyPair signer, JsonObject claims) throws GeneralSecurityException {
        String part = unsignedPart("RS256", claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(signer.getPrivate());
        signature.update(part.getBytes(StandardCharsets.US_ASCII));
        return part + "." + URL.encodeToString(signature.sign());
    }

    private int ask(String token) {
        return api.get("/api/v1/cells", "Authorization", "Bearer " + token).statusCode();
    }

    @Test
    void aTokenOfTheProviderIsAccepted() throws Exception {
        assertThat(ask(token(provider, claims()))).isEqualTo(200);
        String session = api.get("/api/v1/session", "Authorization", "Bearer " + token(provider, claims()))
                .body();
        assertThat(new JsonObject(session).getJsonObject("caller").getString("name"))
                .isEqualTo("anna");
    }

    @Test
    void aTokenThatAnotherSignedIsNotAccepted() throws Exception {
        assertThat(ask(token(stranger, claims()))).isEqualTo(401);
    }

    @Test
    void aTokenThatNobodySignedIsNotAccepted() {
        assertThat(ask(unsignedPart("none", claims()) + ".")).isEqualTo(401);
        assertThat(ask(unsignedPart("NONE", claims()) + ".")).isEqualTo(401);
    }

    @Test
    void aTokenSignedWithThePublicKeyAsIfItWereASecretIsNotAccepted() throws Exception {
        String part = unsignedPart("HS256", claims());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(provider.getPublic().getEncoded(), "HmacSHA256"));
        String signature = URL.encodeToString(mac.doFinal(part.getBytes(StandardCharsets.US_ASCII)));
        assertThat(ask(part + "." + signature)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"iss, https://id.evil.example", "aud, another-server", "exp, ''", "iss, ''", "aud, ''", "sub, ''"})
    void aTokenOfAnotherIssuerOrForAnotherServerOrWithoutEndIsNotAccepted(String claim, String value) throws Exception {
        JsonObject claims = claims();
        if (claim.equals("sub")) {
            claims.remove("preferred_username");
        }
        claims.remove(claim);
        if (!value.isEmpty()) {
            claims.put(claim, value);
        }
        assertThat(ask(token(provider, claims))).isEqualTo(401);
    }

    @Test
    void aTokenPastItsEndIsNotAccepted() throws Exception {
        assertThat(ask(token(provider, claims().put("exp", Instant.now().getEpochSecond() - 60))))
                .isEqualTo(401);
        assertThat(ask(token(provider, claims().put("nbf", Instant.now().getEpochSecond() + 600))))
                .isEqualTo(401);
    }

    @Test
    void aTokenWithoutARoleOfOursIsNotAccepted() throws Exception {
        JsonObject none = claims().put("realm_access", new JsonObject().put("roles", new JsonArray().add("admin")));
        assertThat(ask(token(provider, none))).isEqualTo(401);
        assertThat(ask(token(provider, claims().put("realm_access", "pouchtwin-operator"))))
                .isEqualTo(401);
    }

    @Test
    void nonsenseIsNotAccepted() throws Exception {
        String good = token(provider, claims());
        for (String token :
                new String[] {"a.b.c", "..", good.substring(0, good.length() - 4), good + ".x", "x".repeat(5_000)}) {
            assertThat(api.get("/api/v1/cells", "Authorization", "Bearer " + token)
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(ask(token(provider, claims().put("exp", "soon")))).isEqualTo(401);
        assertThat(ask(token(provider, claims().put("aud", 7)))).isEqualTo(401);
    }

    @Test
    void withoutKeysOfTheProviderNoTokenIsAccepted() throws Exception {
        JsonObject symmetric = new JsonObject()
                .put(
                        "keys",
                        new JsonArray()
                                .add(new JsonObject().put("kty", "oct").put("k", URL.encodeToString(new byte[32]))));
        for (String keys : new String[] {"{\"keys\":[]}", symmetric.encode(), "nonsense"}) {
            Path file = Files.writeString(directory.resolve("other.json"), keys);
            try (ApiFixture other = new ApiFixture(ApiFixture.SMALL.with(TlsConfig.NONE, access(file.toString())))) {
                String none = unsignedPart("none", claims()) + ".";
                assertThat(other.get("/api/v1/cells", "Authorization", "Bearer " + none)
                                .statusCode())
                        .isEqualTo(401);
                assertThat(other.get("/api/v1/cells", "Authorization", "Bearer " + token(provider, claims()))
                                .statusCode())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void keysComeFromAnAddressToo() throws Exception {
        var server = ApiFixture.await(api.vertx
                .createHttpServer()
                .requestHandler(request -> request.response().end(jwks(provider).toBuffer()))
                .listen(0, "127.0.0.1"));
        String address = "http://127.0.0.1:" + server.actualPort() + "/jwks";
        try (ApiFixture other = new ApiFixture(ApiFixture.SMALL.with(TlsConfig.NONE, access(address)))) {
            assertThat(other.get("/api/v1/cells", "Authorization", "Bearer " + token(provider, claims()))
                            .statusCode())
                    .isEqualTo(200);
        }
        ApiFixture.await(server.close());
    }

    @Test
    void keysAreNotFetchedWithoutEncryption() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access("http://id.lab.example/jwks"))
                .withMessageContaining("expected https");
    }
}
