package io.pouchtwin.stage;

/** A topic exists but is not what the program needs; the message says what to do. */
public final class TopicMismatchException extends RuntimeException {
    TopicMismatchException(String message) {
        super(message);
    }
}
