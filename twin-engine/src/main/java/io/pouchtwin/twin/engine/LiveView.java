package io.pouchtwin.twin.engine;

/**
 * Where the latest committed state of each cell is shown. Losing it loses nothing: Kafka has every state. Called by the
 * stage's threads; must neither block nor throw.
 */
interface LiveView extends AutoCloseable {

    /** A newer state of a cell; replaces one that was not yet published. */
    void offer(String cell, LiveState state);

    /** All states of one commit were offered. */
    void publish();

    @Override
    default void close() {}
}
