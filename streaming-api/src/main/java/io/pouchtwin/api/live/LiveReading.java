package io.pouchtwin.api.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pouchtwin.api.json.Json;
import io.pouchtwin.api.json.MessageJson;
import io.pouchtwin.api.store.Contact;
import io.pouchtwin.contracts.v1.LivePoint;
import java.io.IOException;
import java.util.Optional;

/**
 * A sign of life of a cell's tester: for looking at, not numbered.
 *
 * @param cell whose
 * @param contact what was heard
 * @param skipped how many before it were left out
 */
record LiveReading(String cell, Contact contact, long skipped) {

    void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("cell", cell);
        Json.writeTime(json, "contact_time", contact.unixUs());
        json.writeStringField("test_run", contact.testRun());
        json.writeBooleanField("run_complete", contact.runComplete());
        json.writeNumberField("skipped", skipped);
        json.writeFieldName("live_point");
        Optional<LivePoint> live = contact.live();
        if (live.isPresent()) {
            json.writeStartObject();
            MessageJson.writeFields(json, live.get());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
    }
}
