package io.pouchtwin.api.store;

import java.util.Optional;

/**
 * A place in the stream of all cells: {@code <instance>-<arrival>}. Means something only to the store that gave it: after a restart the reader is told
 * to start anew.
 *
 * @param instance name of the store
 * @param arrival running number of the newest state seen
 */
public record StreamPosition(String instance, long arrival) {

    /** Reads what {@link #toString()} wrote; empty if it is something else. */
    public static Optional<StreamPosition> parse(String text) {
        int dash = text.lastIndexOf('-');
        if (dash < 1) {
            return Optional.empty();
        }
        String number = text.substring(dash + 1);
        if (number.isEmpty() || number.length() > 18 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(new StreamPosition(text.substring(0, dash), Long.parseLong(number)));
    }

    @Override
    public String toString() {
        return instance + "-" + arrival;
    }
}
