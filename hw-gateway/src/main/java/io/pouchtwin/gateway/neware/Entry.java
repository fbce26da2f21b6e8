package io.pouchtwin.gateway.neware;

import io.pouchtwin.gateway.rejection.Rejection;

/**
 * One place in a list that a tester sent. The place is kept even when what stands there cannot be read, because lists are matched to what
 * was asked by order.
 */
public sealed interface Entry<T> {
    /** An entry that was understood. */
    record Read<T>(T value) implements Entry<T> {}

    /**
     * An entry that was not.
     *
     * @param rejection why
     * @param text the entry as it came, for a person to look at
     */
    record Unreadable<T>(Rejection rejection, String text) implements Entry<T> {}
}
