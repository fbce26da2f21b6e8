package io.pouchtwin.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pouchtwin.api.contract.RequestBody;
import io.pouchtwin.api.json.Json;
import io.pouchtwin.api.json.MessageJson;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.contracts.BusAddress;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/** What a cell's twin expects. */
public final class ForecastHandlers {
    private static final long TIMEOUT_MS = 20_000;

    private final StateStore store;
    private final EventBus forecasters;

    /** Answers from a store; what is not there is asked for on the event bus, which reaches the forecasters. */
    public ForecastHandlers(StateStore store, EventBus forecasters) {
        this.store = store;
        this.forecasters = forecasters;
    }

    /** {@code GET /api/v1/cells/{cell}/forecast}: the newest forecast, and some earlier ones, oldest first. */
    public void latest(RoutingContext context) {
        String cell = context.pathParam("cell");
        CellLine line = store.cell(cell).orElseThrow(() -> Problem.unknownCell(cell));
        List<Forecast> held = line.forecasts();
        Responses.unlessKnown(context, Json.object(json -> {
            json.writeStringField("cell", cell);
            json.writeFieldName("forecast");
            if (held.isEmpty()) {
                json.writeNull();
            } else {
                write(json, held.get(held.size() - 1));
            }
            json.writeArrayFieldStart("earlier");
            for (Forecast earlier : held.subList(0, Math.max(0, held.size() - 1))) {
                write(json, earlier);
            }
            json.writeEndArray();
        }));
    }

    /** {@code POST /api/v1/cells/{cell}/forecast/what-if}: a forecast under another programme. Changes nothing. */
    public void whatIf(RoutingContext context) {
        String cell = context.pathParam("cell");
        CellLine line = store.cell(cell).orElseThrow(() -> Problem.unknownCell(cell));
        ask(line, request(cell, RequestBody.of(context)))
                .onSuccess(forecast -> Responses.json(context, Json.object(json -> {
                    json.writeStringField("cell", cell);
                    json.writeFieldName("forecast");
                    write(json, forecast);
                })))
                .onFailure(failure -> {
                    Problem problem = failure instanceof Problem known ? known : away(failure);
                    if (problem.status() == BusAddress.TOO_MANY) {
                        context.response().putHeader("Retry-After", "5");
                    }
                    problem.answer(context);
                });
    }

    private static ForecastRequest request(String cell, JsonObject said) {
        ForecastRequest.Builder request = ForecastRequest.newBuilder().setCell(cell);
        number(said, "charge_current_a").ifPresent(request::setChargeCurrentA);
        number(said, "discharge_current_a").ifPresent(request::setDischargeCurrentA);
        number(said, "voltage_max_v").ifPresent(request::setVoltageMaxV);
        number(said, "voltage_min_v").ifPresent(request::setVoltageMinV);
        number(said, "ambient_degc").ifPresent(request::setAmbientDegc);
        number(said, "cycles").ifPresent(cycles -> request.setCycles((int) cycles));
        return request.build();
    }

    /** A number of a body that the document has been held against; absent where it is not given or null. */
    private static OptionalDouble number(JsonObject said, String name) {
        return said.getValue(name) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    private Future<Forecast> ask(CellLine line, ForecastRequest request) {
        return forecasters
                .<Buffer>request(
                        BusAddress.forecastRequest(request.getCell()),
                        Buffer.buffer(request.toByteArray()),
                        new DeliveryOptions().setSendTimeout(TIMEOUT_MS))
                .map(answer -> {
                    try {
                        return Forecast.parseFrom(answer.body().getBytes());
                    } catch (InvalidProtocolBufferException e) {
                        throw new IllegalStateException("the forecaster's answer is no Forecast", e);
                    }
                })
                .recover(failure -> Future.failedFuture(explained(line, failure)));
    }

    private static Problem explained(CellLine line, Throwable failure) {
        if (!(failure instanceof ReplyException reply)) {
            return away(failure);
        }
        if (reply.failureCode() == BusAddress.SENSELESS) {
            return Problem.impossibleProgramme(String.valueOf(reply.getMessage()));
        }
        if (reply.failureCode() == BusAddress.TOO_MANY) {
            return new Problem(429, "busy", "Too many forecasts are asked for", String.valueOf(reply.getMessage()));
        }
        boolean nobody = reply.failureType() == ReplyFailure.NO_HANDLERS || reply.failureCode() == BusAddress.UNKNOWN;
        if (nobody && line.forecasts().isEmpty()) {
            return new Problem(
                    409,
                    "no-forecast-yet",
                    "Nothing can be forecast yet",
                    "The cell has completed no cycle that a forecast could start from; ask again later");
        }
        return away(failure);
    }

    private static Problem away(Throwable failure) {
        return new Problem(
                503,
                "forecaster-away",
                "The forecaster does not answer",
                "No engine answers for this cell now; try again: " + failure.getMessage());
    }

    private static void write(JsonGenerator json, Forecast forecast) throws IOException {
        json.writeStartObject();
        MessageJson.writeFields(json, forecast);
        json.writeEndObject();
    }
}
