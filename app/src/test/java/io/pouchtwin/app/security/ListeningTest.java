package io.pouchtwin.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pouchtwin.app.config.AppConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of ours is reachable from other machines by accident. */
class ListeningTest {
    @Test
    void withoutAConfigurationEverythingListensOnLoopbackOnly() {
        AppConfig config = AppConfig.read(null, Map.of(), List.of());
        assertThat(config.api().host()).isEqualTo("127.0.0.1");
        assertThat(config.ops().host()).isEqualTo("127.0.0.1");
        assertThat(config.cluster().host()).isEqualTo("127.0.0.1");
        assertThat(config.cluster().memberList()).isEmpty();
        assertThat(config.api().access().login()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.21"})
    void theApiBeyondLoopbackIsRefusedAndTheKeysNamed(String host) {
        assertThatThrownBy(() -> AppConfig.read(null, Map.of(), List.of("api.host=\"" + host + "\"")))
                .hasMessageContainingAll(
                        "api",
                        "host is " + host,
                        "api.tls.certificate",
                        "api.access.keys-file",
                        "api.access.tokens.issuer");
    }

    @Test
    void metricsOfARoleBeyondLoopbackAreRefusedAndTheKeysNamed() {
        assertThatThrownBy(() -> AppConfig.read(null, Map.of(), List.of("ops.host=0.0.0.0")))
                .hasMessageContainingAll("ops.host is 0.0.0.0", "api.tls.certificate", "api.access.keys-file");
    }

    @Test
    void bothAreAllowedWithTlsAndALogin() {
        AppConfig config = AppConfig.read(
                null,
                Map.of(
                        "POUCHTWIN_API_HOST", "0.0.0.0",
                        "POUCHTWIN_OPS_HOST", "0.0.0.0",
                        "POUCHTWIN_API_TLS_CERTIFICATE", "server.crt",
                        "POUCHTWIN_API_TLS_KEY", "server.key",
                        "POUCHTWIN_API_ACCESS_KEYS_FILE", "keys"),
                List.of());
        assertThat(config.api().access().login()).isTrue();
        assertThat(config.api().scheme()).isEqualTo("https");
    }
}
