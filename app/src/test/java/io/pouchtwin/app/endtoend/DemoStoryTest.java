package io.pouchtwin.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pouchtwin.contracts.v1.StopRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo promises a newcomer, with everything running and its clock as fast as it goes. */
class DemoStoryTest {
    private static final double FASTEST = 1000;
    private static final double HOUR_S = 3600;
    private static final double LEAK_FROM_H = 4;
    private static final double HARD_AT_H = 9.5;
    private static final double WATCHED_H = 7;

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void theShortIsCriticalHoursBeforeItIsHardAndItsArmedChannelStoppedAndCellsThatStayWellAreLeftInPeace()
            throws Exception {
        try (WholeSystem system = new WholeSystem(directory, 4, FASTEST)) {
            system.startAlerts();
            system.startGateway("pouch-004");
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> earliest(system, "pouch-001", "coin-002", "pouch-003") > WATCHED_H * HOUR_S);

            assertThat(told(system, "pouch-001", "coin-002"))
                    .as("cells that stay well")
                    .isEmpty();
            // forecasts and stops take seconds on a loaded machine, and seconds here are hours of the test
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(told(system, "pouch-003"))
                            .as("a cell that ages by resistance")
                            .anyMatch(alert -> alert.getString("rule").equals("end-of-life-ahead")));
            assertThat(told(system, "pouch-003"))
                    .as("no faster than its twin can follow")
                    .noneMatch(alert -> alert.getString("rule").equals("model-not-trusted"));
            JsonObject called = told(system, "pouch-004").stream()
                    .filter(alert -> alert.getString("rule").equals("soft-short"))
                    .findFirst()
                    .orElseThrow();
            assertThat(hours(called, "raised")).isBetween(LEAK_FROM_H, HARD_AT_H - 3);
            assertThat(hours(called, "critical")).isBetween(LEAK_FROM_H, HARD_AT_H - 3);
            JsonObject shorted = ask(system, "/api/v1/cells/pouch-004");
            assertThat(shorted.getJsonObject("registration").getString("note")).contains("soft short");
            await().atMost(Duration.ofSeconds(90)).until(() -> !system.stops().isEmpty());
            List<StopRecord> stops = system.stops();
            // another rule may ask, too; a tester refuses to stop a channel that stands already
            assertThat(stops.get(0).getOutcome()).isEqualTo(StopRecord.Outcome.STOPPED);
            assertThat(stops).allMatch(stop -> stop.getRequest().getCell().equals("pouch-004"));
            assertThat(stops.get(0).getRequest().getMoment().getTestTimeS() / HOUR_S)
                    .as("met again, a minute or more after the first time")
                    .isGreaterThan(hours(called, "critical"));
            // what was read before the stop may still be under way
            double last = lastReadingAfter(system, 0.5);
            double next = lastReadingAfter(system, 0.5);
            for (int look = 0; look < 20 && next != last; look++) {
                last = next;
                next = lastReadingAfter(system, 0.5);
            }
            assertThat(next).as("readings end after the stop").isEqualTo(last);
        }
    }

    /** Test time of the stopped cell's last reading when the others have gone on for some hours [s]. */
    private double lastReadingAfter(WholeSystem system, double hours) throws Exception {
        double until = earliest(system, "pouch-001", "coin-002") + hours * HOUR_S;
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> earliest(system, "pouch-001", "coin-002") > until);
        return ask(system, "/api/v1/cells/pouch-004").getJsonObject("latest").getDouble("test_time_s");
    }

    private static double hours(JsonObject alert, String moment) {
        return alert.getJsonObject(moment).getDouble("test_time_s") / HOUR_S;
    }

    /** How far the cell that is least far has come [s]. */
    private double earliest(WholeSystem system, String... cells) throws Exception {
        return objects(ask(system, "/api/v1/cells").getJsonArray("cells"))
                .filter(cell -> List.of(cells).contains(cell.getString("cell")))
                .mapToDouble(cell -> cell.getJsonObject("latest") == null
                        ? 0
                        : cell.getJsonObject("latest").getDouble("test_time_s"))
                .min()
                .orElse(0);
    }

    /** Alerts of cells, but for those of a machine that is too slow for the clock. */
    private List<JsonObject> told(WholeSystem system, String... cells) throws Exception {
        return objects(ask(system, "/api/v1/alerts?limit=1000").getJsonArray("alerts"))
                .filter(alert -> List.of(cells).contains(alert.getString("cell")))
                .filter(alert -> !alert.getString("rule").equals("data-stale"))
                .toList();
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }

    private JsonObject ask(WholeSystem system, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(system.url() + path)).build();
        return new JsonObject(http.send(request, BodyHandlers.ofString()).body());
    }
}
