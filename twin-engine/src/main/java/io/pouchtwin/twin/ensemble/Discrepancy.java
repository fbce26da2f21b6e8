package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.Philox;
import java.util.Arrays;

/** The model's own error as each member carries it, see {@link ModelError}: rows that the filter moves, one in volts that follows from them. */
final class Discrepancy {
    /** Number of scalars in a saved discrepancy, before its rows. */
    static final int SCALARS = 6;

    private static final int LASTING = 3;

    /** Number of rows in a saved discrepancy. */
    static final int ROWS = 4;

    /** Refreshed when no more than this share is still remembered [1]. */
    private static final double KEPT = 0.95;

    private final ModelError error;
    private final double oneCDensity;
    private final int members;
    /** The part that forgets itself, in its own standard deviations. */
    final double[] passing;
    /** The parts that last, likewise: a resistance, one that changes over the charge, an offset of the voltage. */
    final double[][] lasting;
    /** Both together [V]. */
    final double[] volts;

    private double forgotten;
    private double lastCRate;
    private double passingV;
    private final double[] lastingV = new double[LASTING];

    Discrepancy(ModelError error, double oneCDensity, int members) {
        this.error = error;
        this.oneCDensity = oneCDensity;
        this.members = members;
        passing = new double[members];
        lasting = new double[LASTING][members];
        volts = new double[members];
    }

    /** Before any sample; the rows were drawn. */
    void begin() {
        forgotten = 0;
        lastCRate = 0;
        Arrays.fill(lastingV, 0);
        lastingV[2] = ModelError.OFFSET_SIGMA_V;
        passingV = error.sigmaV(0, 0);
        Arrays.fill(volts, 0);
    }

    /** The sizes at a current, without history. */
    void at(double cRate, double slopeV, double soc) {
        lastCRate = cRate;
        lastingV[0] = error.resistiveV(cRate * oneCDensity);
        lastingV[1] = lastingV[0] * (2 * soc - 1);
        passingV = error.sigmaV(cRate * oneCDensity, slopeV);
    }

    /**
     * Lets the error forget itself over an interval. Noise is drawn only when enough has built up to matter; until then it
     * counts as noise of the measurement. Where the error's standard deviation grows, what was learnt of it keeps its volts
     * and the rest is drawn anew.
     *
     * @return whether {@link #refresh} is due
     */
    boolean forget(double lengthS, double chargeShare, double cRate, double slopeV, double soc) {
        forgotten += ModelError.forgetting(lengthS, chargeShare, cRate - lastCRate);
        double before = passingV;
        at(cRate, slopeV, soc);
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

    /** Whether no current flows. */
    boolean rests() {
        return lastCRate == 0;
    }

    /** Variance that has built up and is not yet in the rows [V2]. */
    double pendingVariance() {
        return passingV * passingV * (1 - Elementary.exp(-2 * forgotten));
    }

    /** Brings the volts up to date. */
    void write() {
        for (int j = 0; j < members; j++) {
            double last = Math.fma(lastingV[1], lasting[1][j], lastingV[2] * lasting[2][j]);
            volts[j] = Math.fma(passingV, passing[j], Math.fma(lastingV[0], lasting[0][j], last));
        }
    }

    void save(double[] target, int at) {
        target[at] = forgotten;
        target[at + 1] = lastCRate;
        target[at + 2] = passingV;
        System.arraycopy(lastingV, 0, target, at + 3, LASTING);
        System.arraycopy(passing, 0, target, at + SCALARS, members);
        for (int k = 0; k < LASTING; k++) {
            System.arraycopy(lasting[k], 0, target, at + SCALARS + (k + 1) * members, members);
        }
    }

    void restore(double[] source, int at) {
        forgotten = source[at];
        lastCRate = source[at + 1];
        passingV = source[at + 2];
        System.arraycopy(source, at + 3, lastingV, 0, LASTING);
        System.arraycopy(source, at + SCALARS, passing, 0, members);
        for (int k = 0; k < LASTING; k++) {
            System.arraycopy(source, at + SCALARS + (k + 1) * members, lasting[k], 0, members);
        }
    }
}
