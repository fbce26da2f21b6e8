package io.pouchtwin.history.embedded;

/** The database could not start; the message is for the person who started it. */
public final class DatabaseStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public enum Code {
        /** Another process holds the data directory. */
        DIRECTORY_IN_USE,
        /** The directory cannot be made or written. */
        DIRECTORY_UNUSABLE,
        /** Another process listens on the port. */
        PORT_IN_USE,
        /** QuestDB itself refused; the cause says why. */
        DATABASE_FAILED
    }

    private final Code code;

    DatabaseStartException(Code code, String message) {
        super(message);
        this.code = code;
    }

    DatabaseStartException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Stable code of what went wrong. */
    public Code code() {
        return code;
    }
}
