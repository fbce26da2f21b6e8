package io.pouchtwin.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pouchtwin.app.config.AppConfig;
import io.pouchtwin.app.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets of the configuration come out nowhere: not printed, not in an error, not where a record is logged. */
class SecretsTest {
    private static final String SECRET = "hunter2-hunter2-hunter2-hunter2-hunter2";

    private static final String FILE = """
            kafka:
              properties:
                sasl.jaas.config: "PlainLoginModule required username=\\"x\\" password=\\"%1$s\\";"
                ssl.truststore.password: %1$s
                ssl.keystore.key: %1$s
                ssl.key.password: %1$s
            gateway:
              testers:
                - name: rack-1
                  host: bts-pc-1
                  time-zone: UTC
                  login: {user: admin, password: %1$s}
              cells: []
            alerts:
              webhooks:
                - {name: pager, url: https://pager.example/x, secret: %1$s}
            history:
              url: https://questdb.example:9000
              user: writer
              password: %1$s
              reader-password: %1$s
            api:
              tls: {certificate: server.p12, password: %1$s}
              access: {session-secret: %1$s}
            """.formatted(SECRET);

    @TempDir
    private Path directory;

    private AppConfig config() throws IOException {
        return AppConfig.read(Files.writeString(directory.resolve("lab.yaml"), FILE), Map.of(), List.of());
    }

    @Test
    void theConfigurationIsPrintedWithoutThem() throws IOException {
        String yaml = new ConfigReader(config()).toYaml();
        assertThat(yaml).doesNotContain("hunter2").contains("(not shown)", "session-secret", "sasl.jaas.config");
    }

    @Test
    void aRecordThatIsLoggedHoldsNone() throws IOException {
        AppConfig config = config();
        assertThat(config.toString()).contains("rack-1").doesNotContain("hunter2");
        assertThat(config.kafka().settings().toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "api.access.session-secret=[hunter2]",
        "api.tls.password={a: hunter2}",
        "history.password=[hunter2]",
        "api.access.session-secret=hunter2",
        "api.acess.session-secret=hunter2",
        "history.password.x=hunter2",
    })
    void anErrorDoesNotShowThem(String assignment) {
        assertThatThrownBy(() -> AppConfig.read(null, Map.of(), List.of(assignment)))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aMisspeltVariableDoesNotShowItsValue() {
        assertThatThrownBy(() -> AppConfig.read(null, Map.of("POUCHTWIN_HISTORY_PASWORD", SECRET), List.of()))
                .hasMessageContaining("POUCHTWIN_HISTORY_PASWORD")
                .hasMessageNotContaining("hunter2");
    }
}
