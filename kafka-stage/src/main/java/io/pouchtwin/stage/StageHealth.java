package io.pouchtwin.stage;

/**
 * How a stage is.
 *
 * @param state the worst of its threads' states
 * @param detail for a person: what it does, or what stands in its way
 */
public record StageHealth(State state, String detail) {

    /** From well to ill. */
    public enum State {
        /** Reads, processes, commits; or waits for records. */
        RUNNING(0),
        /** Connecting, or waiting for its share of the partitions. */
        STARTING(1),
        /** Reads its state back before it goes on. */
        RESTORING(2),
        /** Something stands in the way (no broker, say); it tries again and again. */
        RETRYING(3),
        /** Closed by its owner. */
        CLOSED(4),
        /** Ended by an error of the program; only a restart helps. */
        FAILED(5);

        private final int number;

        State(int number) {
            this.number = number;
        }

        /** The value of metric {@code pouchtwin.stage.state}. */
        int number() {
            return number;
        }
    }

    /** Whether it is doing its work. */
    public boolean ready() {
        return state == State.RUNNING;
    }

    /** Whether there is a point in leaving the process alive. */
    public boolean live() {
        return state != State.FAILED;
    }
}
