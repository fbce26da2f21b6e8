package io.pouchtwin.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pouchtwin.twin.alert.AlertThresholds;
import io.pouchtwin.twin.alerting.AlertsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thresholds, receivers and the arm, as a lab writes them. */
class AlertsConfigTest {
    @TempDir
    Path directory;

    @Test
    void aDesignTakesWhatItLeavesOutFromTheStandard() throws IOException {
        AlertsConfig alerts = read("""
                alerts:
                  thresholds: {temperature: {warning-degc: 40}}
                  designs:
                    - design: coin-ncm523-ppla
                      thresholds: {life: {planned-cycles: 1300}}
                  webhooks:
                    - {name: lab, url: "https://hooks.example/x", secret: "a secret of 24 bytes or more"}
                """).alerts();
        assertThat(alerts.thresholds().temperature().warningDegc()).isEqualTo(40);
        assertThat(alerts.thresholds().life())
                .isEqualTo(AlertThresholds.standard().life());
        AlertThresholds coin = alerts.designs().get(0).thresholds();
        assertThat(coin.life().plannedCycles()).isEqualTo(1300);
        assertThat(coin.life().kneeHorizonCycles())
                .isEqualTo(AlertThresholds.standard().life().kneeHorizonCycles());
        assertThat(alerts.webhooks().get(0).stage()).isEqualTo("warning");
        assertThat(alerts.protectiveStop().enabled()).isFalse();
    }

    @Test
    void whatCannotBeIsNamedAtStart() {
        assertError("alerts: {thresholds: {temperature: {warning-degc: 70}}}", "critical-degc is 60", "70");
        assertError("alerts: {page-url: twin.lab}", "page-url is twin.lab");
        assertError(
                "alerts: {webhooks: [{name: lab, url: 'http://hooks.example/x', secret: 'a secret of 24 bytes or more'}]}",
                "url is http://hooks.example/x",
                "https");
        assertError(
                "alerts: {webhooks: [{name: lab, url: 'https://hooks.example/x', secret: short}]}",
                "secret is (not shown)",
                "24 bytes");
        assertError(
                "alerts: {designs: [{design: coin-ncm523-ppla, thresholds: {lifetime: 3}}]}", "lifetime", "unknown");
        assertError(
                "alerts: {designs: [{design: coin-ncm532-ppla}]}", "design is coin-ncm532-ppla", "coin-ncm523-ppla");
    }

    @Test
    void noChannelIsArmedUnlessTheFileSaysSo() throws IOException {
        AppConfig config = read("""
                gateway:
                  testers: [{name: rack, host: pc, time-zone: UTC}]
                  cells:
                    - {cell: A, tester: rack, channel: 1-1-1-1, design: d, nominal-capacity-ah: 1}
                    - {cell: B, tester: rack, channel: 1-1-1-2, design: d, nominal-capacity-ah: 1, armed: true}
                """);
        assertThat(Optional.ofNullable(config.gateway()).orElseThrow().cells())
                .extracting(cell -> cell.armed())
                .containsExactly(false, true);
    }

    @Test
    void secretsAreNotShown() throws IOException {
        Path file = write(
                "alerts: {webhooks: [{name: lab, url: 'https://x.example/', secret: 'quite a secret, 24 bytes'}]}");
        String shown = new ConfigReader(AppConfig.defaults()).file(file).toYaml();
        assertThat(shown).contains("(not shown)").doesNotContain("quite a secret");
    }

    private AppConfig read(String yaml) throws IOException {
        return AppConfig.read(write(yaml), Map.of(), List.of());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("lab.yaml"), yaml);
    }

    private void assertError(String yaml, String... parts) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read(yaml))
                .satisfies(problem -> assertThat(problem.getMessage()).contains(parts));
    }
}
