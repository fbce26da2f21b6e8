package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.reduced.MemberParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The model's own error as each member carries it, see {@link ModelError}: rows that the filter moves, one in volts that follows from them. */
final class Discrepancy {
    /** Number of scalars in a saved discrepancy, before its rows. */
    static final int SCALARS = 10;

    private static final int LASTING = 3;
    private static final int FADING = 3;

    /** Number of rows in a saved discrepancy. */
    static final int ROWS = LASTING + FADING;

    /** An error of the surface smaller than this is not drawn anew [V]. */
    private static final double NEGLIGIBLE_V = 1e-5;

    private final ModelError error;
    private final double oneCDensity;
    private final int members;
    /** The part that forgets itself slowly. */
    final FadingRow passing;
    /** The stoichiometry at the surface, where the open-circuit curve is steep. */
    final FadingRow surface;
    /** The voltage where the salt runs out. */
    final FadingRow depletion;
    /** The parts that last, in their own standard deviations: a resistance, one that changes over the charge, an offset of the voltage. */
    final double[][] lasting;
    /** All together [V], but for the surface's: that is a parameter of the cell's. */
    final double[] volts;

    private final FadingRow[] fading;
    private final List<double[]> rows = new ArrayList<>();
    private double lastCRate;
    private double passingV;
    private double depletionV;
    private double surfaceSigma;
    private final double[] lastingV = new double[LASTING];

    Discrepancy(ModelError error, double oneCDensity, int members) {
        this.error = error;
        this.oneCDensity = oneCDensity;
        this.members = members;
        passing = new FadingRow(members);
        surface = new FadingRow(members);
        depletion = new FadingRow(members);
        fading = new FadingRow[] {passing, surface, depletion};
        lasting = new double[LASTING][members];
        for (FadingRow row : fading) {
            rows.add(row.u);
        }
        rows.addAll(List.of(lasting));
        volts = new double[members];
    }

    /** Before any sample; the rows were drawn. */
    void begin() {
        for (FadingRow row : fading) {
            row.begin();
        }
        lastCRate = 0;
        Arrays.fill(lastingV, 0);
        lastingV[2] = ModelError.OFFSET_SIGMA_V;
        passingV = error.sigmaV(0);
        depletionV = 0;
        surfaceSigma = 0;
        Arrays.fill(volts, 0);
    }

    /** Every row, for noise that is to be independent of all of them. */
    List<double[]> rows() {
        return rows;
    }

    /** The sizes at a current, without history. */
    void at(double cRate, double soc) {
        lastCRate = cRate;
        lastingV[0] = error.resistiveV(cRate * oneCDensity);
        lastingV[1] = lastingV[0] * (2 * soc - 1);
        passingV = error.sigmaV(cRate * oneCDensity);
        depletionV = 0;
    }

    /** What the model was off by before an interval stays for a while, whatever current flows now. */
    void linger(double beforeV, double lengthS) {
        passingV = Math.max(passingV, beforeV * ModelError.lingering(lengthS));
    }

    /**
     * Lets the errors forget themselves over an interval. Where the standard deviation of the slow part grows, what was
     * learnt of it keeps its volts and the rest is drawn anew.
     *
     * @param depletionV standard deviation of the voltage for want of salt [V]
     * @return whether {@link #refresh} is due
     */
    boolean forget(double lengthS, double chargeShare, double cRate, double soc, double depletionV) {
        double change = cRate - lastCRate;
        double before = passingV;
        at(cRate, soc);
        linger(before, lengthS);
        this.depletionV = depletionV;
        passing.forget(ModelError.forgetting(lengthS, chargeShare, change), Math.min(1, before / passingV));
        depletion.forget(ModelError.depletionForgetting(lengthS), 1);
        return passing.isDue() || depletionIsDue();
    }

