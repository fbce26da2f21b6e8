package io.pouchtwin.twin.ensemble;

/** A cell that no twin can be made for. Code "design-unknown". */
public final class UnknownDesignException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Names the cell or the design, and what to do.
     *
     * @param message for a person
     */
    public UnknownDesignException(String message) {
        super("design-unknown: " + message);
    }
}
