package io.pouchtwin.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pouchtwin.api.store.StoredState;
import io.pouchtwin.contracts.v1.TwinState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** A twin state as JSON: the message's fields, its event id, and the times in UTC. */
public final class StateJson {
    private StateJson() {}

    /** Some fields of one state as an object. */
    public static Buffer of(StoredState stored, TwinState state, StateFields fields) {
        return Json.object(json -> {
            writeName(json, stored, state);
            MessageJson.writeFields(json, state, fields::has);
        });
    }

    /** Writes a state's fields into the object that is open. */
    public static void writeFields(JsonGenerator json, StoredState stored, TwinState state) throws IOException {
        writeName(json, stored, state);
        MessageJson.writeFields(json, state);
    }

    private static void writeName(JsonGenerator json, StoredState stored, TwinState state) throws IOException {
        json.writeStringField("id", stored.id().toString());
        Json.writeTime(json, "time", state.hasUnixTimeS() ? Json.unixUs(state.getUnixTimeS()) : 0);
        Json.writeTime(json, "received_time", stored.receivedUnixUs());
    }

    /** Schema of the object. */
    public static JsonObject schema() {
        JsonObject schema = MessageSchema.of(TwinState.getDescriptor());
        schema.getJsonObject("properties")
                .put("id", new JsonObject().put("type", "string").put("description", "<test_run>:<sequence>"))
                .put("time", time("the tester's wall clock when it stored the sample; null where it has none"))
                .put("received_time", time("when the gateway received the sample; null where nobody said"));
        schema.getJsonArray("required").add("id").add("time").add("received_time");
        return schema;
    }

    /** Schema of what is written of it where only some fields are wanted. */
    public static JsonObject someFieldsSchema() {
        JsonArray always =
                new JsonArray().add("id").add("time").add("received_time").add("null_reasons");
        StateFields.NAMING.forEach(always::add);
        return schema().put("required", always);
    }

    private static JsonObject time(String description) {
        return new JsonObject()
                .put("type", new JsonArray().add("string").add("null"))
                .put("format", "date-time")
                .put("description", description);
    }
}
