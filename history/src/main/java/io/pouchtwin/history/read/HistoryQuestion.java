package io.pouchtwin.history.read;

import io.pouchtwin.history.schema.Column;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is asked of a cell's past.
 *
 * @param cell its name
 * @param fromUnixUs first moment, microseconds since 1970-01-01 UTC; empty: the cell's first sample
 * @param toUnixUs the first moment that is not asked for any more; empty: after the cell's last sample
 * @param points most points of the answer, 3 or more
 * @param quantities numbers of {@code TwinState}
 */
public record HistoryQuestion(
        String cell, OptionalLong fromUnixUs, OptionalLong toUnixUs, int points, List<Column> quantities) {

    public HistoryQuestion {
        if (points < 3 || quantities.isEmpty()) {
            throw new IllegalArgumentException("points: " + points + ", quantities: " + quantities);
        }
        quantities = List.copyOf(quantities);
    }
}
