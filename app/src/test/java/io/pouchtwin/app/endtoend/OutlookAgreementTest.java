package io.pouchtwin.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.pouchtwin.api.ApiConfig;
import io.pouchtwin.app.config.AppConfig;
import io.pouchtwin.app.config.ConfigReader;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.history.HistoryConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is told of cycles, of the time to come and of trouble: here too whoever asks gets what stands in the topics, by whichever way they ask. The demo's cell with a soft short runs until its twin has warned and has forecast some times; then the cable is pulled.
 */
class OutlookAgreementTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double TEST_SECONDS_PER_SECOND = 600;
    private static final String CELL = "pouch-004";
    private static final int CELLS = 4;
    private static final int SOME_FORECASTS = 3;

    @TempDir
    private static Path directory;

    private static WholeSystem whole;
    private static Doors doors;
    private static StreamReader events;
    private static SocketReader socket;
    private static List<Forecast> forecasts;
    private static List<CycleEstimate> cycles;
    private static List<Alert> alerts;

    @BeforeAll
    static void runUntilThereIsTrouble() throws Exception {
        ApiConfig usual = ApiConfig.defaults();
        HistoryConfig past = new ConfigReader(AppConfig.defaults())
                .set("history.pg-port", "0")
                .bind(AppConfig.class)
                .history();
        whole = new WholeSystem(directory, CELLS, TEST_SECONDS_PER_SECOND, usual, past);
        doors = new Doors(whole, directory);
        events = whole.subscribe();
        socket = new SocketReader(whole.url());
        whole.startAlerts();
        whole.startGateway();
        await().atMost(PATIENCE)
                .until(() -> events.events("alert", CELL).size() > 1
                        && events.events("outlook", CELL).size() >= SOME_FORECASTS);
        whole.cable.pull();
        settle();
    }

    /** Until no more comes of any kind, and the database has what came. */
    private static void settle() {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).until(() -> {
            List<Integer> before = counts();
            Thread.sleep(2_000);
            return before.equals(counts()) && before.equals(kept());
        });
        forecasts = told(
                Topic.TWIN_FORECAST, Forecast.parser(), one -> one.getCell().equals(CELL));
        cycles = told(
                Topic.TWIN_CYCLE, CycleEstimate.parser(), one -> one.getCell().equals(CELL));
        alerts = told(Topic.TWIN_ALERT, Alert.parser(), one -> one.getCell().equals(CELL));
    }

    private static List<Integer> counts() {
        return List.of(
                told(
                                Topic.TWIN_FORECAST,
                                Forecast.parser(),
                                one -> one.getCell().equals(CELL))
                        .size(),
                told(
                                Topic.TWIN_CYCLE,
                                CycleEstimate.parser(),
                                one -> one.getCell().equals(CELL))
                        .size(),
                told(Topic.TWIN_ALERT, Alert.parser(), one -> one.getCell().equals(CELL))
                        .size());
    }

    private static List<Integer> kept() throws Exception {
        List<Integer> rows = new ArrayList<>();
        for (String table : List.of("twin_forecast", "twin_cycle", "twin_alert")) {
            rows.add(doors.rows("SELECT * FROM " + table + " WHERE cell = '" + CELL + "'")
                    .size());
        }
        return rows;
    }

    @AfterAll
    static void stop() {
        socket.close();
        events.close();
        whole.close();
    }

    private static <T extends Message> List<T> told(Topic topic, Parser<T> parser, Predicate<T> wanted) {
        return whole.messages(topic, parser).stream().filter(wanted).toList();
    }

    /** An answer without what is said beside the message. */
    private static Map<String, Object> facts(JsonNode answer, String... beside) {
        Map<String, Object> said = Facts.of(answer);
        said.keySet()
                .removeIf(name -> name.contains("null_reasons")
                        || Arrays.stream(beside).anyMatch(other -> name.equals(other) || name.startsWith(other + "_")));
        return said;
    }

    /** What of a message has a column: lists of messages have tables of their own. */
    private static Map<String, Object> columns(Map<String, Object> facts, String... lists) {
        Map<String, Object> columns = Facts.asColumns(facts);
        columns.keySet().removeIf(name -> Arrays.stream(lists).anyMatch(list -> name.matches(list + "_\\d+(_.*)?")));
        return columns;
    }

    private static Map<String, Object> withoutTime(Map<String, Object> row) {
        row.remove("ts");
        return row;
    }

    @Test
    void restSaysOfForecastsWhatTheTopicSays() throws Exception {
        JsonNode answer = doors.json("/api/v1/cells/" + CELL + "/forecast");
        Map<Integer, Forecast> byCycle =
                forecasts.stream().collect(Collectors.toMap(Forecast::getCycleCount, one -> one, (a, b) -> b));
        Forecast newest = forecasts.get(forecasts.size() - 1);
        assertThat(facts(answer.path("forecast"))).isEqualTo(Facts.of(newest));
        assertThat(answer.path("earlier")).isNotEmpty();
        for (JsonNode earlier : answer.path("earlier")) {
            assertThat(facts(earlier))
                    .isEqualTo(Facts.of(byCycle.get(earlier.path("cycle_count").asInt())));
        }
    }

    @Test
    void theHistorySaysOfForecastsWhatTheTopicSays() throws Exception {
        List<Map<String, Object>> rows = doors.parquet(CELL, "forecasts");
        assertThat(rows).hasSameSizeAs(forecasts);
        for (int i = 0; i < rows.size(); i++) {
            Map<String, Object> expected = columns(Facts.of(forecasts.get(i)), "points", "failure");
            // a list of words is one text there
            expected.keySet().removeIf(name -> name.startsWith("short_judgement_reason_"));
            expected.put(
                    "short_judgement_reason",
                    String.join(",", forecasts.get(i).getShortJudgement().getReasonList()));
            assertThat(withoutTime(rows.get(i))).isEqualTo(expected);
        }
        List<Map<String, Object>> expected = new ArrayList<>();
        forecasts.forEach(forecast -> forecast.getPointsList().forEach(point -> expected.add(Facts.of(point))));
        List<Map<String, Object>> points = doors.parquet(CELL, "forecast_points");
        Set<String> beside = Set.of("ts", "cell", "test_run", "cycle_count", "last_sequence", "unix_time_s", "item");
        points.forEach(point -> point.keySet().removeAll(beside));
        assertThat(points).isEqualTo(expected);
    }

    @Test
    void streamsAndListsTellOfEachForecastInTheSameFewNumbers() throws Exception {
        Map<Integer, Forecast> byCycle =
                forecasts.stream().collect(Collectors.toMap(Forecast::getCycleCount, one -> one, (a, b) -> b));
        List<JsonNode> told = new ArrayList<>(events.events("outlook", CELL));
        socket.messages("outlook", CELL).forEach(told::add);
        assertThat(told).hasSizeGreaterThanOrEqualTo(2 * SOME_FORECASTS);
        told.add(doors.json("/api/v1/cells/" + CELL));
        for (JsonNode each : told) {
            JsonNode outlook = each.path("outlook");
            Forecast forecast = byCycle.get(outlook.path("cycle_count").asInt());
            assertThat(outlook.path("trusted").asBoolean()).isEqualTo(forecast.getTrusted());
            assertThat(outlook.path("test_run").asText()).isEqualTo(forecast.getTestRun());
            assertThat(outlook.at("/remaining_cycles/median").asDouble())
                    .isEqualTo(forecast.getTo80Percent().getCycles().getP50());
            assertThat(outlook.at("/remaining_cycles/low").asDouble())
                    .isEqualTo(forecast.getTo80Percent().getCycles().getP05());
            assertThat(outlook.at("/short_index/median").asDouble())
                    .isEqualTo(forecast.getFailure(0).getShort().getP50());
            assertThat(outlook.at("/short_index/high").asDouble())
                    .isEqualTo(forecast.getFailure(0).getShort().getP95());
        }
        assertThat(told.get(told.size() - 1).at("/outlook/cycle_count").asInt())
                .isEqualTo(forecasts.get(forecasts.size() - 1).getCycleCount());
    }

    @Test
    void metricsSayOfTheNewestForecastWhatTheTopicSays() throws Exception {
        Forecast newest = forecasts.get(forecasts.size() - 1);
        String metrics = doors.text("/metrics/cells");
        Map<String, Double> bounds = Map.of(
                "remaining_cycles{bound=\"low\",cell=\"%s\"}",
                newest.getTo80Percent().getCycles().getP05(),
                "remaining_cycles{bound=\"median\",cell=\"%s\"}",
                newest.getTo80Percent().getCycles().getP50(),
                "short_probability_ratio{bound=\"high\",cell=\"%s\"}",
                newest.getFailure(0).getShort().getP95(),
                "dendrite_damage_ratio{bound=\"median\",cell=\"%s\"}",
                newest.getDendrite().getDamage().getValue());
        bounds.forEach((name, value) ->
                assertThat(metrics).contains("pouchtwin_cell_" + name.formatted(CELL) + " " + value + "\n"));
    }

    @Test
    void everyWayTellsOfACycleWhatTheTopicSays() throws Exception {
        List<Map<String, Object>> expected =
                cycles.stream().map(cycle -> Facts.of(cycle)).toList();
        assertThat(expected).isNotEmpty();
        List<Map<String, Object>> said = new ArrayList<>();
        for (JsonNode cycle :
                doors.json("/api/v1/cells/" + CELL + "/cycles?limit=1000").path("cycles")) {
            said.add(facts(cycle, "id"));
        }
        assertThat(said).isEqualTo(expected);
        assertThat(doors.parquet(CELL, "cycles"))
                .extracting(OutlookAgreementTest::withoutTime)
                .isEqualTo(expected.stream().map(Facts::asColumns).toList());
    }

    @Test
    void everyWayTellsOfAnAlertWhatTheTopicSays() throws Exception {
        Map<String, Map<String, Object>> revisions = new TreeMap<>();
        Map<String, Map<String, Object>> newest = new TreeMap<>();
        for (Alert alert : alerts) {
            revisions.put(alert.getId() + "/" + alert.getRevision(), Facts.of(alert));
            newest.put(alert.getId(), Facts.of(alert));
        }
        List<JsonNode> told = new ArrayList<>(events.events("alert", CELL));
        told.addAll(socket.within("alert", CELL));
        for (JsonNode alert : told) {
            assertThat(facts(alert, "open", "acknowledgement"))
                    .isEqualTo(revisions.get(alert.path("id").asText() + "/"
                            + alert.path("revision").asInt()));
        }
        assertThat(told.stream().map(alert -> alert.path("id").asText())).containsAll(newest.keySet());
        Map<String, Map<String, Object>> listed = new TreeMap<>();
        for (JsonNode alert : doors.json("/api/v1/alerts?cell=" + CELL).path("alerts")) {
            String id = alert.path("id").asText();
            listed.put(id, facts(alert, "open", "acknowledgement"));
            assertThat(facts(doors.json("/api/v1/alerts/" + id), "open", "acknowledgement"))
                    .isEqualTo(newest.get(id));
        }
        assertThat(listed).isEqualTo(newest);
        Map<String, Map<String, Object>> kept = new TreeMap<>();
        for (Map<String, Object> row : doors.parquet(CELL, "alerts")) {
            kept.put(row.get("id") + "/" + ((Double) row.get("revision")).intValue(), withoutTime(row));
        }
        revisions.replaceAll((id, facts) -> Facts.asColumns(facts));
        assertThat(kept).isEqualTo(revisions);
    }

    @Test
    void whoTookAnAlertOnIsToldTheSameEverywhere() throws Exception {
        String id = alerts.get(0).getId();
        doors.post("/api/v1/alerts/" + id + "/acknowledge", "{\"operator\":\"anna\",\"note\":\"seen\"}");
        List<Map<String, Object>> kept = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            kept.clear();
            kept.addAll(doors.rows("SELECT * FROM alert_acknowledgement WHERE alert_id = '" + id + "'"));
            return kept.size() == 1
                    && doors.json("/api/v1/alerts/" + id)
                            .path("acknowledgement")
                            .isObject();
        });
        AlertAcknowledgement written = told(
                        Topic.ALERT_ACKNOWLEDGEMENT,
                        AlertAcknowledgement.parser(),
                        one -> one.getAlertId().equals(id))
                .get(0);
        assertThat(facts(doors.json("/api/v1/alerts/" + id).path("acknowledgement")))
                .isEqualTo(Facts.of(written));
        assertThat(withoutTime(kept.get(0))).isEqualTo(Facts.asColumns(Facts.of(written)));
    }

    @Test
    void thePageShowsForecastsCyclesAndAlertsAsTheyStandInTheTopics() throws Exception {
        Forecast newest = forecasts.get(forecasts.size() - 1);
        try (PageReader page = new PageReader(whole.url() + "/?cell=" + CELL + "&view=forecast")) {
            page.await(".fans .uplot");
            Map<Double, Double> medians =
                    column(page.saved("Discharge capacity [Ah] as CSV"), "cycle", "capacity_ah_p50");
            newest.getPointsList()
                    .forEach(point -> assertThat(medians.get(point.getCycle()))
                            .isEqualTo(point.getCapacityAh().getP50()));
            assertThat(page.text(".outlook .words")).contains("at the end of cycle " + newest.getCycleCount());
        }
        try (PageReader page = new PageReader(whole.url() + "/?cell=" + CELL + "&view=cycles")) {
            page.await(".cycles tbody tr");
            Map<Double, Double> discharged =
                    column(page.saved("Cycle table as CSV"), "cycle_count", "discharge_ah.value");
            assertThat(discharged).hasSameSizeAs(cycles);
            cycles.forEach(cycle -> assertThat(discharged.get((double) cycle.getCycleCount()))
                    .isEqualTo(cycle.getDischargeAh().getValue()));
        }
        List<JsonNode> open = new ArrayList<>();
        doors.json("/api/v1/alerts?open=true&cell=" + CELL).path("alerts").forEach(open::add);
        assertThat(open).isNotEmpty();
        try (PageReader page = new PageReader(whole.url() + "/?cell=" + CELL + "&view=alerts")) {
            page.await("#view-alerts .alert");
            String cards = String.join("\n", page.texts("#view-alerts .alert"));
            for (JsonNode alert : open) {
                assertThat(cards)
                        .contains(
                                alert.path("title").asText(),
                                printed(alert.path("likely_cause").asText()),
                                printed(alert.path("suggested_action").asText()));
            }
        }
    }

    /** The page prints the signs of units that sentences have in ASCII. */
    private static String printed(String sentence) {
        return sentence.replaceAll("\\bcm2\\b", "cm²")
                .replaceAll("\\bohm\\b", "Ω")
                .replaceAll("\\bdegC\\b", "°C");
    }

    private static Map<Double, Double> column(List<String> file, String key, String value) {
        List<String> heads = List.of(file.get(0).split(",", -1));
        assertThat(heads).contains(key, value);
        Map<Double, Double> column = new TreeMap<>();
        for (String line : file.subList(1, file.size())) {
            String[] values = line.split(",", -1);
            if (!values[heads.indexOf(value)].isEmpty()) {
                column.put(Double.valueOf(values[heads.indexOf(key)]), Double.valueOf(values[heads.indexOf(value)]));
            }
        }
        return column;
    }
}
