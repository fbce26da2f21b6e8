package io.pouchtwin.app.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.pouchtwin.app.monitoring.Dashboards.Dashboard;
import io.pouchtwin.app.monitoring.Dashboards.Panel;
import io.pouchtwin.app.monitoring.LiveMonitoring.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The demo, a real Prometheus and a real Alertmanager: metrics keep the rules, every panel shows something, an alert arrives once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveMonitoringTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(4);
    private static final long WINDOW_S = 60;

    /** Columns that need more than the demo has: its tester has no thermometer. */
    private static final Map<String, List<String>> NOT_IN_THE_DEMO =
            Map.of("Temperature, every sample", List.of("Measured"));

    private static final boolean WRITE_DOCS = Boolean.getBoolean("pouchtwin.docs.write");

    private LiveMonitoring live;
    private String shortedCell = "";

    @BeforeAll
    void startAndWaitForTheFirstSoftShort(@TempDir Path folder) throws Exception {
        live = new LiveMonitoring(folder);
        await().atMost(LONG_ENOUGH).until(live::prometheusReady);
        System.gc(); // so that there is a pause to show
        await().atMost(LONG_ENOUGH)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> !softShorts().isEmpty());
        shortedCell = softShorts().get(0).at("/groupLabels/cell").asText();
    }

    @AfterAll
    void stop() {
        if (live != null) {
            live.close();
        }
    }

    @Test
    void aSoftShortReachesThePagerOnceWithItsCellAndRule() {
        List<JsonNode> ofCell = softShorts().stream()
                .filter(page -> page.at("/groupLabels/cell").asText().equals(shortedCell))
                .toList();
        assertThat(ofCell).hasSize(1);
        JsonNode alert = ofCell.get(0).at("/alerts/0");
        assertThat(alert.at("/labels/severity").asText()).isEqualTo("critical");
        assertThat(alert.at("/annotations/link").asText()).endsWith("/?cell=" + shortedCell);
        assertThat(live.api("/api/v1/alerts?cell=" + shortedCell))
                .contains(alert.at("/labels/rule").asText());
    }

    @Test
    void theHeartbeatComesAndGoesOnComing() {
        int before = heartbeats();
        await().atMost(LONG_ENOUGH).until(() -> heartbeats() >= before + 2);
    }

    @Test
    void promtoolFindsNothingToSayOfTheMetrics(@TempDir Path folder) throws Exception {
        for (String path : List.of("/metrics", "/metrics/cells")) {
            Path file = folder.resolve("metrics.txt");
            Files.writeString(file, live.api(path));
            Process promtool = new ProcessBuilder(Tool.PROMTOOL.orSkip().toString(), "check", "metrics")
                    .redirectInput(file.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(promtool.waitFor()).as(said).isZero();
            assertThat(said).isBlank();
        }
    }

    @Test
    void docsMetricsListsWhatIsExported() throws IOException {
        Path page = Tool.ROOT.resolve("docs/metrics.md");
        MetricsPage metrics = MetricsPage.of(live.api("/metrics"), live.api("/metrics/cells"));
        if (WRITE_DOCS) {
            Files.writeString(page, metrics.into(Files.readString(page)));
        }
        assertThat(Files.readString(page))
                .as("written by: mvn -pl app -am test -Dtest=LiveMonitoringTest -Dpouchtwin.docs.write=true")
                .satisfies(
                        text -> assertThat(MetricsPage.missing(text, metrics)).isEmpty())
                .satisfies(text -> assertThat(metrics.unknown(text)).isEmpty());
    }

    @Test
    void everyQueryOfEveryPanelReturnsData() {
        // forecasts are scored against cycles after them: that takes a few
        await().atMost(LONG_ENOUGH)
                .pollInterval(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(withoutData(Dashboards.all())).isEmpty());
    }

    @Test
    void aPanelThatAsksForWhatIsNotThereIsFound() throws Exception {
        for (String broken : List.of(
                "pouchtwin_cell_soc_ratio -> pouchtwin_cell_soc_ration",
                "voltage_measured_v AS -> cast(null AS double) AS",
                "AND complete -> AND complete AND cycle_count < 0")) {
            String[] change = broken.split(" -> ", -1);
            List<Dashboard> changed = Dashboards.all().stream()
                    .map(dashboard -> dashboard.with(change[0], change[1]))
                    .toList();
            assertThat(withoutData(changed)).as(broken).isNotEmpty();
        }
        assertThatThrownBy(() -> withoutData(Dashboards.all().stream()
                        .map(dashboard -> dashboard.with("voltage_measured_v", "voltage_measured"))
                        .toList()))
                .hasMessageContaining("voltage_measured ");
    }

    /** Every query that gives no number, or a column of it that has none. */
    private List<String> withoutData(List<Dashboard> dashboards) {
        List<String> empty = new ArrayList<>();
        for (Dashboard dashboard : dashboards) {
            for (Panel panel : dashboard.panels()) {
                for (JsonNode target : panel.prometheusTargets()) {
                    String expr = substituted(target.path("expr").asText());
                    JsonNode result =
                            target.path("instant").asBoolean() ? live.instant(expr) : live.range(expr, WINDOW_S);
                    if (values(result).noneMatch(LiveMonitoringTest::isNumber)) {
                        empty.add(panel + " " + target.path("refId").asText() + ": " + expr);
                    }
                }
                for (JsonNode target : panel.historyTargets()) {
                    String sql = written(target.path("rawSql").asText());
                    List<String> columns = live.history().ask(sql).empty();
                    columns.removeAll(NOT_IN_THE_DEMO.getOrDefault(panel.title(), List.of()));
                    if (!columns.isEmpty()) {
                        empty.add(panel + " " + columns + ": " + sql);
                    }
                }
            }
        }
        return empty;
    }

    /** The demo's tester runs ahead of this machine's clock. */
    private String written(String rawSql) {
        Instant now = Instant.now();
        return HistoryPanels.written(
                rawSql, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(30)), List.of(shortedCell));
    }

    @Test
    void everyAnnotationAndVariableIsAQueryThatPrometheusUnderstands() {
        for (Dashboard dashboard : Dashboards.all()) {
            for (JsonNode annotation : dashboard.annotations()) {
                assertThat(live.range(substituted(annotation.path("expr").asText()), WINDOW_S))
                        .isNotNull();
            }
            for (JsonNode variable : dashboard.variables()) {
                String definition = variable.path("definition").asText();
                if (definition.startsWith("label_values(")) {
                    String inside = definition.substring("label_values(".length(), definition.length() - 1);
                    String series = inside.substring(0, inside.lastIndexOf(','));
                    String label = inside.substring(inside.lastIndexOf(',') + 1).strip();
                    assertThat(live.instant("count by (" + label + ") (" + substituted(series) + ")"))
                            .as(definition)
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void nothingFiresThatShouldNotInAHealthyDemo() {
        JsonNode firing = live.instant("ALERTS{alertstate=\"firing\",alertname!~\"Watchdog|Cell.*\"}");
        assertThat(firing).as(firing.toPrettyString()).isEmpty();
    }

    private String substituted(String expr) {
        return expr.replace("$__rate_interval", "15s")
                .replaceAll("\\$(job|instance|campaign|design)\\b", ".+")
                .replaceAll("\\$cell\\b", shortedCell);
    }

    private static Stream<String> values(JsonNode result) {
        return Dashboards.children(result)
                .flatMap(series -> series.has("value")
                        ? Stream.of(series.at("/value/1"))
                        : Dashboards.children(series.path("values")).map(point -> point.path(1)))
                .map(JsonNode::asText);
    }

    private static boolean isNumber(String value) {
        return !value.equals("NaN");
    }

    private List<JsonNode> softShorts() {
        return live.received.stream()
                .filter(each -> each.path().equals("/page"))
                .map(Received::body)
                .filter(body -> body.path("status").asText().equals("firing"))
                .filter(body -> body.at("/groupLabels/rule").asText().equals("soft-short"))
                .toList();
    }

    private int heartbeats() {
        return (int) live.received.stream()
                .filter(each -> each.path().equals("/heartbeat"))
                .count();
    }
}
