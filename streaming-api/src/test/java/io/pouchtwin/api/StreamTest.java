package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTest {
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
    void aReaderGetsTheNewestStateAtOnceAndThenEachNewOneInOrder() {
        api.feed("A01", "run-1", 1, 5);
        try (EventStream stream = api.stream("/api/v1/cells/A01/stream")) {
            assertThat(sequences(stream.states(1))).containsExactly(5L);
            api.feed("A01", "run-1", 6, 20);
            api.feed("B01", "run-9", 1, 3);
            api.feed("A01", "run-1", 21, 22);
            List<EventStream.Event> states = stream.states(17);
            assertThat(sequences(states)).isEqualTo(range(6, 22));
            assertThat(states.get(0).id()).isEqualTo("run-1:6");
            assertThat(states.get(0).data().getString("cell")).isEqualTo("A01");
        }
    }

    @Test
    void aReaderThatComesBackMissesNothingAndGetsNothingTwice() {
        api.feed("A01", "run-1", 1, 10);
        String last;
        try (EventStream stream = api.stream("/api/v1/cells/A01/stream")) {
            api.feed("A01", "run-1", 11, 20);
            List<EventStream.Event> states = stream.states(11);
            last = states.get(states.size() - 1).id();
        }
        api.feed("A01", "run-1", 21, 60);
        api.feed("A01", "run-2", 1, 5);
        try (EventStream stream = api.stream("/api/v1/cells/A01/stream", "Last-Event-ID", last)) {
            api.feed("A01", "run-2", 6, 10);
            List<EventStream.Event> states = stream.states(50);
            assertThat(sequences(states.subList(0, 40))).isEqualTo(range(21, 60));
            assertThat(sequences(states.subList(40, 50))).isEqualTo(range(1, 10));
            assertThat(states.get(40).id()).isEqualTo("run-2:1");
        }
    }

    @Test
    void aReaderThatFetchedThePastGoesOnWithoutAGap() {
        api.feed("A01", "run 1/ä%", 1, 50);
        JsonObject recent = api.json("/api/v1/cells/A01/recent?limit=10");
        JsonArray states = recent.getJsonArray("states");
        String last = recent.getString("newest_held");
        assertThat(states.getJsonObject(9).getString("id")).isEqualTo(last).isEqualTo("run%201/%c3%a4%25:50");
        api.feed("A01", "run 1/ä%", 51, 55);
        String query = URLEncoder.encode(last, StandardCharsets.UTF_8);
        try (EventStream stream = api.stream("/api/v1/cells/A01/stream?last_event_id=" + query)) {
            assertThat(sequences(stream.states(5))).isEqualTo(range(51, 55));
        }
    }

    @Test
    void aReaderThatIsTooLateIsToldWhatIsMissingAndGetsWhatIsHeld() {
        api.feed("A01", "run-1", 1, 10);
        api.feed("A01", "run-1", 11, 150); // the ring holds 100
        try (EventStream stream = api.stream("/api/v1/cells/A01/stream", "Last-Event-ID", "run-1:10")) {
            EventStream.Event reset = stream.next();
            assertThat(reset.name()).isEqualTo("reset");
            assertThat(reset.data().getString("code")).isEqualTo("too-old");
            assertThat(reset.data().getString("requested")).isEqualTo("run-1:10");
            assertThat(reset.data().getJsonArray("cells").getJsonObject(0).getString("missing_before"))
                    .isEqualTo("run-1:51");
            assertThat(sequences(stream.states(100))).isEqualTo(range(51, 150));
        }
    }

    @Test
    void anIdThatWasNeverGivenIsAResetNotSilence() {
        api.feed("A01", "run-1", 1, 3);
        for (String id : List.of("nonsense", "run-7:12", "run-1:99", "run-1:x")) {
            try (EventStream stream = api.stream("/api/v1/cells/A01/stream", "Last-Event-ID", id)) {
                EventStream.Event reset = stream.next();
                assertThat(reset.name()).isEqualTo("reset");
                assertThat(reset.data().getString("code")).isEqualTo("unknown-id");
                assertThat(sequences(stream.states(3))).isEqualTo(range(1, 3));
            }
        }
    }

    @Test
    void theStreamOfAllCellsGoesOnWhereTheReaderWas() {
        api.feed("A01", "run-1", 1, 5);
        api.feed("B01", "run-2", 1, 5);
        String position = api.json("/api/v1/cells").getString("position");
        api.feed("A01", "run-1", 6, 7);
        api.feed("C01", "run-3", 1, 2);
        String last;
        try (EventStream stream = api.stream("/api/v1/stream?last_event_id=" + position)) {
            List<EventStream.Event> states = stream.states(4);
            assertThat(ids(states))
                    .containsExactlyInAnyOrder("A01 run-1:6", "A01 run-1:7", "C01 run-3:1", "C01 run-3:2");
            api.feed("B01", "run-2", 6, 6);
            last = stream.states(1).get(0).id();
        }
        api.feed("A01", "run-1", 8, 8);
        try (EventStream stream = api.stream("/api/v1/stream?cells=A01,B01", "Last-Event-ID", last)) {
            api.feed("C01", "run-3", 3, 3);
            api.feed("B01", "run-2", 7, 7);
            assertThat(ids(stream.states(2))).containsExactly("A01 run-1:8", "B01 run-2:7");
        }
    }

    @Test
    void aPlaceInTheStreamOfAnotherServerIsAResetAndTheNewestStateOfEachCell() {
        api.feed("A01", "run-1", 1, 5);
        api.feed("B01", "run-2", 1, 3);
        try (EventStream stream = api.stream("/api/v1/stream", "Last-Event-ID", "0badcafe-17")) {
            EventStream.Event reset = stream.next();
            assertThat(reset.name()).isEqualTo("reset");
            assertThat(reset.data().getString("code")).isEqualTo("server-restarted");
            assertThat(ids(stream.states(2))).containsExactly("A01 run-1:5", "B01 run-2:3");
        }
    }

    @Test
    void aReaderOfAllIsToldWhichCellsMissStates() {
        api.feed("A01", "run-1", 1, 5);
        api.feed("B01", "run-2", 1, 3);
        String position = api.json("/api/v1/cells").getString("position");
        api.feed("A01", "run-1", 6, 130);
        try (EventStream stream = api.stream("/api/v1/stream", "Last-Event-ID", position)) {
            EventStream.Event reset = stream.next();
            assertThat(reset.name()).isEqualTo("reset");
            assertThat(reset.data().getJsonArray("cells"))
                    .isEqualTo(new JsonArray()
                            .add(new JsonObject().put("cell", "A01").put("missing_before", "run-1:31")));
            assertThat(sequences(stream.states(100))).isEqualTo(range(31, 130));
        }
    }

    @Test
    void aReaderWithARateIsToldWhatWasLeftOut() {
        api.feed("A01", "run-1", 1, 1);
        try (EventStream stream = api.stream("/api/v1/cells/A01/stream?max_rate_hz=5")) {
            stream.states(1);
            for (int sequence = 2; sequence <= 40; sequence++) {
                api.feed("A01", "run-1", sequence, sequence);
            }
            long covered = 1;
            boolean leftOut = false;
            while (covered < 40) {
                EventStream.Event event = stream.next();
                if (event.name().equals("conflated")) {
                    assertThat(event.data().getString("from")).isEqualTo("run-1:" + (covered + 1));
                    covered += event.data().getLong("skipped");
                    assertThat(event.data().getString("to")).isEqualTo("run-1:" + covered);
                    assertThat(event.data().getString("reason")).isEqualTo("rate-limit");
                    leftOut = true;
                } else {
                    covered++;
                    assertThat(event.data().getLong("sequence")).isEqualTo(covered);
                }
            }
            assertThat(leftOut).isTrue();
        }
    }

    @Test
    void theStreamSaysThatItLives() {
        api.feed("A01", "run-1", 1, 1);
        try (EventStream stream = api.stream("/api/v1/cells/A01/stream")) {
            stream.states(1);
            EventStream.Event event = stream.nextOfAny();
            assertThat(event.name()).isEqualTo("heartbeat");
            assertThat(event.data().getString("time")).endsWith("Z");
        }
    }

    @Test
    void aReaderThatLeavesIsForgotten() {
        api.feed("A01", "run-1", 1, 1);
        EventStream stream = api.stream("/api/v1/cells/A01/stream");
        stream.states(1);
        assertThat(api.get("/metrics").body()).contains("pouchtwin_api_subscribers{kind=\"sse\"} 1.0");
        stream.close();
        await().untilAsserted(() ->
                assertThat(api.get("/metrics").body()).contains("pouchtwin_api_subscribers{kind=\"sse\"} 0.0"));
    }

    @Test
    void latencyFromGatewayToSubscriberIsMeasured() {
        api.feed("A01", "run-1", 1, 1);
        try (EventStream stream = api.stream("/api/v1/cells/A01/stream")) {
            stream.states(1);
            api.feed("A01", "run-1", 2, 11);
            stream.states(10);
        }
        assertThat(api.get("/metrics").body())
                .contains("pouchtwin_api_latency_seconds_count 10")
                .contains("pouchtwin_api_latency_seconds_bucket{le=\"0.15\"}");
    }

    @Test
    void oneSubscriberTooManyIsRefusedAndToldWhen() {
        ApiConfig one = new ApiConfig("127.0.0.1", 0, 10, 10, 10, 30, 1);
        try (ApiFixture small = new ApiFixture(one)) {
            small.feed("A01", "run-1", 1, 1);
            try (EventStream stream = small.stream("/api/v1/stream")) {
                stream.states(1);
                var refused = small.get("/api/v1/cells/A01/stream");
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo("too-many-subscribers");
            }
        }
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<Long> sequences(List<EventStream.Event> states) {
        return states.stream().map(e -> e.data().getLong("sequence")).toList();
    }

    private static List<String> ids(List<EventStream.Event> states) {
        return states.stream()
                .map(e -> e.data().getString("cell") + " " + e.data().getString("id"))
                .toList();
    }
}
