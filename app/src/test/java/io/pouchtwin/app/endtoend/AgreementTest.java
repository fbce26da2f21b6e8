package io.pouchtwin.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.pouchtwin.api.ApiConfig;
import io.pouchtwin.app.config.AppConfig;
import io.pouchtwin.app.config.ConfigReader;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.history.HistoryConfig;
import io.pouchtwin.history.schema.StateView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever asks for a cell's sample gets the same numbers by whichever way they ask. A whole system runs until the cable to its tester is pulled; what the engine wrote
 * into {@code twin.state} is then held against each of the other ways, for each sequence number, to the last bit; the page's text as it is rounded.
 */
class AgreementTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SOME_STATES = 200;
    private static final int MOST_QUANTITIES = 20;
    private static final double TEST_SECONDS_PER_SECOND = 60;

    @TempDir
    private static Path directory;

    private static WholeSystem whole;
    private static Doors doors;
    private static StreamReader events;
    private static SocketReader socket;
    private static String cell;

    /** What the engine wrote, by sequence number. */
    private static SortedMap<Long, Map<String, Object>> topic;

    @BeforeAll
    static void runAndPullTheCable() throws Exception {
        ApiConfig usual = ApiConfig.defaults();
        // a silent tester would soon make the last numbers stale: here they are to be looked at in peace
        ApiConfig patient = new ApiConfig(
                usual.host(),
                0,
                usual.ringStatesPerCell(),
                usual.ringStatesTotal(),
                usual.heartbeatS(),
                3600,
                usual.maxSubscribers());
        HistoryConfig past = new ConfigReader(AppConfig.defaults())
                .set("history.pg-port", "0")
                .bind(AppConfig.class)
                .history();
        whole = new WholeSystem(directory, 2, TEST_SECONDS_PER_SECOND, patient, past);
        doors = new Doors(whole, directory);
        cell = whole.cells().get(0);
        events = whole.subscribe();
        socket = new SocketReader(whole.url());
        whole.startGateway();
        await().atMost(PATIENCE).until(() -> events.statesOf(cell).size() >= SOME_STATES);
        whole.cable.pull();
        topic = settled();
    }

    @AfterAll
    static void stop() {
        socket.close();
        events.close();
        whole.close();
    }

    /** The topic's states, once no more come and everybody has those that came. */
    private static SortedMap<Long, Map<String, Object>> settled() {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            int states = statesInTopic().size();
            return states == statesInTopic().size()
                    && events.statesOf(cell).size() == states
                    && socket.statesOf(cell).size() == states
                    && doors.database()
                                    .execute("SELECT count() FROM twin_state WHERE cell = '" + cell + "'")
                                    .at("/dataset/0/0")
                                    .asInt()
                            == states
                    && doors.rows("SELECT * FROM telemetry_clean WHERE cell = '" + cell + "'")
                                    .size()
                            == states;
        });
        return statesInTopic();
    }

    private static SortedMap<Long, Map<String, Object>> statesInTopic() {
        SortedMap<Long, Map<String, Object>> states = new TreeMap<>();
        for (TwinState state : whole.messages(Topic.TWIN_STATE, TwinState.parser())) {
            Map<String, Object> facts = Facts.of(state);
            if (cell.equals(facts.get("cell"))) {
                states.put(sequence(facts), facts);
            }
        }
        return states;
    }

    /** What ingest accepted, by sequence number. */
    private static SortedMap<Long, Map<String, Object>> samples() {
        SortedMap<Long, Map<String, Object>> samples = new TreeMap<>();
        for (CleanBatch batch : whole.messages(Topic.TELEMETRY_CLEAN, CleanBatch.parser())) {
            for (Sample sample : batch.getCell().equals(cell) ? batch.getSamplesList() : List.<Sample>of()) {
                Map<String, Object> facts = Facts.of(sample);
                facts.put("cell", cell);
                facts.put("tester", batch.getTester());
                facts.put("channel", batch.getChannel());
                facts.put("test_run", batch.getTestRun());
                samples.put(sample.getSequence(), facts);
            }
        }
        return samples;
    }

    private static long sequence(Map<String, Object> facts) {
        return ((Double) facts.get("sequence")).longValue();
    }

    /** What each way says of the newest state, of which page and metrics speak. */
    private static Map<String, Object> newest() {
        return topic.get(topic.lastKey());
    }

    private static double number(String name) {
        return (Double) newest().get(name);
    }

    @Test
    void serverSentEventsSayWhatTheTopicSays() {
        assertSameStates(events.statesOf(cell));
    }

    @Test
    void theWebSocketSaysWhatTheTopicSays() {
        assertSameStates(socket.statesOf(cell));
    }

    @Test
    void restSaysWhatTheTopicSays() throws Exception {
        List<JsonNode> recent = new ArrayList<>();
        doors.json("/api/v1/cells/" + cell + "/recent?limit=" + topic.size())
                .path("states")
                .forEach(recent::add);
        assertSameStates(recent);
        assertSameState(doors.json("/api/v1/cells/" + cell).path("latest"), newest());
        for (JsonNode one : doors.json("/api/v1/cells").path("cells")) {
            if (one.path("cell").asText().equals(cell)) {
                assertSameState(one.path("latest"), newest());
            }
        }
    }

    private static void assertSameStates(List<JsonNode> states) {
        assertThat(states).hasSameSizeAs(topic.keySet());
        states.forEach(
                state -> assertSameState(state, topic.get(state.path("sequence").asLong())));
    }

    /** The state as the topic has it, and beside it only its name and times. */
    private static void assertSameState(JsonNode state, Map<String, Object> expected) {
        Map<String, Object> said = Facts.of(state);
        said.keySet()
                .removeIf(name -> name.startsWith("null_reasons")
                        || Set.of("id", "time", "received_time").contains(name));
        assertThat(said).isEqualTo(expected);
    }

    @Test
    void theHistorySaysWhatTheTopicSays() throws Exception {
        List<String> quantities =
                StateView.quantities().stream().map(column -> column.name()).toList();
        Set<String> seen = new TreeSet<>();
        for (int at = 0; at < quantities.size(); at += MOST_QUANTITIES) {
            List<String> some = quantities.subList(at, Math.min(quantities.size(), at + MOST_QUANTITIES));
            JsonNode answer =
                    doors.json("/api/v1/cells/" + cell + "/history?points=1500&quantities=" + String.join(",", some));
            assertThat(answer.path("source").asText()).isEqualTo("samples");
            assertThat(answer.path("points").asInt()).isEqualTo(topic.size());
            for (int i = 0; i < topic.size(); i++) {
                Map<String, Object> expected =
                        topic.get(answer.path("sequence").path(i).asLong());
                for (String quantity : some) {
                    JsonNode value = answer.path("quantities")
                            .path(quantity)
                            .path("mean")
                            .path(i);
                    assertThat(value.isNumber() ? value.asDouble() : null)
                            .as(quantity)
                            .isEqualTo(expected.get(quantity));
                    if (value.isNumber()) {
                        seen.add(quantity);
                    }
                }
            }
        }
        assertThat(seen).contains("voltage_measured_v", "voltage_predicted_v_sigma", "soc", "overpotential_v_film_v");
    }

    @Test
    void theParquetFileOfStatesHoldsWhatTheTopicHolds() throws Exception {
        List<Map<String, Object>> rows = doors.parquet(cell, "states");
        assertThat(rows).hasSize(topic.size());
        for (Map<String, Object> row : rows) {
            row.remove("ts");
            assertThat(row).isEqualTo(Facts.asColumns(topic.get(sequence(row))));
        }
    }

    @Test
    void theTwinSawEachSampleAsIngestAcceptedIt() {
        Map<String, String> names =
                Map.of("voltage_measured_v", "voltage_v", "temperature_measured_degc", "cell_temperature_degc");
        SortedMap<Long, Map<String, Object>> samples = samples();
        assertThat(topic.keySet()).isEqualTo(samples.keySet());
        topic.forEach((sequence, state) -> {
            for (String name : List.of(
                    "test_run",
                    "test_time_s",
                    "unix_time_s",
                    "current_a",
                    "step_count",
                    "cycle_count",
                    "step_type",
                    "voltage_measured_v",
                    "temperature_measured_degc")) {
                assertThat(state.get(name))
                        .as(name)
                        .isEqualTo(samples.get(sequence).get(names.getOrDefault(name, name)));
            }
        });
    }

    @Test
    void theParquetFileOfSamplesHoldsWhatIngestAccepted() throws Exception {
        SortedMap<Long, Map<String, Object>> samples = samples();
        List<Map<String, Object>> rows = doors.parquet(cell, "samples");
        assertThat(rows).hasSameSizeAs(samples.keySet());
        for (Map<String, Object> row : rows) {
            row.remove("ts");
            // what was converted is a list of messages, which has no column
            Map<String, Object> sample = Facts.asColumns(samples.get(sequence(row)));
            sample.keySet().removeIf(name -> name.startsWith("converted_"));
            assertThat(row).isEqualTo(sample);
        }
    }

    @Test
    void theBatteryDataFormatFileHoldsWhatIngestAccepted() throws Exception {
        Map<String, String> columns = Map.ofEntries(
                Map.entry("Voltage / V", "voltage_v"),
                Map.entry("Current / A", "current_a"),
                Map.entry("Test Time / s", "test_time_s"),
                Map.entry("Unix Time / s", "unix_time_s"),
                Map.entry("Cycle Count / 1", "cycle_count"),
                Map.entry("Step Count / 1", "step_count"),
                Map.entry("Step Time / s", "step_time_s"),
                Map.entry("Step Capacity / Ah", "step_charge_ah"),
                Map.entry("Step Energy / Wh", "step_energy_wh"),
                Map.entry("Net Capacity / Ah", "net_charge_ah"),
                Map.entry("Surface Temperature / degC", "cell_temperature_degc"),
                Map.entry("Ambient Temperature / degC", "ambient_temperature_degc"));
        SortedMap<Long, Map<String, Object>> samples = samples();
        Path file = directory.resolve("samples.bdf.csv");
        doors.save("/api/v1/cells/" + cell + "/export?format=bdf", file);
        List<String> lines = Files.readAllLines(file);
        List<String> heads = List.of(lines.get(0).replace("\"", "").split(",", -1));
        assertThat(heads).containsAll(columns.keySet());
        assertThat(lines).hasSize(samples.size() + 1);
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",", -1);
            Map<String, Object> sample = samples.get(Long.parseLong(values[heads.indexOf("Record Index / 1")]));
            columns.forEach((head, name) -> {
                String value = values[heads.indexOf(head)];
                assertThat(value.isEmpty() ? null : Double.valueOf(value))
                        .as(head)
                        .isEqualTo(sample.get(name));
            });
        }
    }

    @Test
    void metricsSayWhatTheTopicSaysInBaseUnits() throws Exception {
        record Gauge(String name, String quantity, double factor) {}
        List<Gauge> gauges = List.of(
                new Gauge("voltage_volts", "voltage_measured_v", 1),
                new Gauge("predicted_voltage_volts", "voltage_predicted_v", 1),
                new Gauge("predicted_voltage_sigma_volts", "voltage_predicted_v_sigma", 1),
                new Gauge("current_density_amperes_per_square_meter", "current_density_ma_cm2", 10),
                new Gauge("temperature_celsius", temperature(), 1),
                new Gauge("soc_ratio", "soc", 1),
                new Gauge("soc_sigma_ratio", "soc_sigma", 1),
                new Gauge("nis", "normalised_innovation_squared", 1),
                new Gauge("capacity_health_ratio", "capacity_health", 1),
                new Gauge("resistance_health_ratio", "resistance_health", 1),
                new Gauge("film_resistance_ohm_square_meters", "film_resistance_ohm_cm2", 1e-4),
                new Gauge("lithium_inventory_coulombs_per_square_meter", "lithium_inventory_mah_cm2", 3.6e4),
                new Gauge("leak_conductance_siemens", "leak_conductance_siemens", 1),
                new Gauge("cycle", "cycle_count", 1));
        Map<String, Double> all = ofCell(doors.text("/metrics/cells"), "pouchtwin_cell_");
        Map<String, Double> watched = ofCell(doors.text("/metrics"), "pouchtwin_watch_");
        for (Gauge gauge : gauges) {
            Object known = newest().get(gauge.quantity());
            Double expected = known == null ? null : (Double) known * gauge.factor();
            assertThat(all.get(gauge.name())).as(gauge.name()).isEqualTo(expected);
            if (watched.containsKey(gauge.name())) {
                assertThat(watched.get(gauge.name()))
                        .as("watched " + gauge.name())
                        .isEqualTo(expected);
            }
        }
        assertThat(watched).containsKeys("voltage_volts", "soc_ratio");
        for (String part : List.of("lithium_kinetic", "film", "membrane", "cathode_kinetic", "electrolyte")) {
            assertThat(doors.text("/metrics/cells"))
                    .contains("pouchtwin_cell_overpotential_volts{cell=\"" + cell + "\",part=\"" + part + "\"} "
                            + number("overpotential_v_" + part + "_v") + "\n");
        }
    }

    /** The tester's own, or the twin's where the tester has none. */
    private static String temperature() {
        String measured = "temperature_measured_degc";
        return newest().containsKey(measured) ? measured : "temperature_predicted_degc";
    }

    private static Map<String, Double> ofCell(String metrics, String prefix) {
        Matcher lines = Pattern.compile("(?m)^" + prefix + "([a-z_]+)\\{cell=\"" + cell + "\"} (\\S+)$")
                .matcher(metrics);
        return lines.results().collect(Collectors.toMap(line -> line.group(1), line -> Double.valueOf(line.group(2))));
    }

    @Test
    void thePageShowsWhatTheTopicSaysAsItRoundsIt() throws Exception {
        ShownFacts expected = new ShownFacts(topic);
        try (PageReader page = new PageReader(whole.url() + "/?cell=" + cell)) {
            page.await(".charts .uplot");
            await().atMost(PATIENCE).until(() -> page.title(".now").endsWith(", sample " + topic.lastKey()));
            await().atMost(PATIENCE).until(() -> page.texts(".figure b").get(0).contains("±"));
            String now = page.text(".now");
            expected.assertNumber(now, "NUM V measured", "voltage_measured_v");
            expected.assertEstimate(now, "measured, NUM ± NUM V predicted", "voltage_predicted_v", 1);
            expected.assertNumber(now, "NUM mA/cm²", "current_density_ma_cm2");
            if (temperature().equals("temperature_measured_degc")) {
                expected.assertNumber(now, "· NUM °C", temperature());
            } else {
                assertThat(now).contains("temperature not measured");
            }
            List<String> figures = page.texts(".figure b");
            expected.assertEstimate(figures.get(0), "soc", 100);
            expected.assertEstimate(figures.get(1), "capacity_health", 100);
            expected.assertEstimate(figures.get(2), "resistance_health", 100);
            List<String> notes = page.texts(".figure > small");
            expected.assertEstimate(notes.get(1), "capacity_ah", 1000);
            expected.assertEstimate(notes.get(2), "film_resistance_ohm_cm2", 1);
            expected.assertCharts(page.charts());
        }
        try (PageReader page = new PageReader(whole.url() + "/?q=" + cell)) {
            page.await(".space .row a");
            expected.assertNumber(page.text(".space .row .c3"), "NUM V", "voltage_measured_v");
            expected.assertEstimate(page.text(".space .row .c4"), "soc", 100);
            expected.assertEstimate(page.text(".space .row .c5"), "capacity_health", 100);
        }
    }
}
