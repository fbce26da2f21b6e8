package io.pouchtwin.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import io.pouchtwin.api.json.CellJson;
import io.pouchtwin.api.json.Json;
import io.pouchtwin.api.json.MessageJson;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.api.store.StoredState;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.history.schema.EnumWord;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How far a cell's twin may be believed: its own statistics of its errors, and how its forecasts came out. */
public final class TrustHandlers {
    private static final int MOST_STATES = 1000;
    /** Half width of a 90 % band in standard deviations. */
    private static final double SIGMAS_OF_90 = 1.6448536269514722;

    private final StateStore store;

    /** Answers from a store. */
    public TrustHandlers(StateStore store) {
        this.store = store;
    }

    /** {@code GET /api/v1/cells/{cell}/trust}. */
    public void show(RoutingContext context) {
        Parameters.of(context);
        String cell = context.pathParam("cell");
        CellLine line = store.cell(cell).orElseThrow(() -> Problem.unknownCell(cell));
        Optional<TwinState> latest = line.latest();
        Responses.json(context, Json.object(json -> {
            json.writeStringField("cell", cell);
            CellJson.writeTrust(json, latest);
            json.writeStringField(
                    "parameter_set", latest.map(TwinState::getParameterSet).orElse(""));
            json.writeStringField(
                    "freshness",
                    EnumWord.of(latest.map(TwinState::getFreshness)
                            .orElse(TwinState.getDefaultInstance().getFreshness())
                            .getValueDescriptor()));
            writeErrors(json, line.ring().latest(MOST_STATES));
            writeLastCycle(json, line.cycles());
            Optional<Forecast> forecast = line.forecast();
            json.writeFieldName("forecasts");
            writeRecord(json, forecast.filter(Forecast::hasCellRecord).map(Forecast::getCellRecord));
            json.writeFieldName("forecasts_of_its_partition");
            writeRecord(json, forecast.filter(Forecast::hasOverallRecord).map(Forecast::getOverallRecord));
        }));
    }

    /** One step ahead, over the states that are held. */
    private static void writeErrors(JsonGenerator json, List<StoredState> held) throws IOException {
        int count = 0;
        int inside = 0;
        double squares = 0;
        double normalised = 0;
        for (StoredState stored : held) {
            TwinState state = stored.message();
            double error = state.getInnovationV();
            double sigma = state.getVoltagePredictedV().getSigma();
            if (state.hasVoltagePredictedV() && Double.isFinite(error) && sigma > 0) {
                count++;
                inside += Math.abs(error) <= SIGMAS_OF_90 * sigma ? 1 : 0;
                squares += error * error;
                normalised += error * error / (sigma * sigma);
            }
        }
        json.writeObjectFieldStart("voltage_errors");
        json.writeNumberField("states", count);
        writeNumber(json, "inside_90_percent_band", count == 0 ? Double.NaN : (double) inside / count);
        writeNumber(json, "innovation_rms_v", count == 0 ? Double.NaN : Math.sqrt(squares / count));
        writeNumber(json, "mean_normalised_innovation_squared", count == 0 ? Double.NaN : normalised / count);
        json.writeEndObject();
    }

    private static void writeLastCycle(JsonGenerator json, List<CycleEstimate> cycles) throws IOException {
        json.writeFieldName("last_cycle");
        if (cycles.isEmpty()) {
            json.writeNull();
            return;
        }
        CycleEstimate last = cycles.get(cycles.size() - 1);
        json.writeStartObject();
        json.writeNumberField("cycle_count", last.getCycleCount());
        json.writeNumberField("samples", last.getSamples());
        writeNumber(json, "innovation_rms_v", last.getInnovationRmsV());
        writeNumber(json, "mean_normalised_innovation_squared", last.getMeanNormalisedInnovationSquared());
        json.writeEndObject();
    }

    private static void writeRecord(JsonGenerator json, Optional<? extends Message> forecastRecord) throws IOException {
        if (forecastRecord.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        MessageJson.writeFields(json, forecastRecord.get());
        json.writeEndObject();
    }

    private static void writeNumber(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }
}
