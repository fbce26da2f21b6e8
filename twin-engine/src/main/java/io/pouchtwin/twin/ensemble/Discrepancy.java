package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.Philox;
import java.util.Arrays;

/** The model's own error as each member carries it, see {@link ModelError}: two rows that the filter moves, one in volts that follows from them. */
final class Discrepancy {
    /** Number of scalars in a saved discrepancy, before its rows. */
    static final int SCALARS = 4;

    /** Number of rows in a saved discrepancy. */
    static final int ROWS = 2;

    /** Refreshed when no more than this share is still remembered [1]. */
    private static final double KEPT = 0.95;

    private final ModelError error;
    private final double oneCDensity;
    private final int members;
    /** The part that forgets itself, in its own standard deviations. */
    final double[] passing;
    /** The part that lasts, likewise. */
    final double[] lasting;
    /** Both together [V]. */
    final double[] volts;

    private double forgotten;
    private double lastCRate;
    private double passingV;
    private double lastingV;

    Discrepancy(ModelError error, double oneCDensity, int members) {
        this.error = error;
        this.oneCDensity = oneCDensity;
        this.members = members;
        passing = new double[members];
        lasting = new double[members];
        volts = new double[members];
    }

    /** Before any sample; the rows were drawn. */
    void begin() {
        forgotten = 0;
        lastCRate = 0;
        lastingV = 0;
        passingV = error.sigmaV(0, 0);
        Arrays.fill(volts, 0);
    }

    /** The sizes at a current, without history. */
    void at(double cRate, double slopeV) {
        lastCRate = cRate;
        lastingV = error.resistiveV(cRate * oneCDensity);
        passingV = error.sigmaV(cRate * oneCDensity, slopeV);
    }

    /**
     * Lets the error forget itself over an interval. Noise is drawn only when enough has built up to matter; until then it
     * counts as noise of the measurement. Where the error's standard deviation grows, what was learnt of it keeps its volts
     * and the rest is drawn anew.
     *
     * @return whether {@link #refresh} is due
     */
    boolean forget(double lengthS, double chargeShare, double cRate, double slopeV) {
        forgotten += ModelError.forgetting(lengthS, chargeShare, cRate - lastCRate);
        double before = passingV;
        at(cRate, slopeV);
        keep = Elementary.exp(-forgotten) * Math.min(1, before / passingV);
        return keep < KEPT;
    }

    private double keep;

    /** Replaces what was forgotten by noise that is independent of what the members carry. */
    void refresh(IndependentNoise independent, Philox random, long step, int stream, double[] noise) {
        double fresh = Math.sqrt(1 - keep * keep);
        independent.draw(noise, random, step, stream, 0);
        for (int j = 0; j < members; j++) {
            passing[j] = Math.fma(keep, passing[j], fresh * noise[j]);
        }
        forgotten = 0;
    }

    /** Standard deviation of the part that forgets itself, at the present current [V]. */
    double passingV() {
        return passingV;
    }

    /** Variance that has built up and is not yet in the rows [V2]. */
    double pendingVariance() {
        return passingV * passingV * (1 - Elementary.exp(-2 * forgotten));
    }

    /** Brings the volts up to date. */
    void write() {
        for (int j = 0; j < members; j++) {
            volts[j] = Math.fma(passingV, passing[j], lastingV * lasting[j]);
        }
    }

    void save(double[] target, int at) {
        target[at] = forgotten;
        target[at + 1] = lastCRate;
        target[at + 2] = passingV;
        target[at + 3] = lastingV;
        System.arraycopy(passing, 0, target, at + SCALARS, members);
        System.arraycopy(lasting, 0, target, at + SCALARS + members, members);
    }

    void restore(double[] source, int at) {
        forgotten = source[at];
        lastCRate = source[at + 1];
        passingV = source[at + 2];
        lastingV = source[at + 3];
        System.arraycopy(source, at + SCALARS, passing, 0, members);
        System.arraycopy(source, at + SCALARS + members, lasting, 0, members);
    }
}
