package io.pouchtwin.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pouchtwin.contracts.v1.FailureProbability;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.Quantiles;
import io.pouchtwin.contracts.v1.RemainingLife;
import io.pouchtwin.history.schema.EnumWord;
import java.io.IOException;

/** A forecast in the few numbers that a row of the fleet has room for: remaining life and short risk, each with its 90 % interval. */
public final class OutlookJson {
    private OutlookJson() {}

    /** Writes a forecast's few numbers into the object that is open. */
    public static void writeFields(JsonGenerator json, Forecast forecast) throws IOException {
        json.writeStringField("test_run", forecast.getTestRun());
        json.writeNumberField("cycle_count", forecast.getCycleCount());
        json.writeBooleanField("trusted", forecast.getTrusted());
        json.writeFieldName("remaining_cycles");
        if (forecast.hasTo80Percent()) {
            writeLife(json, forecast.getTo80Percent());
        } else {
            json.writeNull();
        }
        json.writeFieldName("short_index");
        // the failures come by horizon, the nearest first
        if (forecast.getFailureCount() > 0 && forecast.getFailure(0).hasShort()) {
            writeShort(json, forecast.getFailure(0), forecast.getDendrite().getIsIndex());
        } else {
            json.writeNull();
        }
        json.writeStringField(
                "short_level",
                EnumWord.of(forecast.getShortJudgement().getLevel().getValueDescriptor()));
    }

    /** Writes the fields of the event that tells of a new forecast. */
    public static void writeEvent(JsonGenerator json, Forecast forecast) throws IOException {
        json.writeStringField("cell", forecast.getCell());
        json.writeObjectFieldStart("outlook");
        writeFields(json, forecast);
        json.writeEndObject();
    }

    private static void writeLife(JsonGenerator json, RemainingLife life) throws IOException {
        json.writeStartObject();
        writeInterval(json, life.getCycles());
        writeNumber(json, "horizon", life.getHorizonCycles());
        writeNumber(json, "share_within_horizon", life.getShareWithinHorizon());
        json.writeEndObject();
    }

    private static void writeShort(JsonGenerator json, FailureProbability failure, boolean index) throws IOException {
        json.writeStartObject();
        writeInterval(json, failure.getShort());
        writeNumber(json, "within_cycles", failure.getCycles());
        json.writeBooleanField("is_index", index);
        json.writeEndObject();
    }

    private static void writeInterval(JsonGenerator json, Quantiles quantiles) throws IOException {
        writeNumber(json, "low", quantiles.getP05());
        writeNumber(json, "median", quantiles.getP50());
        writeNumber(json, "high", quantiles.getP95());
    }

    private static void writeNumber(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }
}
