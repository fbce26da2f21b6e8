package io.pouchtwin.stage;

/**
 * Something outside stands in the way: the broker, a missing topic, a table that is not there yet. The stage takes back what is not committed and tries again, and says this in
 * its health. A processor that throws this says: not the record is to blame.
 */
public final class StageException extends RuntimeException {
    /** States what stands in the way, and what to do if anything. */
    public StageException(String message) {
        super(message);
    }

    /** The same with its cause. */
    public StageException(String message, Throwable cause) {
        super(message, cause);
    }
}
