package io.pouchtwin.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pouchtwin.api.json.Json;
import io.pouchtwin.api.json.MessageJson;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.contracts.v1.Forecast;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;

/** What a cell's twin expects. */
public final class ForecastHandlers {
    private final StateStore store;

    /** Answers from a store. */
    public ForecastHandlers(StateStore store) {
        this.store = store;
    }

    /** {@code GET /api/v1/cells/{cell}/forecast}: the newest forecast, and some earlier ones, oldest first. */
    public void latest(RoutingContext context) {
        Parameters.of(context);
        String cell = context.pathParam("cell");
        CellLine line = store.cell(cell).orElseThrow(() -> Problem.unknownCell(cell));
        List<Forecast> held = line.forecasts();
        Responses.json(context, Json.object(json -> {
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

    private static void write(JsonGenerator json, Forecast forecast) throws IOException {
        json.writeStartObject();
        MessageJson.writeFields(json, forecast);
        json.writeEndObject();
    }
}
