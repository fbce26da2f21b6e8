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
     * @param sequence the sequence number of the entry, where at least that can be read; otherwise 0
     * @param text the entry as it came, for a person to look at
     */
    record Unreadable<T>(Rejection rejection, long sequence, String text) implements Entry<T> {}
}
