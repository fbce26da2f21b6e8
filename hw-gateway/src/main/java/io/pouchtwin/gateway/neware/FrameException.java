package io.pouchtwin.gateway.neware;

import io.pouchtwin.gateway.rejection.Rejection;

/** The byte stream cannot be cut into replies any more; the connection has to be closed. */
public final class FrameException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;
    private final transient byte[] raw;

    FrameException(Rejection rejection, byte[] raw) {
        super(rejection.reason());
        this.rejection = rejection;
        this.raw = raw;
    }

    /** What went wrong. */
    public Rejection rejection() {
        return rejection;
    }

    /** The beginning of the bytes that did not become a reply. */
    public byte[] raw() {
        return raw.clone();
    }
}
