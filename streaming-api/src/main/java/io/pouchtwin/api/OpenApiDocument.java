package io.pouchtwin.api;

import io.pouchtwin.api.json.AlertJson;
import io.pouchtwin.api.json.MessageSchema;
import io.pouchtwin.api.json.StateJson;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastRecord;
import io.pouchtwin.contracts.v1.LivePoint;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

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
            CommonAnswers.addTo(document);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException("reading openapi.json", e);
        }
    }
}
