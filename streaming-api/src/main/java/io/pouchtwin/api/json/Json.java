package io.pouchtwin.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes JSON straight to bytes. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** What goes between the braces of an object. */
    @FunctionalInterface
    public interface Fields {
        /** Writes them. */
        void write(JsonGenerator json) throws IOException;
    }

    /** One object as UTF-8. */
    public static Buffer object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** Writes a moment as ISO 8601 in UTC to the millisecond, or null for 0, which means "nobody said". */
    public static void writeTime(JsonGenerator json, String name, long unixUs) throws IOException {
        if (unixUs == 0) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, iso(unixUs));
        }
    }

    /** A moment given in microseconds since 1970-01-01 UTC as ISO 8601 to the millisecond. */
    public static String iso(long unixUs) {
        return Instant.EPOCH
                .plus(unixUs, ChronoUnit.MICROS)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    /** A moment given in seconds since 1970-01-01 UTC, in microseconds; 0 where that cannot be (not finite, or beyond the year 9999). */
    public static long unixUs(double unixTimeS) {
        boolean sane = Math.abs(unixTimeS) < 253_402_300_799.0;
        return sane ? Math.round(unixTimeS * 1e6) : 0;
    }
}
