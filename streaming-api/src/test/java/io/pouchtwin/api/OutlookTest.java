package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.contracts.v1.Forecast;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A forecast's few numbers: in the list of cells, and as an event to those who listen. */
class OutlookTest {
    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
        api.feed("P005", "run-5", 1, 3);
        api.feed("A01", "run-1", 1, 3);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aForecastIsToldOnceToThoseWhoFollowTheCellAndStandsInTheListAfterwards() {
        Forecast forecast = SyntheticFleet.forecast(12, 0.36);
        try (EventStream all = api.stream("/api/v1/stream");
                EventStream other = api.stream("/api/v1/cells/A01/stream")) {
            all.states(2); // the newest of each cell comes first
            other.states(1);
            api.store(store -> store.forecasts(List.of(forecast, forecast)));
            EventStream.Event told = all.next();
            assertThat(told.name()).isEqualTo("outlook");
            JsonObject event = told.data();
            assertThat(event.getString("cell")).isEqualTo("P005");
            JsonObject listed = api.json("/api/v1/cells/P005").getJsonObject("outlook");
            assertThat(event.getJsonObject("outlook")).isEqualTo(listed);
            assertThat(listed.getJsonObject("remaining_cycles"))
                    .isEqualTo(new JsonObject()
                            .put("low", 90.0)
                            .put("median", 210.0)
                            .put("high", 480.0)
                            .put("horizon", 1000.0)
                            .put("share_within_horizon", 0.93));
            assertThat(listed.getJsonObject("short_index").getDouble("within_cycles"))
                    .isEqualTo(50);
            assertThat(api.json("/api/v1/cells/A01").getJsonObject("outlook")).isNull();
            JsonObject document = api.json("/openapi.json");
            OpenApiTest.assertFits(document, new JsonObject().put("$ref", "#/components/schemas/OutlookEvent"), event);
            // the second was the same, and the other cell's follower heard of none: a state comes next
            api.feed("A01", "run-1", 4, 4);
            all.states(1);
            other.states(1);
        }
    }
}
