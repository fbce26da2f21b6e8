package io.pouchtwin.api;

import io.pouchtwin.api.http.HistoryHandlers;
import io.pouchtwin.api.json.AlertJson;
import io.pouchtwin.api.json.MessageSchema;
import io.pouchtwin.api.json.StateJson;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastRecord;
import io.pouchtwin.contracts.v1.LivePoint;
import io.pouchtwin.history.schema.Column;
import io.pouchtwin.history.schema.StateView;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The OpenAPI 3.1 document: written by hand in {@code openapi.json}, with the schemas of messages put in from the messages themselves. */
final class OpenApiDocument {
    private OpenApiDocument() {}

    static JsonObject load() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks openapi.json");
            }
            JsonObject document = new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            document.getJsonObject("components")
                    .getJsonObject("schemas")
                    .put("TwinState", StateJson.schema())
                    .put("SomeOfTwinState", StateJson.someFieldsSchema())
                    .put("Alert", AlertJson.schema())
                    .put("ForecastMessage", MessageSchema.of(Forecast.getDescriptor()))
                    .put("CycleEstimate", MessageSchema.of(CycleEstimate.getDescriptor()))
                    .put("ForecastRecord", MessageSchema.of(ForecastRecord.getDescriptor()))
                    .put("CellRegistration", MessageSchema.of(CellRegistration.getDescriptor()))
                    .put("LivePoint", MessageSchema.of(LivePoint.getDescriptor()));
            nameQuantities(document);
            CommonAnswers.addTo(document);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException("reading openapi.json", e);
        }
    }

    /** The numbers of a state that the history can be asked for, also written as in a state's JSON. */
    private static void nameQuantities(JsonObject document) {
        String one = StateView.quantities().stream()
                .map(quantity -> quantity.name().replace("_", "[_.]"))
                .collect(Collectors.joining("|", "(", ")([.]value)?"));
        JsonObject history = document.getJsonObject("paths")
                .getJsonObject("/api/v1/cells/{cell}/history")
                .getJsonObject("get");
        for (Object parameter : history.getJsonArray("parameters")) {
            if ("quantities".equals(((JsonObject) parameter).getString("name"))) {
                ((JsonObject) parameter)
                        .getJsonObject("schema")
                        .put("pattern", "^" + one + "(," + one + "){0," + (HistoryHandlers.MOST_QUANTITIES - 1) + "}$")
                        .put(
                                "x-expected",
                                "at most " + HistoryHandlers.MOST_QUANTITIES
                                        + " numbers of a state between commas: "
                                        + StateView.quantities().stream()
                                                .map(Column::name)
                                                .collect(Collectors.joining(", ")));
            }
        }
    }
}
