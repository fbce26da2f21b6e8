package io.pouchtwin.gateway.replay;

import java.io.IOException;

/** A file cannot be replayed at all; the message says why and what to do. */
public final class ReplayException extends IOException {
    private static final long serialVersionUID = 1L;

    ReplayException(String message) {
        super(message);
    }

    ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
