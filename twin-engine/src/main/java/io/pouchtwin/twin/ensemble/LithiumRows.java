package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.ElementaryRows;
import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;

/**
 * Lithium that is left, and the efficiency of plating it, in all members.
 *
 * <p>Voltage says nothing of either while there is lithium to spare: the members' inventories only follow the charge, each
 * with its own efficiency, and their spread grows. A filter that moved them with every sample would take chance
 * correlations for evidence. Evidence comes when lithium runs out: the members that are nearest to the end of theirs
 * predict a collapse of the voltage at the end of discharge, and are right or wrong. From then on the filter moves both.
 * A cell that runs out while all members believe in much more is not recognised by this.
 */
final class LithiumRows {
    /** The end is near when a member has less than this share of the foil left [1]. */
    private static final double NEAR_SHARE = 0.03;

    /** No member starts with less than this share of the foil [1]: a cell that still runs has some. */
    private static final double LEAST_SHARE = 0.01;

    private static final double FARTHEST = 4;

    private final ReducedCell cell;
    private final CellPrior prior;
    private final int members;
    private final double[] lost;
    /** (ln(1 - efficiency) - mean) / sigma. */
    private final double[] inefficiency;

    private final double[] inventory;
    private final double[] efficiency;
    private final double[] mean;
    private final double foil;
    private final double[][] rows;
    private final ElementaryRows elementary;

    LithiumRows(ReducedCell cell, CellPrior prior, Ensemble ensemble) {
        this.cell = cell;
        this.prior = prior;
        this.members = ensemble.members();
        lost = new double[members];
        inefficiency = new double[members];
        inventory = ensemble.state(cell.layout().inventory());
        efficiency = ensemble.parameter(MemberParameter.PLATING_EFFICIENCY);
        mean = ensemble.output(Output.MEAN_STOICHIOMETRY);
        foil = cell.initialInventoryMolPerM2();
        rows = new double[][] {inventory, inefficiency};
        elementary = new ElementaryRows(members);
    }

    void draw(IndependentNoise independent, Philox random, int stream, int from) {
        independent.draw(lost, random, 0, stream, from);
        independent.draw(inefficiency, random, 0, stream, from + 1);
        for (int j = 0; j < members; j++) {
            lost[j] = Math.fma(prior.lostSigma(), lost[j], prior.lostMean());
        }
    }

    /** Before the members' states of charge are set anew: what each has lost stays what it was. */
    void remember() {
        for (int j = 0; j < members; j++) {
            lost[j] = cell.freshInventoryMolPerM2(mean[j]) - inventory[j];
        }
    }

    /** After the members' states of charge have been set. */
    void place() {
        for (int j = 0; j < members; j++) {
            inventory[j] = Math.max(LEAST_SHARE * foil, cell.freshInventoryMolPerM2(mean[j]) - lost[j]);
        }
    }

    /** Whether voltage can tell now. */
    boolean canBeSeen() {
        double least = inventory[0];
        for (int j = 1; j < members; j++) {
            least = Math.min(least, inventory[j]);
        }
        return least < NEAR_SHARE * foil;
    }

    /** Rows that the filter moves while {@link #canBeSeen}. */
    double[][] rows() {
        return rows;
    }

    /** The efficiency. */
    void write() {
        for (int j = 0; j < members; j++) {
            inefficiency[j] = Math.max(-FARTHEST, Math.min(FARTHEST, inefficiency[j]));
            efficiency[j] = Math.fma(prior.inefficiencyLogSigma(), inefficiency[j], prior.inefficiencyLogMean());
        }
        elementary.exp(efficiency, efficiency, members);
        for (int j = 0; j < members; j++) {
            efficiency[j] = 1 - Math.min(1, efficiency[j]);
        }
    }

    void save(double[] target, int from) {
        System.arraycopy(inefficiency, 0, target, from, members);
    }

    void restore(double[] source, int from) {
        System.arraycopy(source, from, inefficiency, 0, members);
    }
}
