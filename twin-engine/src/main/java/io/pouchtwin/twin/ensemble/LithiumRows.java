package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Elementary;
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
 * correlations for evidence. Two things are evidence. A member whose lithium would have ended while the cell goes on is
 * wrong: it keeps a trace. And a discharge that ends for want of lithium, which {@link LithiumEnd} recognises, puts all
 * members at the end of theirs.
 */
final class LithiumRows {
    /** What a member keeps that has come to its end before the cell, of the foil [1]. */
    private static final double TRACE_SHARE = 3e-3;

    /** No member starts with less than this share of the foil [1]: a cell that still runs has some. */
    private static final double LEAST_SHARE = 0.01;

    /** What is left where a discharge ended for want of lithium, of the foil [1]: some parts of the area end before others. */
    private static final double USED_UP_SHARE = 4e-3;

    private static final double USED_UP_SIGMA = 4.5e-3;

    /** Lithium covers half of the area when so much is left, of the foil [1]. */
    private static final double HALF_COVERED_SHARE = 1e-3;

    /** Overpotential for a factor e in current density where it is large [V]. */
    private static final double TAFEL_V = 0.051;

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

    /** The lithium was used up a moment ago: what is left is of the size at which it no longer covers the area. */
    void usedUp() {
        double middle = RowStatistics.mean(inventory);
        double sigma = RowStatistics.sigma(inventory, middle);
        double least = USED_UP_SHARE * foil;
        for (int j = 0; j < members; j++) {
            double place = sigma > 0 ? (inventory[j] - middle) / sigma : 0;
            inventory[j] = Math.max(0.1 * least, Math.fma(USED_UP_SIGMA * foil, place, least));
        }
    }

    /** How uncertain the voltage is because nobody knows how the last lithium lies on the area [V]. */
    double bareSigmaV() {
        double left = Math.max(RowStatistics.mean(inventory), 0.1 * HALF_COVERED_SHARE * foil);
        return TAFEL_V * Elementary.log(1 + HALF_COVERED_SHARE * foil / left);
    }

    /** Members that have come to their end while the cell has not keep a trace. */
    void refute() {
        double least = TRACE_SHARE * foil;
        for (int j = 0; j < members; j++) {
            inventory[j] = Math.max(least, inventory[j]);
        }
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
