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
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]+)\\b");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
    private static final Pattern LABEL_LISTS =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w.])([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*}|\\()?");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");
    private static final Pattern OWN_UNIT = Pattern.compile("(suffix|prefix|time|si|count|currency|bool):.+");

    /** Of Grafana's own units those that are used here: a slip of the pen is not among them. */
    private static final Set<String> UNITS = Set.of(
            "none",
            "short",
            "percent",
            "percentunit",
            "volt",
            "amp",
            "amph",
            "ohm",
            "siemens",
            "celsius",
            "s",
            "ms",
            "bytes",
            "decbytes",
            "ops",
            "reqps",
            "rps",
            "wps",
            "cps",
            "dateTimeAsIso",
            "string");

    private final Exclusions exclusions = Exclusions.read();

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
    void eachKindOfDataSourceIsOneVariableThatIsNamedAfterIt(Dashboard dashboard) {
        List<JsonNode> sources = dashboard.dataSources();
        assertThat(sources)
                .extracting(v -> v.path("query").asText())
                .doesNotHaveDuplicates()
                .contains("prometheus");
        for (JsonNode source : sources) {
            String kind = source.path("query").asText();
            assertThat(source.path("name").asText()).isEqualTo(kind + "_datasource");
            assertThat(source.path("label").asText()).isEqualToIgnoringCase(kind + " data source");
        }
        Stream.concat(dashboard.variables().stream(), dashboard.annotations().stream())
                .filter(each -> each.path("type").asText().equals("query") || each.has("expr"))
                .forEach(each -> assertThat(each.at("/datasource/uid").asText())
                        .as(each.path("name").asText())
                        .isEqualTo("${prometheus_datasource}"));
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
        }
        dashboard.variables().stream()
                .filter(v -> v.path("type").asText().equals("query"))
                .forEach(v -> assertThat(v.path("refresh").asInt())
                        .as(v.path("name") + " reloads when the time changes")
                        .isEqualTo(2));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void variablesAreDefinedBeforeTheyAreUsed(Dashboard dashboard) {
        Set<String> known = new HashSet<>();
        for (JsonNode variable : dashboard.variables()) {
            Matcher used = VARIABLE.matcher(variable.path("definition").asText());
            while (used.find()) {
                assertThat(known).as(dashboard + ", " + variable.path("name")).contains(used.group(1));
            }
            known.add(variable.path("name").asText());
        }
        for (Panel panel : dashboard.panels()) {
            for (JsonNode target : panel.targets()) {
                String query =
                        target.path("expr").asText() + target.path("rawSql").asText();
                Matcher used = VARIABLE.matcher(query.replaceAll("\\$__[a-zA-Z_]+", ""));
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
                .matches(unit -> UNITS.contains(unit) || OWN_UNIT.matcher(unit).matches());
        assertThat(panel.json().at("/fieldConfig/defaults/thresholds/steps"))
                .as("thresholds")
                .isNotEmpty();
        assertThat(panel.targets()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aPanelAndItsQueriesAskOneDataSourceWhichIsAVariable(Dashboard dashboard) {
        Set<String> known = new TreeSet<>();
        dashboard.dataSources().forEach(v -> known.add("${" + v.path("name").asText() + "}"));
        for (Panel panel : dashboard.panels()) {
            JsonNode source = panel.json().path("datasource");
            assertThat(known).as(panel.toString()).contains(source.path("uid").asText());
            assertThat(panel.targets()).extracting(t -> t.path("datasource")).containsOnly(source);
        }
    }

    @ParameterizedTest
    @MethodSource("panels")
    void everySeriesIsChosenByJobAndInstance(Panel panel) {
        for (JsonNode target : panel.prometheusTargets()) {
            String expr = LABEL_LISTS
                    .matcher(RANGE.matcher(target.path("expr").asText()).replaceAll(""))
                    .replaceAll("");
            Matcher series = SELECTOR.matcher(expr);
            while (series.find()) {
                String matchers = series.group(2) == null ? "" : series.group(2);
                if (matchers.equals("(") || OPERATORS.contains(series.group(1))) {
                    continue;
                }
                for (String label : List.of("job", "instance")) {
                    if (!exclusions.holds("target-" + label + "-rule", panel)) {
                        assertThat(matchers).as(panel + ": " + series.group()).contains(label + "=~\"$" + label + "\"");
                    }
                }
            }
        }
    }

    @Test
    void whatIsExcludedFromTheLintersRulesIsStillThereAndSaysWhy() {
        Set<String> panels = new TreeSet<>();
        panels().forEach(panel -> panels.add(panel.dashboard() + " / " + panel.title()));
        assertThat(panels).containsAll(exclusions.panels());
        assertThat(exclusions.reasons()).isNotEmpty().allMatch(reason -> reason.length() > 20);
    }

    @ParameterizedTest
    @MethodSource("panels")
    void ratesAreTakenOverTheRightTimeAndOfCountersAlways(Panel panel) {
        for (JsonNode target : panel.prometheusTargets()) {
            String expr = target.path("expr").asText();
            Matcher rate = RATE.matcher(expr);
            while (rate.find()) {
                assertThat(rate.group(2).equals("$__rate_interval")
                                || exclusions.holds("target-rate-interval-rule", panel))
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

    @ParameterizedTest
    @MethodSource("panels")
    void questionsToTheHistoryAreBoundInTimeAndQuoteWhatTheyAreGiven(Panel panel) {
        for (JsonNode target : panel.historyTargets()) {
            String sql = target.path("rawSql").asText();
            assertThat(sql).contains("$__timeFilter(ts)");
            assertThat(sql.replaceAll("\\$\\{[a-z]+:sqlstring}", "").replaceAll("\\$__[a-zA-Z]+\\(", ""))
                    .as("a variable that is not quoted by Grafana")
                    .doesNotContain("$");
            assertThat(sql.contains("twin_state ") && !sql.contains("LIMIT -"))
                    .as("samples without a limit")
                    .isFalse();
            assertThat(target.path("rawQuery").asBoolean()).isTrue();
            assertThat(target.path("format").asText())
                    .isEqualTo(panel.json().path("type").asText().equals("timeseries") ? "time_series" : "table");
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
                if (predicted
                        && Set.of("timeseries", "trend")
                                .contains(panel.json().path("type").asText())
                        && !dashed) {
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
        Map<String, String> uids = new HashMap<>();
        for (String file : List.of("prometheus.yml", "history.yml")) {
            JsonNode sources = yaml.readTree(Tool.ROOT
                    .resolve("grafana/provisioning/datasources/" + file)
                    .toFile());
            assertThat(sources.path("apiVersion").asInt()).isEqualTo(1);
            for (JsonNode source : sources.path("datasources")) {
                uids.put(source.path("uid").asText(), source.path("type").asText());
            }
        }
        assertThat(uids)
                .containsEntry("pouchtwin-prometheus", "prometheus")
                .containsEntry("pouchtwin-history", "grafana-postgresql-datasource");
        for (Dashboard dashboard : Dashboards.all()) {
            for (JsonNode source : dashboard.dataSources()) {
                assertThat(uids).containsKey(source.at("/current/value").asText());
            }
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
