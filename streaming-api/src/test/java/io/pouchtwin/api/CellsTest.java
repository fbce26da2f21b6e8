package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.api.store.Contact;
import io.pouchtwin.api.store.StateRecord;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.LivePoint;
import io.pouchtwin.contracts.v1.TwinState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CellsTest {
    private ApiFixture api;

    @BeforeEach
    void start() {
        api = new ApiFixture();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aCellIsShownWithItsStateUnderTheMessagesNamesAndUnits() {
        SyntheticCell cell = new SyntheticCell("A01", "run-1");
        TwinState state = cell.state(12, 1);
        register(Map.of("A01", cell.registration(4)));
        api.feed(state);

        JsonObject detail = api.json("/api/v1/cells/A01");
        JsonObject latest = detail.getJsonObject("latest");
        assertThat(latest.getDouble("voltage_measured_v")).isEqualTo(state.getVoltageMeasuredV());
        assertThat(latest.getJsonObject("voltage_predicted_v").getDouble("sigma"))
                .isEqualTo(state.getVoltagePredictedV().getSigma());
        assertThat(latest.getJsonObject("overpotential_v").getDouble("film_v"))
                .isEqualTo(state.getOverpotentialV().getFilmV());
        assertThat(latest.getString("step_type")).isEqualTo("cc_charge");
        assertThat(latest.getString("time")).isEqualTo("2023-11-14T22:13:32Z");
        assertThat(detail.getJsonObject("registration").getString("channel")).isEqualTo("27-21-5-1");
        assertThat(detail.getJsonObject("trust").getString("state")).isEqualTo("trusted");
        assertThat(detail.getJsonObject("liveness").getString("state")).isEqualTo("live");
        assertThat(detail.getJsonObject("liveness").getDouble("sample_age_s")).isCloseTo(0, within(20.0));
    }

    @Test
    void everyFieldOfTheMessageIsThere() {
        api.feed("A01", "run-1", 1, 1);
        JsonObject latest = api.json("/api/v1/cells/A01").getJsonObject("latest");
        TwinState.getDescriptor()
                .getFields()
                .forEach(field -> assertThat(latest.containsKey(field.getName()))
                        .as(field.getName())
                        .isTrue());
    }

    @Test
    void aNumberThatIsNoneIsNullWithItsReason() {
        TwinState state = new SyntheticCell("A01", "run-1")
                .state(1, 1).toBuilder()
                        .setInnovationV(Double.NaN)
                        .setSoc(Estimate.newBuilder().setValue(0.5).setSigma(Double.POSITIVE_INFINITY))
                        .clearTemperatureMeasuredDegc()
                        .build();
        api.feed(state);
        JsonObject latest = api.json("/api/v1/cells/A01").getJsonObject("latest");
        assertThat(latest.getValue("innovation_v")).isNull();
        assertThat(latest.getJsonObject("soc").getDouble("value")).isEqualTo(0.5);
        assertThat(latest.getJsonObject("soc").getValue("sigma")).isNull();
        assertThat(latest.getValue("temperature_measured_degc")).isNull();
        assertThat(latest.getJsonObject("null_reasons").getMap())
                .containsEntry("innovation_v", "not a finite number")
                .containsEntry("soc.sigma", "not a finite number")
                .containsEntry("temperature_measured_degc", "not reported")
                .doesNotContainKeys("soc.value", "voltage_measured_v");
    }

    @Test
    void aRegisteredCellWithoutStatesSaysSo() {
        register(Map.of("A01", new SyntheticCell("A01", "run-1").registration(1)));
        JsonObject detail = api.json("/api/v1/cells/A01");
        assertThat(detail.getValue("latest")).isNull();
        assertThat(detail.getJsonObject("liveness").getString("words")).isEqualTo("no sample yet");
        assertThat(detail.getJsonObject("trust").getString("words")).isEqualTo("no prediction yet");
    }

    @Test
    void aCellWhoseTesterIsSilentIsStaleInWords() {
        TwinState state = new SyntheticCell("A01", "run-1").state(1, 1);
        long tenMinutesAgoUs = (System.currentTimeMillis() - 600_000) * 1000;
        api.store(store -> store.accept(List.of(StateRecord.of(state, tenMinutesAgoUs))));
        assertThat(liveness("A01").getString("state")).isEqualTo("stale");
        assertThat(liveness("A01").getString("words")).isEqualTo("stale: nothing from its tester for 10 min");

        long nowUs = System.currentTimeMillis() * 1000;
        LivePoint live = LivePoint.newBuilder().setVoltageV(3.7).build();
        api.store(store -> store.contacts(Map.of("A01", new Contact(nowUs, "run-1", Optional.of(live), false))));
        assertThat(liveness("A01").getString("state")).isEqualTo("quiet");
        assertThat(liveness("A01").getString("words")).isEqualTo("its tester answers; no new sample for 10 min");

        api.store(store -> store.contacts(Map.of("A01", new Contact(nowUs + 1, "run-1", Optional.empty(), true))));
        assertThat(liveness("A01").getString("state")).isEqualTo("ended");
    }

    @Test
    void aListIsReadPageByPageWithoutGapOrDuplicate() {
        Map<String, CellRegistration> many = new TreeMap<>();
        for (int i = 0; i < 25; i++) {
            String name = String.format(Locale.ROOT, "cell %02d/ü&=", i);
            many.put(name, new SyntheticCell(name, "run").registration(i));
        }
        register(many);
        List<String> seen = new ArrayList<>();
        String next = "/api/v1/cells?limit=10&design=pouch-ncm523-ppla";
        int pages = 0;
        while (next != null) {
            JsonObject page = api.json(next);
            assertThat(page.getInteger("total")).isEqualTo(13);
            page.getJsonArray("cells").forEach(cell -> seen.add(((JsonObject) cell).getString("cell")));
            next = page.getString("next");
            pages++;
        }
        assertThat(pages).isEqualTo(2);
        assertThat(seen).doesNotHaveDuplicates().isSorted().hasSize(13);
    }

    @Test
    void cellsAreFoundByWhatTheyAre() {
        register(Map.of(
                "A01", new SyntheticCell("A01", "run").registration(0),
                "B01", new SyntheticCell("B01", "run").registration(1)));
        assertThat(names("/api/v1/cells?search=b0")).containsExactly("B01");
        assertThat(names("/api/v1/cells?search=NCM811")).containsExactly("B01");
        assertThat(names("/api/v1/cells?tester=neware-2")).containsExactly("A01");
        assertThat(names("/api/v1/cells?campaign=none")).isEmpty();
    }

    @Test
    void theRegistryIsFetchedAgainOnlyWhenItChanged() {
        register(Map.of("A01", new SyntheticCell("A01", "run").registration(0)));
        HttpResponse<String> first = api.get("/api/v1/registry");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(new JsonObject(first.body()).getJsonArray("cells")).hasSize(1);
        api.feed("A01", "run", 1, 3);
        HttpResponse<String> second = api.get("/api/v1/registry", "If-None-Match", tag);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();

        register(Map.of("B01", new SyntheticCell("B01", "run").registration(1)));
        HttpResponse<String> third = api.get("/api/v1/registry", "If-None-Match", tag);
        assertThat(third.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(third.body())
                        .getJsonArray("cells")
                        .getJsonObject(0)
                        .getString("cell"))
                .isEqualTo("B01");
        assertThat(api.json("/api/v1/cells/A01").getValue("registration")).isNull();
    }

    @Test
    void theRecentPastIsOldestFirstAndBounded() {
        api.feed("A01", "run-1", 1, 150);
        JsonObject recent = api.json("/api/v1/cells/A01/recent?limit=5");
        assertThat(sequences(recent)).containsExactly(146L, 147L, 148L, 149L, 150L);
        assertThat(recent.getString("oldest_held")).isEqualTo("run-1:51");
        assertThat(recent.getString("newest_held")).isEqualTo("run-1:150");
        assertThat(sequences(api.json("/api/v1/cells/A01/recent?limit=5000"))).hasSize(100);
        assertThat(sequences(api.json("/api/v1/cells/A01/recent?after=run-1:147&limit=2")))
                .containsExactly(148L, 149L);
        assertThat(api.get("/api/v1/cells/A01/recent?after=run-1:3").statusCode())
                .isEqualTo(410);
    }

    @Test
    void theSameStateTwiceIsHeldOnce() {
        api.feed("A01", "run-1", 1, 10);
        api.feed("A01", "run-1", 5, 12);
        assertThat(sequences(api.json("/api/v1/cells/A01/recent"))).hasSize(12).isSorted();
        assertThat(api.get("/metrics").body()).contains("pouchtwin_api_duplicates 6.0");
    }

    @Test
    void aTraceHasTheOldestAndTheNewestPointAndKeepsItsLength() {
        api.feed("A01", "run-1", 1, 90);
        api.feed("B01", "run-1", 1, 3);
        JsonArray traces =
                api.json("/api/v1/traces?cells=A01,B01,unknown&points=10").getJsonArray("traces");
        assertThat(traces).hasSize(2);
        JsonArray times = traces.getJsonObject(0).getJsonArray("test_time_s");
        assertThat(times).hasSize(10);
        assertThat(times.getDouble(0)).isEqualTo(1);
        assertThat(times.getDouble(9)).isEqualTo(90);
        assertThat(traces.getJsonObject(0).getJsonArray("voltage_predicted_sigma_v"))
                .hasSize(10);
        assertThat(traces.getJsonObject(1).getJsonArray("test_time_s")).hasSize(3);
    }

    @Test
    void manyCellsShareTheMemory() {
        ApiConfig config = new ApiConfig("127.0.0.1", 0, 100, 50, 10, 30, 10);
        try (ApiFixture small = new ApiFixture(config)) {
            for (int i = 0; i < 10; i++) {
                small.feed("cell-" + i, "run", 1, 40);
            }
            small.feed("cell-0", "run", 41, 41);
            assertThat(small.json("/api/v1/cells/cell-9").getInteger("states_held"))
                    .isEqualTo(5);
            assertThat(small.json("/api/v1/cells/cell-0").getInteger("states_held"))
                    .isEqualTo(5);
        }
    }

    private void register(Map<String, CellRegistration> registrations) {
        api.store(store -> store.registry(registrations));
    }

    private JsonObject liveness(String cell) {
        return api.json("/api/v1/cells/" + cell).getJsonObject("liveness");
    }

    private List<String> names(String path) {
        return api.json(path).getJsonArray("cells").stream()
                .map(cell -> ((JsonObject) cell).getString("cell"))
                .toList();
    }

    private static List<Long> sequences(JsonObject recent) {
        return recent.getJsonArray("states").stream()
                .map(state -> ((JsonObject) state).getLong("sequence"))
                .toList();
    }
}
