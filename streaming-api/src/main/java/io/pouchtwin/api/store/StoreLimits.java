package io.pouchtwin.api.store;

/**
 * How much a store keeps.
 *
 * @param statesPerCell most states of one cell
 * @param statesTotal most states of all cells together; each cell gets an equal part, but always room for one
 */
public record StoreLimits(int statesPerCell, int statesTotal) {

    /** Length of a ring when there are so many cells. */
    int ringLength(int cells) {
        return Math.max(1, Math.min(statesPerCell, statesTotal / Math.max(1, cells)));
    }
}
