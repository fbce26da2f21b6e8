package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.CleanBatch;

/** Receives what becomes of a batch of a channel, and of its rows. */
public interface BatchOutput extends RunOutput {
    /** The batch as a whole was not accepted; none of its rows is reported. */
    void batchRefused(Fault fault);

    /** What goes to the twin. Called after everything else of the batch. */
    void clean(CleanBatch batch);
}
