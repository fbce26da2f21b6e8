package io.pouchtwin.api.http;

import io.pouchtwin.api.security.Caller;
import java.time.Instant;

/**
 * A caller who was let in.
 *
 * @param caller who
 * @param credential what they showed; empty: nothing was asked for
 * @param until when what they showed ends
 */
record Entrance(Caller caller, String credential, Instant until) {
    /** The credential stays out of logs. */
    @Override
    public String toString() {
        return caller.toString();
    }
}
