package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.ingest.Rows;
import java.util.List;
import java.util.Optional;

/** A channel fed with batches, its state saved before each as in the role. */
public final class SegmenterFeed {
    private final ChannelSegmenter channel = new ChannelSegmenter("bts", "c");

    /** What becomes of a batch. */
    public List<CleanBatch> accept(RawBatch batch) {
        var unused = channel.save();
        Collected out = new Collected();
        channel.accept(batch, (tester, name) -> Optional.of(Rows.registration()), out);
        return out.batches;
    }
}
