package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.Philox;

/**
 * An error that every member carries and that forgets itself: standard normal over the members, u, which decays by phi and is
 * refreshed so that its variance stays 1. Noise is drawn only when enough has built up to matter; until then it counts as
 * noise of the measurement.
 */
final class FadingRow {
    /** Refreshed when no more than this share is still remembered [1]. */
    private static final double KEPT = 0.95;

    /** In its own standard deviations. */
    final double[] u;

    private double forgotten;
    private double keep = 1;

    FadingRow(int members) {
        u = new double[members];
    }

    /** Nothing has been forgotten of what was drawn. */
    void begin() {
        forgotten = 0;
        keep = 1;
    }

    /**
     * Forgets.
     *
     * @param amount exponent of the decay, 0 or more
     * @param share what else shrinks what was learnt: where the standard deviation has grown, it keeps its size and the rest is
     *     drawn anew [1]
     */
    void forget(double amount, double share) {
        forgotten += amount - (share < 1 ? Elementary.log(share) : 0);
        keep = Elementary.exp(-forgotten);
    }

    /** Whether {@link #refresh} is due. */
    boolean isDue() {
        return keep < KEPT;
    }

    /** Replaces what was forgotten by noise that is independent of what the members carry. */
    void refresh(IndependentNoise independent, Philox random, long step, int stream, int index, double[] noise) {
        double fresh = Math.sqrt(1 - keep * keep);
        independent.draw(noise, random, step, stream, index);
        for (int j = 0; j < u.length; j++) {
            u[j] = Math.fma(keep, u[j], fresh * noise[j]);
        }
        begin();
    }

    /** Share of the variance that has built up and is not yet in the row [1]. */
    double pendingShare() {
        return 1 - Elementary.exp(-2 * forgotten);
    }

    double forgotten() {
        return forgotten;
    }

    /** Takes up how much was forgotten; the row itself is its owner's to restore. */
    void restore(double forgotten) {
        this.forgotten = forgotten;
        keep = 1;
    }
}
