package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.pouchtwin.contracts.v1.AlertChange;
import io.pouchtwin.contracts.v1.AlertStage;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alerts through the public doors. */
class AlertsTest {
    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void alertsAreListedTheLatestFirstAndBySelection() {
        Alert first = Alerts.raised("0a", "A01");
        Alert second = Alerts.raised("0b", "B01");
        feed(
                first,
                second,
                Alerts.changed(second, AlertChange.ALERT_CHANGE_ESCALATED, AlertStage.ALERT_STAGE_CRITICAL));
        feed(Alerts.changed(first, AlertChange.ALERT_CHANGE_CLEARED, AlertStage.ALERT_STAGE_WARNING));
        assertThat(ids("")).containsExactly("0b", "0a");
        assertThat(ids("?open=true")).containsExactly("0b");
        assertThat(ids("?open=false")).containsExactly("0a");
        assertThat(ids("?stage=critical")).containsExactly("0b");
        assertThat(ids("?cell=A01")).containsExactly("0a");
        assertThat(api.json("/api/v1/alerts?limit=1").getInteger("total")).isEqualTo(2);
    }

    @Test
    void alertsAreReadPageByPageThoughSomeClearMeanwhile() {
        List<Alert> raised = IntStream.range(0, 7)
                .mapToObj(i -> Alerts.raised("0" + i, i == 3 ? "B01" : "A01"))
                .toList();
        feed(raised.toArray(Alert[]::new));
        JsonObject page = api.json("/api/v1/alerts?open=true&cell=A01&limit=2");
        assertThat(idsOf(page)).containsExactly("06", "05");
        assertThat(page.getInteger("total")).isEqualTo(6);
        feed(Alerts.changed(raised.get(5), AlertChange.ALERT_CHANGE_CLEARED, AlertStage.ALERT_STAGE_WARNING));
        List<String> rest = new ArrayList<>();
        while (page.getString("next") != null) {
            page = api.json(page.getString("next"));
            rest.addAll(idsOf(page));
        }
        assertThat(rest).containsExactly("04", "02", "01", "00");
        assertThat(api.get("/api/v1/alerts?after=never").statusCode()).isEqualTo(410);
    }

    @Test
    void anOldRevisionChangesNothing() {
        Alert first = Alerts.raised("0a", "A01");
        feed(Alerts.changed(first, AlertChange.ALERT_CHANGE_CLEARED, AlertStage.ALERT_STAGE_WARNING), first);
        assertThat(ids("?open=true")).isEmpty();
    }

    @Test
    void anAcknowledgementIsWrittenWithItsOperatorAndShownOnceTheTopicBringsIt() {
        feed(Alerts.raised("0a", "A01"));
        HttpResponse<String> answer =
                acknowledge("0a", "{\"operator\":\"anna\",\"note\":\"looking\"}", "application/json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body())
                        .getJsonObject("acknowledgement")
                        .getString("operator"))
                .isEqualTo("anna");
        AlertAcknowledgement written = api.acknowledged.get(0);
        assertThat(written.getAlertId()).isEqualTo("0a");
        assertThat(written.getNote()).isEqualTo("looking");
        assertThat(written.getCell()).isEqualTo("A01");
        assertThat(written.getUnixTimeS()).isGreaterThan(1.7e9);
        api.store(store -> store.acknowledgements(List.of(written)));
        assertThat(api.json("/api/v1/alerts/0a")
                        .getJsonObject("acknowledgement")
                        .getString("note"))
                .isEqualTo("looking");
    }

    @Test
    void anAcknowledgementThatComesBeforeItsAlertIsNotLost() {
        api.store(store -> store.acknowledgements(List.of(Alerts.acknowledged("0a"))));
        feed(Alerts.raised("0a", "A01"));
        assertThat(api.json("/api/v1/alerts/0a")
                        .getJsonObject("acknowledgement")
                        .getString("operator"))
                .isEqualTo("anna");
    }

    @Test
    void whatIsNoAcknowledgementIsRefusedWithAReasonAndWritesNothing() {
        feed(Alerts.raised("0a", "A01"));
        String good = "{\"operator\":\"anna\"}";
        assertThat(code(acknowledge("none", good, "application/json"))).isEqualTo("unknown-alert");
        assertThat(code(acknowledge("0a", good, "text/plain"))).isEqualTo("not-json");
        assertThat(code(acknowledge("0a", "{", "application/json"))).isEqualTo("not-json");
        assertThat(code(acknowledge("0a", "{}", "application/json"))).isEqualTo("bad-parameter");
        assertThat(code(acknowledge("0a", "{\"operator\":7}", "application/json")))
                .isEqualTo("bad-parameter");
        assertThat(code(acknowledge("0a", "{\"operator\":\"a\",\"silence\":true}", "application/json")))
                .isEqualTo("bad-parameter");
        String longNote = "{\"operator\":\"a\",\"note\":\"" + "x".repeat(9000) + "\"}";
        assertThat(code(acknowledge("0a", longNote, "application/json"))).isEqualTo("body-too-long");
        assertThat(code(api.get("/api/v1/alerts/0a/acknowledge"))).isEqualTo("method-not-allowed");
        HttpRequest foreign = request("0a", good, "application/json")
                .header("Origin", "http://elsewhere.example")
                .build();
        assertThat(code(api.send(foreign))).isEqualTo("foreign-origin");
        assertThat(api.acknowledged).isEmpty();
    }

    @Test
    void anAcknowledgementThatCouldNotBeWrittenIsNotConfirmed() {
        feed(Alerts.raised("0a", "A01"));
        api.deskClosed = true;
        HttpResponse<String> answer = acknowledge("0a", "{\"operator\":\"anna\"}", "application/json");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(code(answer)).isEqualTo("not-written");
    }

    @Test
    void aStreamBringsTheAlertsOfItsCellsAndOfNoOther() {
        api.feed("A01", "run-1", 1, 1);
        api.feed("B01", "run-1", 1, 1);
        try (EventStream one = api.stream("/api/v1/cells/A01/stream");
                EventStream all = api.stream("/api/v1/stream?max_rate_hz=1")) {
            one.states(1);
            all.states(2);
            feed(Alerts.raised("0b", "B01"), Alerts.raised("0a", "A01"));
            api.store(store -> store.acknowledgements(List.of(Alerts.acknowledged("0a"))));
            EventStream.Event first = one.next();
            assertThat(first.name()).isEqualTo("alert");
            assertThat(first.data().getString("id")).isEqualTo("0a");
            assertThat(one.next().data().getJsonObject("acknowledgement").getString("operator"))
                    .isEqualTo("anna");
            assertThat(all.next().data().getString("cell")).isEqualTo("B01");
            assertThat(all.next().data().getString("cell")).isEqualTo("A01");
        }
    }

    private void feed(Alert... alerts) {
        api.store(store -> store.alerts(List.of(alerts)));
    }

    private List<String> ids(String query) {
        return idsOf(api.json("/api/v1/alerts" + query));
    }

    private static List<String> idsOf(JsonObject page) {
        return page.getJsonArray("alerts").stream()
                .map(alert -> ((JsonObject) alert).getString("id"))
                .toList();
    }

    private HttpRequest.Builder request(String alert, String body, String type) {
        return HttpRequest.newBuilder(api.uri("/api/v1/alerts/" + alert + "/acknowledge"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> acknowledge(String alert, String body, String type) {
        return api.send(request(alert, body, type).build());
    }

    private static String code(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("code");
    }
}
