package io.pouchtwin.twin;

import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.Optional;

/** What came of one sample. */
public sealed interface TwinOutcome {

    /**
     * The twin advanced.
     *
     * @param state what it says now
     * @param restarted why the twin began anew with this sample, or {@link Restart#NONE}
     * @param finished what the twin knew at the end of the cycle that this sample ended by beginning the next
     */
    record Advanced(TwinState state, Restart restarted, Optional<CycleEstimate> finished) implements TwinOutcome {}

    /**
     * The sample was refused and the twin is as it was before.
     *
     * @param code stable code, e.g. "time-backwards"
     * @param field which field of the sample
     * @param value what it held
     * @param expected what would have been accepted
     */
    record Refused(String code, String field, String value, String expected) implements TwinOutcome {
        /** For a person. */
        public String reason() {
            return field + " is " + value + ", expected " + expected;
        }
    }

    /** Why a twin began anew. */
    enum Restart {
        /** It did not. */
        NONE,
        /** First sample of the cell. */
        FIRST_SAMPLE,
        /** First sample of another test run: what happened in between is not known. */
        NEW_RUN,
        /** The innovations could not be explained for too long. */
        DIVERGED,
        /** The model no longer gave a finite prediction. */
        NOT_FINITE
    }
}