    /**
     * Lets the surface's error forget itself over an interval, before it.
     *
     * @param slopeV slope of the open-circuit voltage at the particles' surface at the interval's beginning [V]
     * @return whether {@link #refreshSurface} is due
     */
    boolean forgetSurface(double chargeShare, double cRate, double slopeV) {
        surfaceSigma = ModelError.surfaceSigma(slopeV);
        surface.forget(ModelError.surfaceForgetting(chargeShare, cRate - lastCRate), 1);
        return surface.isDue() && surfaceSigma * slopeV > NEGLIGIBLE_V;
    }

    /** Before a run, whose particles are anywhere. */
    void forgetSurface() {
        surfaceSigma = 0;
    }

    /** Replaces what was forgotten of the surface's error by independent noise. */
    void refreshSurface(IndependentNoise independent, Philox random, long step, int stream, double[] noise) {
        surface.refresh(independent, random, step, stream, 1, noise);
    }

    private boolean depletionIsDue() {
        return depletion.isDue() && depletionV > 0;
    }

    /** Replaces what was forgotten by noise that is independent of what the members carry. */
    void refresh(IndependentNoise independent, Philox random, long step, int stream, double[] noise) {
        if (passing.isDue()) {
            passing.refresh(independent, random, step, stream, 0, noise);
        }
        if (depletionIsDue()) {
            depletion.refresh(independent, random, step, stream, 2, noise);
        }
    }

    /** Standard deviation of the part that forgets itself, at the present current [V]. */
    double passingV() {
        return passingV;
    }

    /** Standard deviation of the voltage for want of salt [V]. */
    double depletionV() {
        return depletionV;
    }

    /** Whether no current flows. */
    boolean rests() {
        return lastCRate == 0;
    }

    /** Variance that has built up and is not yet in the rows [V2], but for the surface's. */
    double pendingVariance() {
        double sum = passingV * passingV * passing.pendingShare();
        return depletionV > 0 ? Math.fma(depletionV * depletionV, depletion.pendingShare(), sum) : sum;
    }

    /** That of the stoichiometry at the surface [1]. */
    double pendingSurfaceVariance() {
        return surfaceSigma * surfaceSigma * surface.pendingShare();
    }

    /** Standard deviation of the stoichiometry at the surface [1]. */
    double surfaceSigma() {
        return surfaceSigma;
    }

    /** Brings the surfaces up to date: the parameter {@link MemberParameter#SURFACE_STOICHIOMETRY_OFFSET} of each member. */
    void writeSurface(double[] offset) {
        for (int j = 0; j < members; j++) {
            offset[j] = surfaceSigma * surface.u[j];
        }
    }

    /** Brings the volts up to date. */
    void write() {
        for (int j = 0; j < members; j++) {
            double last = Math.fma(lastingV[1], lasting[1][j], lastingV[2] * lasting[2][j]);
            last = Math.fma(depletionV, depletion.u[j], Math.fma(lastingV[0], lasting[0][j], last));
            volts[j] = Math.fma(passingV, passing.u[j], last);
        }
    }

    void save(double[] target, int at) {
        for (int k = 0; k < FADING; k++) {
            target[at + k] = fading[k].forgotten();
        }
        target[at + FADING] = lastCRate;
        target[at + FADING + 1] = passingV;
        target[at + FADING + 2] = depletionV;
        target[at + FADING + 3] = surfaceSigma;
        System.arraycopy(lastingV, 0, target, at + FADING + 4, LASTING);
        int next = at + SCALARS;
        for (double[] row : rows) {
            System.arraycopy(row, 0, target, next, members);
            next += members;
        }
    }

    void restore(double[] source, int at) {
        for (int k = 0; k < FADING; k++) {
            fading[k].restore(source[at + k]);
        }
        lastCRate = source[at + FADING];
        passingV = source[at + FADING + 1];
        depletionV = source[at + FADING + 2];
        surfaceSigma = source[at + FADING + 3];
        System.arraycopy(source, at + FADING + 4, lastingV, 0, LASTING);
        int next = at + SCALARS;
        for (double[] row : rows) {
            System.arraycopy(source, next, row, 0, members);
            next += members;
        }
    }
}
