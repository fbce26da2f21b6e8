package io.pouchtwin.twin.alert;

/**
 * Where a cell is clamped.
 *
 * @param tester name of the tester; empty where the cell is not registered
 * @param channel the tester's own name of the channel
 */
public record Place(String tester, String channel) {
    /** A cell that nobody registered. */
    public static final Place UNKNOWN = new Place("", "");
}
