package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketTest {
    private ApiFixture api;
    private Client client;

    @BeforeEach
    void start() {
        api = new ApiFixture();
        api.feed("A01", "run-1", 1, 5);
        api.feed("B01", "run-2", 1, 5);
        client = new Client(api);
        assertThat(client.next().getString("type")).isEqualTo("welcome");
    }

    @AfterEach
    void stop() {
        client.socket.abort();
        api.close();
    }

    @Test
    void oneSocketFollowsSeveralCellsAndLeavesThemAgain() {
        client.send("{\"type\":\"subscribe\",\"cells\":[\"A01\",\"B01\"]}");
        JsonObject subscribed = client.next();
        assertThat(subscribed.getString("type")).isEqualTo("subscribed");
        assertThat(subscribed.getJsonArray("cells")).isEqualTo(JsonArray.of("A01", "B01"));
        assertThat(List.of(client.state(), client.state())).containsExactly("A01 run-1:5", "B01 run-2:5");
        api.feed("A01", "run-1", 6, 7);
        assertThat(List.of(client.state(), client.state())).containsExactly("A01 run-1:6", "A01 run-1:7");

        client.send("{\"type\":\"unsubscribe\",\"cells\":[\"A01\"]}");
        assertThat(client.next().getString("type")).isEqualTo("unsubscribed");
        api.feed("A01", "run-1", 8, 8);
        api.feed("B01", "run-2", 6, 6);
        assertThat(client.state()).isEqualTo("B01 run-2:6");
    }

    @Test
    void allCellsIncludesThoseThatComeLater() {
        client.send("{\"type\":\"subscribe\",\"cells\":\"all\"}");
        assertThat(client.next().getString("cells")).isEqualTo("all");
        assertThat(List.of(client.state(), client.state())).containsExactly("A01 run-1:5", "B01 run-2:5");
        api.feed("C01", "run-3", 1, 1);
        assertThat(client.state()).isEqualTo("C01 run-3:1");
        client.send("{\"type\":\"unsubscribe\",\"cells\":\"all\"}");
        client.next();
        api.feed("C01", "run-3", 2, 2);
        client.send("{\"type\":\"ping\"}");
        assertThat(client.next().getString("type")).isEqualTo("pong");
    }

    @Test
    void aClientGoesOnAfterTheEventItNames() {
        client.send(
                "{\"type\":\"subscribe\",\"cells\":[\"A01\",\"B01\"],\"after\":{\"A01\":\"run-1:2\",\"B01\":\"run-2:5\"}}");
        client.next();
        api.feed("B01", "run-2", 6, 6);
        assertThat(List.of(client.state(), client.state(), client.state(), client.state()))
                .containsExactlyInAnyOrder("A01 run-1:3", "A01 run-1:4", "A01 run-1:5", "B01 run-2:6");
    }

    @Test
    void anEventNoLongerHeldIsAReset() {
        client.send("{\"type\":\"subscribe\",\"cells\":[\"A01\"],\"after\":{\"A01\":\"run-0:2\"}}");
        client.next();
        JsonObject reset = client.next();
        assertThat(reset.getString("type")).isEqualTo("reset");
        assertThat(reset.getString("code")).isEqualTo("unknown-id");
        assertThat(client.state()).isEqualTo("A01 run-1:1");
    }

    @Test
    void aRateIsKeptAndWhatIsLeftOutSaid() {
        client.send("{\"type\":\"subscribe\",\"cells\":[\"A01\"],\"max_rate_hz\":4}");
        client.next();
        assertThat(client.state()).isEqualTo("A01 run-1:5");
        api.feed("A01", "run-1", 6, 25);
        JsonObject conflated = client.next();
        assertThat(conflated.getString("type")).isEqualTo("conflated");
        assertThat(conflated.getInteger("skipped")).isEqualTo(19);
        assertThat(conflated.getString("from")).isEqualTo("run-1:6");
        assertThat(conflated.getString("to")).isEqualTo("run-1:24");
        assertThat(client.state()).isEqualTo("A01 run-1:25");
    }

    @Test
    void onlyTheQuantitiesThatAreAskedForAreSent() {
        client.send("{\"type\":\"subscribe\",\"cells\":[\"A01\"],\"quantities\":[\"soc\",\"voltage_measured_v\"]}");
        client.send("{\"type\":\"subscribe\",\"cells\":[\"B01\"]}");
        client.next();
        JsonObject some = client.next().getJsonObject("state");
        assertThat(some.fieldNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "cell",
                        "test_run",
                        "sequence",
                        "time",
                        "received_time",
                        "soc",
                        "voltage_measured_v",
                        "null_reasons");
        JsonObject whole = api.json("/api/v1/cells/A01").getJsonObject("latest");
        assertThat(some.getJsonObject("soc")).isEqualTo(whole.getJsonObject("soc"));
        assertThat(some.getDouble("voltage_measured_v")).isEqualTo(whole.getDouble("voltage_measured_v"));
        assertThat(some.getJsonObject("null_reasons")).isEmpty();
        client.next();
        assertThat(client.next().getJsonObject("state").fieldNames()).contains("overpotential_v", "innovation_v");

        // asked for otherwise, it comes otherwise
        client.send(
                "{\"type\":\"subscribe\",\"cells\":[\"A01\"],\"quantities\":[\"current_a\"],\"after\":{\"A01\":\"run-1:5\"}}");
        client.next();
        api.feed("A01", "run-1", 6, 6);
        assertThat(client.next().getJsonObject("state").fieldNames())
                .contains("current_a")
                .doesNotContain("soc");
    }

    @Test
    void everyMessageFitsTheDocumentOfTheStreams() {
        JsonObject document = api.json("/asyncapi.json");
        client.send("{\"type\":\"subscribe\",\"cells\":\"all\",\"quantities\":[\"soc\"],\"max_rate_hz\":4}");
        client.next();
        api.store(store -> store.alerts(List.of(Alerts.raised("0a", "A01"))));
        api.store(store -> store.forecasts(List.of(
                SyntheticFleet.forecast(3, 0.36).toBuilder().setCell("A01").build())));
        api.feed("A01", "run-1", 6, 25);
        Set<String> seen = new TreeSet<>();
        while (!seen.containsAll(Set.of("state", "alert", "outlook", "conflated", "heartbeat"))) {
            JsonObject message = client.nextOfAny();
            OpenApiTest.assertFits(
                    document,
                    document.getJsonObject("components")
                            .getJsonObject("messages")
                            .getJsonObject("websocket-" + message.getString("type"))
                            .getJsonObject("payload"),
                    message);
            seen.add(message.getString("type"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{not json",
                "[]",
                "null",
                "{\"type\":\"dance\"}",
                "{\"type\":\"subscribe\"}",
                "{\"type\":\"subscribe\",\"cells\":[]}",
                "{\"type\":\"subscribe\",\"cells\":[1]}",
                "{\"type\":\"subscribe\",\"cells\":[\"none\"]}",
                "{\"type\":\"subscribe\",\"cells\":[\"A01\"],\"max_rate_hz\":-1}",
                "{\"type\":\"subscribe\",\"cells\":[\"A01\"],\"after\":[]}",
                "{\"type\":\"subscribe\",\"cells\":[\"A01\"],\"quantities\":[]}",
                "{\"type\":\"subscribe\",\"cells\":[\"A01\"],\"quantities\":[\"colour\"]}",
                "{\"type\":\"subscribe\",\"cells\":[\"A01\"],\"max_rate\":1}",
                "{\"type\":\"ping\",\"cells\":\"all\"}",
                "",
            })
    void aMessageThatIsNotRightIsAnsweredWithANamedErrorAndTheSocketLives(String message) {
        client.send(message);
        JsonObject error = client.next();
        assertThat(error.getString("type")).isEqualTo("error");
        assertThat(error.getString("code")).isIn("bad-message", "unknown-cell");
        assertThat(error.getString("detail")).isNotBlank();
        client.send("{\"type\":\"ping\"}");
        assertThat(client.next().getString("type")).isEqualTo("pong");
    }

    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private final WebSocket socket;

        Client(ApiFixture api) {
            URI uri = URI.create("ws://127.0.0.1:" + api.port() + "/api/v1/ws");
            socket = ApiFixture.await(api.http.newWebSocketBuilder().buildAsync(uri, this));
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(new JsonObject(partial.toString()));
                partial.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        void send(String message) {
            ApiFixture.await(socket.sendText(message, true));
        }

        /** The next message that is not a heartbeat. */
        JsonObject next() {
            JsonObject message = nextOfAny();
            while (message.getString("type").equals("heartbeat")) {
                message = nextOfAny();
            }
            return message;
        }

        JsonObject nextOfAny() {
            try {
                JsonObject message = messages.poll(15, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("no message came");
                }
                return message;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        String state() {
            JsonObject message = next();
            assertThat(message.getString("type")).as(message.encode()).isEqualTo("state");
            JsonObject state = message.getJsonObject("state");
            return state.getString("cell") + " " + state.getString("id");
        }
    }
}
