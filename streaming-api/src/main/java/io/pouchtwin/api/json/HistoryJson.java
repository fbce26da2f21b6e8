package io.pouchtwin.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pouchtwin.history.read.HistoryAnswer;
import io.pouchtwin.history.read.HistoryAnswer.Point;
import io.pouchtwin.history.schema.Summary;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A cell's past as JSON: one array for each column, all of the same length. */
public final class HistoryJson {
    private HistoryJson() {}

    /** An answer as an object. */
    public static Buffer of(String cell, HistoryAnswer answer) {
        return Json.object(json -> {
            json.writeStringField("cell", cell);
            json.writeStringField("from", Json.iso(answer.fromUnixUs()));
            json.writeStringField("to", Json.iso(answer.toUnixUs()));
            json.writeStringField("source", answer.source().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("bucket_s", answer.bucketS());
            json.writeNumberField("points", answer.points().size());
            array(json, "time", answer, (point, out) -> out.writeString(Json.iso(point.unixUs())));
            array(json, "samples", answer, (point, out) -> out.writeNumber(point.samples()));
            array(json, "test_run", answer, (point, out) -> out.writeString(point.testRun()));
            array(json, "sequence", answer, (point, out) -> out.writeNumber(point.sequence()));
            json.writeObjectFieldStart("quantities");
            for (int i = 0; i < answer.quantities().size(); i++) {
                int quantity = i;
                json.writeObjectFieldStart(answer.quantities().get(i).name());
                for (Summary summary : Summary.values()) {
                    array(
                            json,
                            summary.word(),
                            answer,
                            (point, out) -> writeValue(out, point.value(quantity, summary)));
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    @FunctionalInterface
    private interface PointWriter {
        void write(Point point, JsonGenerator out) throws IOException;
    }

    private static void array(JsonGenerator json, String name, HistoryAnswer answer, PointWriter each)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Point point : answer.points()) {
            each.write(point, json);
        }
        json.writeEndArray();
    }

    private static void writeValue(JsonGenerator out, @Nullable Double value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else {
            out.writeNumber(value);
        }
    }
}
