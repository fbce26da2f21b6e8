package io.pouchtwin.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.Contact;
import io.pouchtwin.contracts.v1.LivePoint;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.history.schema.EnumWord;
import java.io.IOException;
import java.util.Optional;

/** A cell as JSON: what it is, its latest state, how far to believe it, and how old that is. */
public final class CellJson {
    private CellJson() {}

    /** Writes a cell's fields into the object that is open. */
    public static void writeFields(JsonGenerator json, CellLine line, long nowUnixUs, double staleAfterS)
            throws IOException {
        json.writeStringField("cell", line.cell());
        json.writeFieldName("registration");
        if (line.registration().isPresent()) {
            json.writeStartObject();
            MessageJson.writeFields(json, line.registration().get());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeFieldName("latest");
        if (line.latest().isPresent() && line.ring().newest().isPresent()) {
            json.writeStartObject();
            StateJson.writeFields(
                    json, line.ring().newest().get(), line.latest().get());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        writeTrust(json, line.latest());
        writeLiveness(json, line, Liveness.of(line, nowUnixUs, staleAfterS));
        json.writeFieldName("outlook");
        if (line.forecast().isPresent()) {
            json.writeStartObject();
            OutlookJson.writeFields(json, line.forecast().get());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeFieldName("live_point");
        Optional<LivePoint> live = line.contact().flatMap(Contact::live);
        if (live.isPresent()) {
            json.writeStartObject();
            MessageJson.writeFields(json, live.get());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
    }

    /** Writes {@code trust} into the object that is open. */
    public static void writeTrust(JsonGenerator json, Optional<TwinState> latest) throws IOException {
        json.writeObjectFieldStart("trust");
        TrustState trust = latest.map(TwinState::getTrust).orElse(TrustState.TRUST_STATE_UNSPECIFIED);
        json.writeStringField("state", EnumWord.of(trust.getValueDescriptor()));
        json.writeStringField("words", latest.isEmpty() ? "no prediction yet" : words(trust));
        json.writeEndObject();
    }

    private static String words(TrustState trust) {
        return switch (trust) {
            case TRUST_STATE_CONVERGING -> "converging: the twin is still finding the cell's state";
            case TRUST_STATE_TRUSTED -> "trusted: the errors are as large as the twin says";
            case TRUST_STATE_DIVERGED -> "diverged: the errors are larger than the twin's own uncertainty explains";
            default -> "the engine says nothing about trust";
        };
    }

    private static void writeLiveness(JsonGenerator json, CellLine line, Liveness liveness) throws IOException {
        json.writeObjectFieldStart("liveness");
        json.writeStringField("state", liveness.state().word());
        json.writeStringField("words", liveness.words());
        json.writeFieldName("sample_age_s");
        if (Double.isNaN(liveness.sampleAgeS())) {
            json.writeNull();
        } else {
            json.writeNumber(Math.round(liveness.sampleAgeS() * 1000) / 1000.0);
        }
        Json.writeTime(json, "last_sample_time", line.lastSampleUnixUs());
        Json.writeTime(json, "last_contact_time", line.lastContactUnixUs());
        json.writeEndObject();
    }
}
