package io.pouchtwin.gateway.replay;

import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.gateway.rejection.Rejection;

/** A line of the file: a point, or the reason why it is none. */
sealed interface BdfRow {
    /** A point. */
    record Point(RawSample sample) implements BdfRow {}

    /**
     * Not a point.
     *
     * @param line in the file, from 1
     * @param sequence the number that the point would have had
     * @param text the line
     */
    record Bad(Rejection rejection, long line, long sequence, String text) implements BdfRow {}
}
