package io.pouchtwin.kafka.embedded;

/** The broker could not start; the message is for the person who started it. */
public final class BrokerStartException extends RuntimeException {

    /** What stood in the way. */
    public enum Code {
        /** Another process holds the data directory. */
        DIRECTORY_IN_USE,
        /** Another process listens on the port. */
        PORT_IN_USE,
        /** The directory cannot be made or written. */
        DIRECTORY_UNUSABLE,
        /** Kafka itself refused; the cause says why. */
        BROKER_FAILED
    }

    private final Code code;

    BrokerStartException(Code code, String message) {
        super(message);
        this.code = code;
    }

    BrokerStartException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Stable code of what went wrong. */
    public Code code() {
        return code;
    }
}
