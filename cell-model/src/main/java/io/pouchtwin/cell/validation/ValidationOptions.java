package io.pouchtwin.cell.validation;

/**
 * How much is computed.
 *
 * @param quick fewer cases of the same computation, in under two minutes
 */
public record ValidationOptions(boolean quick) {
    /** Everything. */
    public static final ValidationOptions ALL = new ValidationOptions(false);

    /** Fewer cases. */
    public static final ValidationOptions QUICK = new ValidationOptions(true);
}
