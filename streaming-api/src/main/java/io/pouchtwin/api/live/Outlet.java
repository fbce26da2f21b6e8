package io.pouchtwin.api.live;

import io.pouchtwin.api.json.StateFields;
import io.pouchtwin.api.store.AlertLine;
import io.pouchtwin.contracts.v1.Forecast;

/** One reader's connection and how events are written on it. Nothing need reach the reader before {@link #flush()}. */
interface Outlet {

    /** Whether the connection holds as much unsent data as it may; then nothing more is written. */
    boolean full();

    /**
     * Writes a state.
     *
     * @param fields what the reader wants of it
     * @param resumeId where a reader of this stream goes on who has seen it; empty where it cannot
     */
    void state(LiveEvent event, StateFields fields, String resumeId);

    /** Says that states were left out. */
    void conflated(Conflated conflated);

    /** Writes a sign of life. */
    void reading(LiveReading reading);

    /** Writes an alert. */
    void alert(AlertLine line);

    /** Writes a new forecast's few numbers. */
    void outlook(Forecast forecast);

    /** Says that the reader cannot go on from where it was. */
    void reset(Reset reset);

    /** Says that all is well and what time it is (microseconds since 1970-01-01 UTC). */
    void heartbeat(long nowUnixUs);

    /** Sends what was written. */
    void flush();

    /** Ends the stream because the server stops. */
    void end();
}
