package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pouchtwin.contracts.BusAddress;
import io.pouchtwin.contracts.v1.CyclingProgramme;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastRecord;
import io.pouchtwin.contracts.v1.ForecastRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forecasts under another programme, as asked for over HTTP; the forecaster is played. */
class WhatIfTest {
    private static final BlockingQueue<ForecastRequest> ASKED = new LinkedBlockingQueue<>();
    private static ApiFixture api;
    private static JsonObject document;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
        SyntheticCell cell = new SyntheticCell("A01", "run-1");
        api.store(store -> store.registry(
                Map.of("A01", cell.registration(0), "B01", cell.registration(1), "C01", cell.registration(2))));
        api.store(store -> store.forecasts(List.of(Forecast.newBuilder()
                .setCell("C01")
                .setTestRun("run-1")
                .setCycleCount(3)
                .build())));
        api.vertx.eventBus().consumer(BusAddress.forecastRequest("A01"), WhatIfTest::answer);
        document = api.json("/openapi.json");
    }

    private static void answer(Message<Buffer> message) {
        try {
            ForecastRequest request = ForecastRequest.parseFrom(message.body().getBytes());
            ASKED.add(request);
            if (request.getChargeCurrentA() > 100) {
                message.fail(BusAddress.SENSELESS, "charge_current_a: 101.0, expected at most 24");
            } else if (request.getCycles() == 4999) {
                message.fail(BusAddress.TOO_MANY, "more than 16 requests for forecasts wait; ask again later");
            } else {
                message.reply(Buffer.buffer(Forecast.newBuilder()
                        .setCell("A01")
                        .setWhatIf(true)
                        .setProgramme(CyclingProgramme.newBuilder().setChargeCurrentA(request.getChargeCurrentA()))
                        .setCellRecord(ForecastRecord.newBuilder().setScored(40).setCoverage90(0.9))
                        .build()
                        .toByteArray()));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void forget() {
        ASKED.clear();
    }

    private static HttpResponse<String> ask(String cell, String type, String body) {
        return api.send(HttpRequest.newBuilder(api.uri("/api/v1/cells/" + cell + "/forecast/what-if"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void whatIsAskedReachesTheForecasterAndItsAnswerTheAsker() {
        HttpResponse<String> response =
                ask("A01", "application/json", "{\"charge_current_a\":3.6,\"ambient_degc\":45,\"cycles\":200}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        ForecastRequest request = ASKED.remove();
        assertThat(request.getCell()).isEqualTo("A01");
        assertThat(request.getChargeCurrentA()).isEqualTo(3.6);
        assertThat(request.getAmbientDegc()).isEqualTo(45);
        assertThat(request.getCycles()).isEqualTo(200);
        assertThat(request.hasDischargeCurrentA()).isFalse();
        JsonObject answer = new JsonObject(response.body());
        OpenApiTest.assertFits(document, new JsonObject().put("$ref", "#/components/schemas/WhatIfForecast"), answer);
        JsonObject forecast = answer.getJsonObject("forecast");
        assertThat(forecast.getBoolean("what_if")).isTrue();
        assertThat(forecast.getJsonObject("programme").getDouble("charge_current_a"))
                .isEqualTo(3.6);
        assertThat(forecast.getJsonObject("cell_record").getDouble("coverage90"))
                .isEqualTo(0.9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A01 | application/json | {\"charge_current_a\":\"3\"} | 400 | charge_current_a is \"3\"",
                "A01 | application/json | {\"charge_current_a\":-1} | 400 | charge_current_a is \"-1\", expected a number from 0",
                "A01 | application/json | {\"cycles\":1.5} | 400 | expected a whole number from 1 to 5000",
                "A01 | application/json | {\"cycles\":0} | 400 | cycles is \"0\"",
                "A01 | application/json | {\"ambient_degc\":400} | 400 | ambient_degc is \"400\"",
                "A01 | application/json | {\"rate\":3} | 400 | charge_current_a, discharge_current_a",
                "A01 | application/json | [3] | 400 | no JSON object",
                "A01 | text/plain | {} | 415 | application/json",
                "A01 | application/json | {\"charge_current_a\":101} | 422 | expected at most 24",
                "A01 | application/json | {\"cycles\":4999} | 429 | ask again later",
                "B01 | application/json | {} | 409 | completed no cycle",
                "C01 | application/json | {} | 503 | No engine answers",
                "D01 | application/json | {} | 404 | Nothing is known of a cell",
            })
    void whatCannotBeAnsweredIsAProblemThatSaysWhy(String cell, String type, String body, int status, String detail) {
        HttpResponse<String> response = ask(cell, type, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getString("detail")).contains(detail);
        if (status == 422) {
            assertThat(problem.getString("field")).isEqualTo("charge_current_a");
            assertThat(problem.getString("value")).isEqualTo("101.0");
            assertThat(problem.getString("expected")).isEqualTo("at most 24");
        }
        JsonObject described = document.getJsonObject("paths")
                .getJsonObject("/api/v1/cells/{cell}/forecast/what-if")
                .getJsonObject("post")
                .getJsonObject("responses");
        assertThat(described.fieldNames()).contains(Integer.toString(status));
    }
}
