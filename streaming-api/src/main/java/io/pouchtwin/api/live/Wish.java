package io.pouchtwin.api.live;

import io.pouchtwin.api.json.StateFields;

/**
 * What a reader wants of a cell that it follows.
 *
 * @param maxRateHz most states per second; 0 for every state
 * @param fields what it wants to know of each
 */
record Wish(double maxRateHz, StateFields fields) {
    private static final double NS_PER_S = 1e9;

    /** Every state, whole. */
    static final Wish EVERYTHING = wholeStates(0);

    /** Everything of each state, but no more than so many a second; 0 for every state. */
    static Wish wholeStates(double maxRateHz) {
        return new Wish(maxRateHz, StateFields.ALL);
    }

    /** Least time between two states, ns. */
    long intervalNs() {
        return maxRateHz > 0 ? (long) (NS_PER_S / maxRateHz) : 0;
    }
}
