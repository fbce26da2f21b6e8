package io.pouchtwin.app.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTest {
    private static final Path PROMETHEUS = Tool.ROOT.resolve("grafana/prometheus");
    private static final Path ALERTMANAGER = Tool.ROOT.resolve("grafana/alertmanager");
    private static final Path RUNBOOKS = Tool.ROOT.resolve("docs/runbooks");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void promtoolAcceptsTheConfigurationAndEveryRule() throws Exception {
        Tool.PROMTOOL.mustAccept(PROMETHEUS, "check", "config", "prometheus.yml");
    }

    @Test
    void everyAlertFiresInOneOfPromtoolsTestsAndStaysSilentInAnother() throws Exception {
        Tool.PROMTOOL.mustAccept(PROMETHEUS, "test", "rules", "tests/alerts.yml");
    }

    @Test
    void promtoolsTestsNoticeARuleThatNeverFires(@TempDir Path folder) throws Exception {
        for (Path source : files(PROMETHEUS)) {
            Path copy = folder.resolve(PROMETHEUS.relativize(source).toString());
            Files.createDirectories(copy.getParent());
            Files.writeString(
                    copy, Files.readString(source).replace("stage=\"critical\"}) == 1", "stage=\"critical\"}) == 2"));
        }

        Tool.Ended ended = Tool.PROMTOOL.run(folder, "test", "rules", "tests/alerts.yml");

        assertThat(ended.status()).isNotZero();
        assertThat(ended.said()).contains("CellCritical");
    }

    @Test
    void amtoolAcceptsTheRoutingAndTheExample() throws Exception {
        Tool.AMTOOL.mustAccept(ALERTMANAGER, "check-config", "alertmanager.yml");
        Tool.AMTOOL.mustAccept(ALERTMANAGER, "check-config", "mail-and-webhook.example.yml");
    }

    @Test
    void alertsGoToWhomTheyShould() throws Exception {
        assertThat(receiver("alertname=CellCritical", "cell=P1", "severity=critical"))
                .isEqualTo("pager");
        assertThat(receiver("alertname=CellWarning", "cell=P1", "severity=warning"))
                .isEqualTo("people");
        assertThat(receiver("alertname=StageFailed", "stage=twin-engine", "severity=critical"))
                .isEqualTo("pager");
        assertThat(receiver("alertname=StageLagging", "severity=warning")).isEqualTo("people");
        assertThat(receiver("alertname=Watchdog", "severity=none")).isEqualTo("dead-man");
    }

    private static String receiver(String... labels) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("config", "routes", "test", "--config.file=alertmanager.yml"));
        arguments.addAll(List.of(labels));
        // amtool also warns of something that is meant
        List<String> lines = Tool.AMTOOL
                .run(ALERTMANAGER, arguments.toArray(String[]::new))
                .said()
                .lines()
                .toList();
        return lines.get(lines.size() - 1).strip();
    }

    @Test
    void everyAlertHasARunbookPageAndATestForBothCases() throws Exception {
        Set<String> alerts = new TreeSet<>();
        for (JsonNode rule : rules()) {
            if (rule.has("alert")) {
                String name = rule.path("alert").asText();
                alerts.add(name);
                String runbook = rule.at("/annotations/runbook").asText();
                assertThat(Tool.ROOT.resolve(runbook)).as(name).isRegularFile();
                assertThat(rule.at("/labels/severity").asText()).as(name).isIn("warning", "critical", "none");
                assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
                assertThat(rule.at("/annotations/description").asText())
                        .as(name)
                        .isNotBlank();
            }
        }
        Set<String> fired = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        JsonNode tests = YAML.readTree(PROMETHEUS.resolve("tests/alerts.yml").toFile());
        for (JsonNode test : tests.path("tests")) {
            for (JsonNode check : test.path("alert_rule_test")) {
                Set<String> into = check.path("exp_alerts").isEmpty() ? silent : fired;
                into.add(check.path("alertname").asText());
            }
        }
        assertThat(fired).isEqualTo(alerts);
        silent.add("Watchdog"); // it always fires: that is what it is for
        assertThat(silent).isEqualTo(alerts);
    }

    @Test
    void everyRunbookBelongsToAnAlertAndIsListed() throws Exception {
        Set<String> alerts = new TreeSet<>();
        rules().stream()
                .filter(rule -> rule.has("alert"))
                .forEach(rule -> alerts.add(rule.path("alert").asText()));
        Set<String> pages = new TreeSet<>();
        for (Path file : files(RUNBOOKS)) {
            pages.add(file.getFileName().toString().replace(".md", ""));
        }
        pages.remove("README");
        assertThat(pages).isEqualTo(alerts);
        String list = Files.readString(RUNBOOKS.resolve("README.md"));
        assertThat(alerts).allSatisfy(alert -> assertThat(list).contains("(" + alert + ".md)"));
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        for (Path file : files(PROMETHEUS.resolve("rules"))) {
            for (JsonNode group : YAML.readTree(file.toFile()).path("groups")) {
                group.path("rules").forEach(rules::add);
            }
        }
        return rules;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
