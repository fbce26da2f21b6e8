package io.pouchtwin.twin;

/** A snapshot that this engine cannot go on from: of another version, parameter set or layout. Code "snapshot-refused". */
public final class SnapshotRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Names what does not fit.
     *
     * @param field which field of the snapshot
     * @param found what it holds
     * @param expected what this engine can take up
     */
    public SnapshotRefusedException(String field, String found, String expected) {
        super("snapshot-refused: " + field + " is " + found + ", expected " + expected
                + "; replay the cell's samples from their beginning to build its twin anew");
    }
}
