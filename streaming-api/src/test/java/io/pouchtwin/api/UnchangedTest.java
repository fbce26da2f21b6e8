package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.contracts.v1.CycleEstimate;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has not changed is not sent again: ETag and If-None-Match. */
class UnchangedTest {
    private ApiFixture api;

    @BeforeEach
    void start() {
        api = new ApiFixture();
        api.feed("P005", "run-5", 1, 3);
        api.store(store -> {
            store.registry(Map.of("P005", new SyntheticCell("P005", "run-5").registration(0)));
            store.forecasts(List.of(SyntheticFleet.forecast(11, 0.37), SyntheticFleet.forecast(12, 0.36)));
            store.cycles(List.of(cycle(1), cycle(2)));
            store.alerts(List.of(Alerts.raised("0a", "P005")));
        });
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void exactlyWhatTheDocumentGivesATagHasOneAndIsThenSentOnce() {
        JsonObject paths = api.json("/openapi.json").getJsonObject("paths");
        Set<String> tagged = new TreeSet<>();
        for (String path : paths.fieldNames()) {
            JsonObject operation = paths.getJsonObject(path).getJsonObject("get");
            if (operation == null || operation.getBoolean("x-endless", false)) {
                continue;
            }
            JsonObject answers = operation.getJsonObject("responses");
            String address = path.replace("{cell}", "P005")
                    .replace("{alert}", "0a")
                    .replace("{design}", "pouch-of-a-test")
                    .replace("/traces", "/traces?cells=P005");
            HttpResponse<String> first = api.get(address);
            assertThat(first.headers().firstValue("ETag").isPresent()).as(path).isEqualTo(answers.containsKey("304"));
            if (answers.containsKey("304")) {
                tagged.add(path);
                assertThat(answers.getJsonObject("200").getJsonObject("headers").fieldNames())
                        .as(path)
                        .contains("ETag");
                assertThat(first.body()).as(path).isNotEmpty();
                String tag = first.headers().firstValue("ETag").orElseThrow();
                HttpResponse<String> second = api.get(address, "If-None-Match", "\"another\", " + tag);
                assertThat(second.statusCode()).as(path).isEqualTo(304);
                assertThat(second.body()).as(path).isEmpty();
                assertThat(second.headers().firstValue("ETag")).as(path).contains(tag);
                assertThat(api.get(address, "If-None-Match", "\"another\"").statusCode())
                        .as(path)
                        .isEqualTo(200);
            }
        }
        assertThat(tagged)
                .contains(
                        "/api/v1/cells/{cell}/forecast",
                        "/api/v1/cells/{cell}/cycles",
                        "/api/v1/alerts",
                        "/api/v1/alerts/{alert}");
    }

    @Test
    void anotherForecastIsSent() {
        assertChangedBy(
                "/api/v1/cells/P005/forecast",
                () -> api.store(store -> store.forecasts(List.of(SyntheticFleet.forecast(13, 0.35)))));
    }

    @Test
    void anotherCycleIsSent() {
        assertChangedBy("/api/v1/cells/P005/cycles", () -> api.store(store -> store.cycles(List.of(cycle(3)))));
    }

    @Test
    void aPageIsNotTakenForAnother() {
        for (String list : List.of("/api/v1/cells/P005/cycles", "/api/v1/alerts", "/api/v1/registry")) {
            String tag = tag(list + "?limit=1");
            assertThat(api.get(list + "?limit=2", "If-None-Match", tag).statusCode())
                    .as(list)
                    .isEqualTo(200);
        }
    }

    @Test
    void anAlertThatSomebodyTookOnIsSentAndSoIsAnotherRevision() {
        for (String address : List.of("/api/v1/alerts", "/api/v1/alerts/0a")) {
            String note = "looking at " + address;
            assertChangedBy(
                    address,
                    () -> api.store(store -> store.acknowledgements(List.of(
                            Alerts.acknowledged("0a").toBuilder().setNote(note).build()))));
        }
        assertChangedBy(
                "/api/v1/alerts",
                () -> api.store(store -> store.alerts(List.of(
                        Alerts.raised("0a", "P005").toBuilder().setRevision(2).build()))));
    }

    @Test
    void whatDoesNotBelongToItLeavesAForecastAsItIs() {
        String tag = tag("/api/v1/cells/P005/forecast");
        api.feed("P005", "run-5", 4, 9);
        api.store(store -> store.forecasts(List.of(SyntheticFleet.forecast(12, 0.36)))); // once more, after a restart
        assertThat(api.get("/api/v1/cells/P005/forecast", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
    }

    private void assertChangedBy(String address, Runnable event) {
        String before = tag(address);
        event.run();
        HttpResponse<String> after = api.get(address, "If-None-Match", before);
        assertThat(after.statusCode()).as(address).isEqualTo(200);
        assertThat(after.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(before);
    }

    private String tag(String address) {
        return api.get(address).headers().firstValue("ETag").orElseThrow();
    }

    private static CycleEstimate cycle(int count) {
        return CycleEstimate.newBuilder()
                .setCell("P005")
                .setTestRun("run-5")
                .setCycleCount(count)
                .build();
    }
}
