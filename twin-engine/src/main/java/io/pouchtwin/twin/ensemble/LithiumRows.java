package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.ElementaryRows;
import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;
import java.util.Arrays;

/**
 * Lithium that is left, and the efficiency of plating it, in all members.
 *
 * <p>Voltage says nothing of either while there is lithium to spare: the members' inventories only follow the charge, each
 * with its own efficiency, and their spread grows. A filter that moved them with every sample would take chance
 * correlations for evidence. Two things are evidence. A member whose lithium would end while the cell goes on is wrong: it
 * takes the place of one that is not, as in a particle filter ({@link #replaceEnded}). And a discharge that ends for want
 * of lithium, which {@link LithiumEnd} recognises, puts all members at the end of theirs.
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

    /** A member with less than this is about to end [1]: its overpotential would be all that the mean voltage shows. */
    private static final double ENDING_SHARE = 5e-3;

    /** Lithium known better than this is known to end, and its end is predicted [1]. */
    private static final double KNOWN_SHARE = 0.02;

    /** How far from the member whose place it takes a wrong member is put, of the spread [1]. */
    private static final double JITTER = 0.2;

    private final ReducedCell cell;
    private final CellPrior prior;
    private final int members;
    private final double[] lost;
    /** ln(1 - efficiency). */
    private final double[] inefficiencyLog;

    private final double[] work;
    private final int[] going;

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
        inefficiencyLog = new double[members];
        work = new double[members];
        going = new int[members];
        inventory = ensemble.state(cell.layout().inventory());
        efficiency = ensemble.parameter(MemberParameter.PLATING_EFFICIENCY);
        mean = ensemble.output(Output.MEAN_STOICHIOMETRY);
        foil = cell.initialInventoryMolPerM2();
        elementary = new ElementaryRows(members);
    }

    /** Members spread evenly over the cells that are believed in, in an order that has nothing to do with their other rows. */
    void draw(IndependentNoise independent, Philox random, int stream, int index) {
        independent.draw(work, random, 0, stream, index);
        UnknownAge age = prior.age();
        int cells = age.lost().length;
        for (int j = 0; j < members; j++) {
            int rank = 0;
            for (int k = 0; k < members; k++) {
                rank += work[k] < work[j] ? 1 : 0;
            }
            double share = (rank + random.uniform(j, 0, stream, index + 1)) / members;
            int place = Math.min(cells - 1, (int) (share * cells));
            lost[j] = age.lost()[place];
            inefficiencyLog[j] = age.inefficiencyLog()[place];
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

    /**
     * Before a step: members whose lithium would end in it are wrong if the cell goes on, and take the places of others,
     * so that the members stay a sample of what is still possible. Where the end is known, or more than half of the members
     * would end at once, nothing is done: the end is predicted.
     *
     * @param strippedMolPerM2 what the step strips [mol/m2]
     * @param random generator of the cell
     * @param step keys the draw
     * @param stream keys the draw
     */
    void replaceEnded(double strippedMolPerM2, Philox random, long step, int stream) {
        if (strippedMolPerM2 <= 0) {
            return;
        }
        double least = ENDING_SHARE * foil + strippedMolPerM2;
        int left = 0;
        for (int j = 0; j < members; j++) {
            if (inventory[j] >= least) {
                going[left++] = j;
            }
        }
        if (left == members || left < members / 2) {
            return;
        }
        double spread = RowStatistics.sigma(inventory, RowStatistics.mean(inventory));
        if (spread < KNOWN_SHARE * foil) {
            return;
        }
        double spreadLog = RowStatistics.sigma(inefficiencyLog, RowStatistics.mean(inefficiencyLog));
        for (int j = 0; j < members; j++) {
            if (inventory[j] < least) {
                int other = going[(int) (left * random.uniform(j, step, stream, 0))];
                double place = inventory[other] + JITTER * spread * random.normal(j, step, stream, 1) - least;
                inventory[j] = least + Math.abs(place);
                inefficiencyLog[j] = inefficiencyLog[other] + JITTER * spreadLog * random.normal(j, step, stream, 2);
            }
        }
        write();
    }

    /** A member that has come to its end keeps a trace. */
    void keepTrace() {
        double least = TRACE_SHARE * foil;
        for (int j = 0; j < members; j++) {
            inventory[j] = Math.max(least, inventory[j]);
        }
    }

    /**
     * By how much the variance of a quantity is larger than that of the members: what has been lost is spread evenly over
     * all ages and heaped at its end, so that nine tenths of the members fill more than 1.64 of their own standard
     * deviations to both sides.
     *
     * @param row inventory or efficiency of the members
     * @param middle its mean
     * @param narrow its standard deviation
     */
    double hiddenVariance(double[] row, double middle, double narrow) {
        double wide = farOut(row, middle) / UnknownAge.BAND_90;
        return Math.max(0, wide * wide - narrow * narrow);
    }

    /** The distance from the middle that a tenth of the members exceed; of the few farthest ones the nearest. */
    private double farOut(double[] row, double middle) {
        int few = members - (int) Math.rint(0.9 * (members - 1));
        Arrays.fill(work, 0, few, -1);
        for (double value : row) {
            double distance = Math.abs(value - middle);
            if (distance > work[0]) {
                int k = 1;
                for (; k < few && work[k] < distance; k++) {
                    work[k - 1] = work[k];
                }
                work[k - 1] = distance;
            }
        }
        return work[0];
    }

    /** The efficiency. */
    void write() {
        elementary.exp(inefficiencyLog, efficiency, members);
        for (int j = 0; j < members; j++) {
            efficiency[j] = 1 - Math.min(1, efficiency[j]);
        }
    }

    void save(double[] target, int from) {
        System.arraycopy(inefficiencyLog, 0, target, from, members);
    }

    void restore(double[] source, int from) {
        System.arraycopy(source, from, inefficiencyLog, 0, members);
    }
}
