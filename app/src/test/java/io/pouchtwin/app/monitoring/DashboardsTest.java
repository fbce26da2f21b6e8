package io.pouchtwin.app.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pouchtwin.app.monitoring.Dashboards.Dashboard;
import io.pouchtwin.app.monitoring.Dashboards.Panel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of Grafana's public dashboard linter, and this project's own manners. */
class DashboardsTest {
    private static final Pattern RATE = Pattern.compile("\\b(rate|irate|increase)\\([^\\[]*\\[([^\\]]+)]");
    private static final Pattern COUNTER = Pattern.compile("([a-z_:]+_total)\\b");
    private static final Pattern OWN_SERIES = Pattern.compile("\\b(pouchtwin_[a-z_]+)\\{([^}]*)}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]+)\\b");
    private static final Set<String> GRAFANAS_OWN = Set.of("datasource");

    static Stream<Dashboard> dashboards() {
        return Dashboards.all().stream();
    }

    static Stream<Panel> panels() {
        return dashboards().flatMap(dashboard -> dashboard.panels().stream());
    }

    @Test
    void theFiveDashboardsAreThereUnderStableNames() {
        assertThat(Dashboards.all().stream().map(d -> d.json().path("uid").asText()))
                .containsExactlyInAnyOrder(
                        "pouchtwin-fleet",
                        "pouchtwin-cell",
                        "pouchtwin-campaign",
                        "pouchtwin-pipeline",
                        "pouchtwin-alerts");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void theDataSourceIsAVariableAndTheOnlyOne(Dashboard dashboard) {
        List<JsonNode> sources = dashboard.variables().stream()
                .filter(v -> v.path("type").asText().equals("datasource"))
                .toList();
        assertThat(sources).hasSize(1);
        assertThat(sources.get(0).path("name").asText()).isEqualTo("datasource");
        assertThat(sources.get(0).path("query").asText()).isEqualTo("prometheus");
        Stream.concat(dashboard.variables().stream(), dashboard.annotations().stream())
                .filter(each -> each.path("type").asText().equals("query") || each.has("expr"))
                .forEach(each -> assertThat(each.at("/datasource/uid").asText())
                        .as(each.path("name").asText())
                        .isEqualTo("${datasource}"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void jobAndInstanceCanBeChosen(Dashboard dashboard) {
        for (String name : List.of("job", "instance")) {
            JsonNode variable = variable(dashboard, name);
            assertThat(variable.path("type").asText()).isEqualTo("query");
            assertThat(variable.path("label").asText()).isEqualToIgnoringCase(name);
            assertThat(variable.path("multi").asBoolean()).isTrue();
            assertThat(variable.path("includeAll").asBoolean()).isTrue();
            assertThat(variable.path("allValue").asText()).isEqualTo(".+");
            assertThat(variable.path("refresh").asInt())
                    .as("reloads when the time changes")
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void variablesAreDefinedBeforeTheyAreUsed(Dashboard dashboard) {
        Set<String> known = new HashSet<>(GRAFANAS_OWN);
        for (JsonNode variable : dashboard.variables()) {
            Matcher used = VARIABLE.matcher(variable.path("definition").asText());
            while (used.find()) {
                assertThat(known).as(dashboard + ", " + variable.path("name")).contains(used.group(1));
            }
            known.add(variable.path("name").asText());
        }
        for (Panel panel : dashboard.panels()) {
            for (JsonNode target : panel.targets()) {
                Matcher used = VARIABLE.matcher(target.path("expr").asText().replace("$__rate_interval", ""));
                while (used.find()) {
                    assertThat(known).as(panel.toString()).contains(used.group(1));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aDashboardCannotBeEditedInPlaceAndLinksToTheOthersAndToTheLivePage(Dashboard dashboard) {
        assertThat(dashboard.json().path("editable").asBoolean(true)).isFalse();
        assertThat(dashboard.json().path("description").asText()).isNotBlank();
        List<String> links = Dashboards.children(dashboard.json().path("links"))
                .map(link -> link.path("url").asText())
                .toList();
        Set<String> others = new TreeSet<>();
        Dashboards.all().stream()
                .map(d -> d.json().path("uid").asText())
                .filter(uid -> !uid.equals(dashboard.json().path("uid").asText()))
                .forEach(uid -> others.add("/d/" + uid));
        assertThat(links).containsAll(others).anyMatch(url -> url.startsWith("http://127.0.0.1:8080/"));
        assertThat(dashboard.annotations()).as("annotations").isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsDoNotOverlapAndHaveNamesOfTheirOwn(Dashboard dashboard) {
        Map<String, String> taken = new HashMap<>();
        Set<Integer> ids = new HashSet<>();
        Set<String> titles = new HashSet<>();
        for (Panel panel : dashboard.panels()) {
            assertThat(ids.add(panel.json().path("id").asInt()))
                    .as(panel + " id")
                    .isTrue();
            assertThat(titles.add(panel.title())).as(panel + " title").isTrue();
            JsonNode place = panel.json().path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt())
                    .as(panel.toString())
                    .isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String spot = (place.path("x").asInt() + x) + ","
                            + (place.path("y").asInt() + y);
                    assertThat(taken.put(spot, panel.title()))
                            .as(panel + " at " + spot)
                            .isNull();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("panels")
    void everyPanelSaysWhatItShowsInWhichUnit(Panel panel) {
        assertThat(panel.title()).isNotBlank();
        assertThat(panel.json().path("description").asText()).as("description").hasSizeGreaterThan(15);
        assertThat(panel.json().at("/fieldConfig/defaults/unit").asText())
                .as("unit")
                .isNotBlank();
        assertThat(panel.json().at("/fieldConfig/defaults/thresholds/steps"))
                .as("thresholds")
                .isNotEmpty();
        assertThat(panel.json().at("/datasource/uid").asText()).isEqualTo("${datasource}");
        assertThat(panel.targets()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("panels")
    void queriesChooseJobAndInstanceAndRateOverTheRightTime(Panel panel) {
        for (JsonNode target : panel.targets()) {
            String expr = target.path("expr").asText();
            assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            Matcher series = OWN_SERIES.matcher(expr);
            while (series.find()) {
                assertThat(series.group(2)).as(expr).contains("job=~\"$job\"", "instance=~\"$instance\"");
            }
            Matcher rate = RATE.matcher(expr);
            while (rate.find()) {
                boolean countOverTheHour =
                        rate.group(1).equals("increase") && rate.group(2).equals("1h");
                assertThat(rate.group(2).equals("$__rate_interval") || countOverTheHour)
                        .as(expr)
                        .isTrue();
            }
            Matcher counter = COUNTER.matcher(expr);
            while (counter.find()) {
                String before = expr.substring(Math.max(0, counter.start() - 10), counter.start());
                assertThat(before)
                        .as("a counter means something as a rate only: " + expr)
                        .matches(".*(rate|increase)\\($");
            }
        }
    }

    @Test
    void predictedIsDashedAndTheAlarmColoursAreUsedForNothingElse() {
        List<String> wrong = new ArrayList<>();
        for (Panel panel : panels().toList()) {
            for (JsonNode override : panel.json().at("/fieldConfig/overrides")) {
                String name = override.at("/matcher/options").asText();
                boolean predicted = name.equals("Predicted") || name.equals("Estimate");
                boolean dashed = override.toString().contains("\"fill\":\"dash\"");
                if (predicted && panel.json().path("type").asText().equals("timeseries") && !dashed) {
                    wrong.add(panel + ": " + name + " is not dashed");
                }
                boolean alarm = override.toString().contains("\"fixedColor\":\"#ff8a80\"");
                if (alarm && !name.equals("critical")) {
                    wrong.add(panel + ": " + name + " has the alarm colour");
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatGrafanaProvisionsFitsTogether() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        JsonNode sources = yaml.readTree(Tool.ROOT
                .resolve("grafana/provisioning/datasources/prometheus.yml")
                .toFile());
        assertThat(sources.path("apiVersion").asInt()).isEqualTo(1);
        String uid = sources.at("/datasources/0/uid").asText();
        for (Dashboard dashboard : Dashboards.all()) {
            JsonNode chosen = variable(dashboard, "datasource");
            assertThat(chosen.at("/current/value").asText()).isEqualTo(uid);
        }
        JsonNode provider = yaml.readTree(Tool.ROOT
                .resolve("grafana/provisioning/dashboards/pouchtwin.yml")
                .toFile());
        assertThat(provider.at("/providers/0/folderUid").asText()).isEqualTo("pouchtwin");
        assertThat(provider.at("/providers/0/options/path").asText()).isEqualTo("/etc/grafana/pouchtwin/dashboards");
    }

    private static JsonNode variable(Dashboard dashboard, String name) {
        return dashboard.variables().stream()
                .filter(v -> v.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(dashboard + " has no variable " + name));
    }
}
