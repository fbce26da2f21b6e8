package io.pouchtwin.api.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pouchtwin.api.store.EventId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says that states of a cell were left out before the next one.
 *
 * @param cell whose
 * @param skipped how many
 * @param from the first state left out; null where the ring no longer held it
 * @param to the last state left out; null where the ring no longer held it
 * @param reason why
 */
record Conflated(
        String cell,
        long skipped,
        @Nullable EventId from,
        @Nullable EventId to,
        Reason reason) {

    enum Reason {
        /** The reader's connection was full. */
        SLOW_READER("slow-reader"),
        /** The reader asked for fewer. */
        RATE_LIMIT("rate-limit");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("cell", cell);
        json.writeNumberField("skipped", skipped);
        writeId(json, "from", from);
        writeId(json, "to", to);
        json.writeStringField("reason", reason.word());
    }

    private static void writeId(JsonGenerator json, String name, @Nullable EventId id) throws IOException {
        if (id == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, id.toString());
        }
    }
}
