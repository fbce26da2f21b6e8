package io.pouchtwin.gateway.neware;

import io.pouchtwin.gateway.rejection.Rejection;

/** What became of a frame: a reply, or the reason why it is none. */
public sealed interface Parsed {
    /** The frame was understood, perhaps with some unreadable entries in it. */
    record Understood(NewareReply reply) implements Parsed {}

    /** The frame as a whole cannot be used. */
    record Refused(Rejection rejection) implements Parsed {}
}
