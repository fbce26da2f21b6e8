package io.pouchtwin.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pouchtwin.api.contract.RequestBody;
import io.pouchtwin.api.json.AlertJson;
import io.pouchtwin.api.json.Json;
import io.pouchtwin.api.security.Caller;
import io.pouchtwin.api.store.AlertLine;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.pouchtwin.history.schema.EnumWord;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Alerts, and taking them on. */
public final class AlertHandlers {
    private static final int MOST_ALERTS = 1000;
    private static final int DEFAULT_ALERTS = 200;
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
        Parameters given = Parameters.of(context, "cell", "stage", "open", "limit", "after");
        int limit = given.wholeNumber("limit", 1, MOST_ALERTS).orElse(DEFAULT_ALERTS);
        List<AlertLine> all = store.alerts().newestFirst();
        int start = given.text("after").map(after -> placeAfter(all, after)).orElse(0);
        Predicate<AlertLine> filter = filter(given);
        long total = all.stream().filter(filter).count();
        List<AlertLine> found = all.subList(start, all.size()).stream()
                .filter(filter)
                .limit(limit + 1L)
                .toList();
        boolean more = found.size() > limit;
        List<AlertLine> page = more ? found.subList(0, limit) : found;
        String tag = store.alertsTag() + "-" + Responses.queryTag(context);
        Responses.unlessChanged(context, tag, Json.object(json -> {
            json.writeStringField("time", Json.iso(unixUs.getAsLong()));
            json.writeNumberField("total", total);
            json.writeArrayFieldStart("alerts");
            for (AlertLine line : page) {
                write(json, line);
            }
            json.writeEndArray();
            Optional<String> last =
                    more ? Optional.of(page.get(limit - 1).alert().getId()) : Optional.empty();
            NextPage.write(json, context, limit, "after", last);
        }));
    }

    /** Alerts keep their order whatever becomes of them, so a page goes on where the one before ended though some have cleared meanwhile. */
    private static int placeAfter(List<AlertLine> all, String id) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).alert().getId().equals(id)) {
                return i + 1;
            }
        }
        throw new Problem(
                410,
                "not-held",
                "No longer held here",
                "The alert " + id + " is not held here any more; ask without \"after\" for those that are");
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
                && stage.map(word -> EnumWord.of(line.alert().getStage().getValueDescriptor())
                                .equals(word))
                        .orElse(true)
                && open.map(word -> Boolean.parseBoolean(word) == line.open()).orElse(true);
    }

    /** {@code GET /api/v1/alerts/{alert}}. */
    public void detail(RoutingContext context) {
        Parameters.of(context);
        AlertLine line = line(context);
        Responses.unlessKnown(context, Json.object(json -> AlertJson.writeFields(json, line)));
    }

    /** {@code POST /api/v1/alerts/{alert}/acknowledge}. */
    public void acknowledge(RoutingContext context) {
        AlertLine line = line(context);
        AlertAcknowledgement acknowledgement = acknowledgement(line, RequestBody.of(context), Gate.caller(context));
        desk.write(acknowledgement)
                .map(acknowledgement)
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

    private AlertAcknowledgement acknowledgement(AlertLine line, JsonObject said, Optional<Caller> caller) {
        String operator = said.getString("operator", "").strip();
        boolean known = caller.filter(who -> who.kind() != Caller.Kind.LOCAL).isPresent();
        if (operator.isEmpty() && !known) {
            throw Problem.badParameter("operator", operator, "who acknowledges, in at most 100 characters");
        }
        return AlertAcknowledgement.newBuilder()
                .setAlertId(line.alert().getId())
                .setCell(line.alert().getCell())
                .setOperator(known ? signed(operator, caller.get().name()) : operator)
                .setNote(said.getString("note", "").strip())
                .setUnixTimeS(unixUs.getAsLong() / MICROS)
                .setRevision(line.alert().getRevision())
                .build();
    }

    /** Nobody acknowledges in another's name: who is signed in stands there, beside what they call themselves. */
    private static String signed(String operator, String caller) {
        return operator.isEmpty() || operator.equals(caller) ? caller : operator + " (signed in as " + caller + ")";
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
