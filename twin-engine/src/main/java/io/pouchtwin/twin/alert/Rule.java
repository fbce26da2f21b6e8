package io.pouchtwin.twin.alert;

/**
 * One thing to watch for. A function of the record, of what the watch remembers, and of the thresholds.
 *
 * @param <R> the record that it looks at: a state, a forecast, a silence
 */
public interface Rule<R> {
    /** Stable name, e.g. {@code soft-short}. */
    String code();

    /**
     * Judges one record.
     *
     * @param record what has come
     * @param memory what is remembered of the cell
     * @param thresholds of the cell's design
     */
    Judgement judge(R record, CellMemory memory, AlertThresholds thresholds);

    /** How long the condition has to hold before it is told [s of test time]. */
    default double raiseAfterS() {
        return 0;
    }

    /** How long it has to be gone before an alert clears [s of test time]. */
    default double clearAfterS() {
        return 0;
    }

    /** Whether a critical alert of this rule may ask for a protective stop. */
    default boolean mayStop() {
        return false;
    }
}
