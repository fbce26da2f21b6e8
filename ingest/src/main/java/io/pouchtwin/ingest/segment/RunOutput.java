package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.CycleSummary;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Sample;

/** Receives what a run's rows turn out to be, in order. */
public interface RunOutput {
    /** An accepted sample. */
    void sample(Sample sample);

    /** A row that was not accepted, of this cell. */
    void refused(RawSample row, String cell, Fault fault);

    /** A row that came before, the same. */
    void duplicate();

    /** One or more numbers are missing before the row that follows. */
    void gap();

    /** A cycle ended; {@code cell} and {@code test_run} are set. */
    void cycle(CycleSummary summary);
}
