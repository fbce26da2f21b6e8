package io.pouchtwin.gateway;

import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.gateway.rejection.Rejection;
import java.util.List;

/**
 * What a page of stored points came to.
 *
 * @param run the test run of the page
 * @param samples the accepted points, ascending in sequence
 * @param rejections the rows that cannot be used
 * @param lastSequence the point up to which the channel is read once all of this is safe
 * @param gaps points that the tester twice left out
 */
record PageOutcome(String run, List<RawSample> samples, List<RowRejection> rejections, long lastSequence, long gaps) {
    /**
     * A row that cannot be used.
     *
     * @param sequence its number, 0 if not known
     * @param text the row as it came
     */
    record RowRejection(Rejection rejection, long sequence, String text) {}
}
