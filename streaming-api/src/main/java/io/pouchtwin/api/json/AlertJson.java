package io.pouchtwin.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pouchtwin.api.store.AlertLine;
import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** An alert as JSON: the message's fields, whether it is open, and who took it on. */
public final class AlertJson {
    private AlertJson() {}

    /** Writes an alert's fields into the object that is open. */
    public static void writeFields(JsonGenerator json, AlertLine line) throws IOException {
        json.writeBooleanField("open", line.open());
        json.writeFieldName("acknowledgement");
        if (line.acknowledgement().isPresent()) {
            json.writeStartObject();
            MessageJson.writeFields(json, line.acknowledgement().get());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        MessageJson.writeFields(json, line.alert());
    }

    /** Schema of the object. */
    public static JsonObject schema() {
        JsonObject schema = MessageSchema.of(Alert.getDescriptor());
        JsonObject acknowledgement = MessageSchema.of(AlertAcknowledgement.getDescriptor())
                .put("type", new JsonArray().add("object").add("null"))
                .put("description", "who took the alert on; null while nobody has");
        schema.getJsonObject("properties")
                .put(
                        "open",
                        new JsonObject().put("type", "boolean").put("description", "whether the condition still holds"))
                .put("acknowledgement", acknowledgement);
        schema.getJsonArray("required").add("open").add("acknowledgement");
        return schema;
    }
}
