package io.pouchtwin.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pouchtwin.api.json.AlertJson;
import io.pouchtwin.api.json.Json;
import io.pouchtwin.api.json.MessageJson;
import io.pouchtwin.api.store.AlertLine;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Alerts, and taking them on. */
public final class AlertHandlers {
    private static final int MOST_ALERTS = 1000;
    private static final int DEFAULT_ALERTS = 200;
    private static final int MOST_BYTES = 8 * 1024;
    private static final int MOST_OPERATOR = 100;
    private static final int MOST_NOTE = 1000;
    private static final double MICROS = 1e6;

    private final StateStore store;
    private final AcknowledgementDesk desk;
    private final LongSupplier unixUs;

    /** Answers from a store; acknowledgements go to the desk. */
    public AlertHandlers(StateStore store, AcknowledgementDesk desk, LongSupplier unixUs) {
        this.store = store;
        this.desk = desk;
        this.unixUs = unixUs;
    }

    /** {@code GET /api/v1/alerts}. */
    public void list(RoutingContext context) {
        Parameters given = Parameters.of(context, "cell", "stage", "open", "limit");
        int limit = given.wholeNumber("limit", 1, MOST_ALERTS).orElse(DEFAULT_ALERTS);
        List<AlertLine> found =
                store.alerts().newestFirst().stream().filter(filter(given)).toList();
        Responses.json(context, Json.object(json -> {
            json.writeStringField("time", Json.iso(unixUs.getAsLong()));
            json.writeNumberField("total", found.size());
            json.writeArrayFieldStart("alerts");
            for (AlertLine line : found.subList(0, Math.min(limit, found.size()))) {
                write(json, line);
            }
            json.writeEndArray();
        }));
    }

    private static void write(JsonGenerator json, AlertLine line) throws IOException {
        json.writeStartObject();
        AlertJson.writeFields(json, line);
        json.writeEndObject();
    }

    private static Predicate<AlertLine> filter(Parameters given) {
        Optional<String> cell = given.text("cell");
        Optional<String> stage = given.text("stage");
        Optional<String> open = given.text("open");
        stage.filter(word -> !word.equals("warning") && !word.equals("critical"))
                .ifPresent(word -> {
                    throw Problem.badParameter("stage", word, "warning or critical");
                });
        open.filter(word -> !word.equals("true") && !word.equals("false")).ifPresent(word -> {
            throw Problem.badParameter("open", word, "true or false");
        });
        return line -> cell.map(line.alert().getCell()::equals).orElse(true)
                && stage.map(word -> MessageJson.word(line.alert().getStage().getValueDescriptor())
                                .equals(word))
                        .orElse(true)
                && open.map(word -> Boolean.parseBoolean(word) == line.open()).orElse(true);
    }

    /** {@code GET /api/v1/alerts/{alert}}. */
    public void detail(RoutingContext context) {
        Parameters.of(context);
        AlertLine line = line(context);
        Responses.json(context, Json.object(json -> AlertJson.writeFields(json, line)));
    }

    /** {@code POST /api/v1/alerts/{alert}/acknowledge}. */
    public void acknowledge(RoutingContext context) {
        SecurityHeaders.requireSameOrigin(context);
        Parameters.of(context);
        AlertLine line = line(context);
        // a page from elsewhere can send plain text without being asked first, JSON it cannot
        String type = Optional.ofNullable(context.request().getHeader("Content-Type"))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            throw new Problem(
                    415,
                    "not-json",
                    "The body is not JSON",
                    "Send Content-Type: application/json, not \"" + type + "\"");
        }
        String length = Optional.ofNullable(context.request().getHeader("Content-Length"))
                .orElse("");
        if (!length.matches("[0-9]{1,6}") || Integer.parseInt(length) > MOST_BYTES) {
            throw new Problem(
                    413,
                    "body-too-long",
                    "The body is too long",
                    "Content-Length is \"" + length + "\", expected at most " + MOST_BYTES + " bytes");
        }
        context.request()
                .body()
                .compose(body -> {
                    AlertAcknowledgement acknowledgement = acknowledgement(line, body);
                    return desk.write(acknowledgement).map(acknowledgement);
                })
                .onSuccess(written -> Responses.json(
                        context,
                        Json.object(json -> AlertJson.writeFields(json, new AlertLine(line.alert(), written)))))
                .onFailure(failure -> answer(context, failure));
    }

    private static void answer(RoutingContext context, Throwable failure) {
        Problem problem = failure instanceof Problem known
                ? known
                : new Problem(
                        503,
                        "not-written",
                        "The acknowledgement could not be written",
                        "Kafka does not take it now; try again: " + failure.getMessage());
        problem.write(context.response(), context.request().path());
    }

    private AlertAcknowledgement acknowledgement(AlertLine line, Buffer body) {
        JsonObject said;
        try {
            said = body.length() == 0 ? new JsonObject() : body.toJsonObject();
        } catch (DecodeException e) {
            throw new Problem(400, "not-json", "The body is not JSON", "The body is no JSON object: " + e.getMessage());
        }
        for (String name : said.fieldNames()) {
            if (!name.equals("operator") && !name.equals("note")) {
                throw Problem.badParameter(name, String.valueOf(said.getValue(name)), "operator and note only");
            }
        }
        String operator = text(said, "operator", MOST_OPERATOR);
        if (operator.isBlank()) {
            throw Problem.badParameter(
                    "operator", operator, "who acknowledges, in at most " + MOST_OPERATOR + " characters");
        }
        return AlertAcknowledgement.newBuilder()
                .setAlertId(line.alert().getId())
                .setCell(line.alert().getCell())
                .setOperator(operator.strip())
                .setNote(text(said, "note", MOST_NOTE).strip())
                .setUnixTimeS(unixUs.getAsLong() / MICROS)
                .setRevision(line.alert().getRevision())
                .build();
    }

    private static String text(JsonObject said, String name, int most) {
        Object value = said.getValue(name, "");
        if (!(value instanceof String text) || text.length() > most) {
            throw Problem.badParameter(name, String.valueOf(value), "a text of at most " + most + " characters");
        }
        return text;
    }

    private AlertLine line(RoutingContext context) {
        String id = context.pathParam("alert");
        return store.alerts()
                .alert(id)
                .orElseThrow(() -> new Problem(
                        404,
                        "unknown-alert",
                        "No such alert",
                        "Nothing is known of an alert \"" + id + "\"; /api/v1/alerts lists the known ones"));
    }
}
