package io.pouchtwin.api.live;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says that a reader cannot go on from where it was, and what it misses. What is still held follows.
 *
 * @param code stable: {@code too-old}, {@code unknown-id} or {@code server-restarted}
 * @param detail for a person
 * @param requested the id the reader gave
 * @param cells for each cell where states are missing, between which
 */
record Reset(String code, String detail, String requested, List<Missing> cells) {

    /**
     * A hole.
     *
     * @param cell whose
     * @param before id of the first state that follows; null where none does
     */
    record Missing(String cell, @Nullable String before) {}

    void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("code", code);
        json.writeStringField("detail", detail);
        json.writeStringField("requested", requested);
        json.writeArrayFieldStart("cells");
        for (Missing missing : cells) {
            json.writeStartObject();
            json.writeStringField("cell", missing.cell());
            if (missing.before() == null) {
                json.writeNullField("missing_before");
            } else {
                json.writeStringField("missing_before", missing.before());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
