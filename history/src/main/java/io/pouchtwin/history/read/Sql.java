package io.pouchtwin.history.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How values stand in statements and answers. */
final class Sql {
    private Sql() {}

    /** A text between quotation marks. */
    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** A column's name. */
    static String name(String column) {
        return '"' + column + '"';
    }

    /** A moment given in microseconds since 1970-01-01 UTC. */
    static String time(long unixUs) {
        return "'" + Instant.EPOCH.plus(unixUs, ChronoUnit.MICROS) + "'";
    }

    /** A moment out of an answer, in microseconds since 1970-01-01 UTC; another value where it is null. */
    static long unixUs(JsonNode value, long otherwise) {
        return value.isTextual() ? ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(value.asText())) : otherwise;
    }
}
