package io.pouchtwin.twin.forecast;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.Philox;
import java.util.Arrays;

/**
 * What is believed of the spare lithium: pairs of (share of plated lithium that is lost, spare lithium at the start), weighted by what the discharges have shown. A few of them stand for cells that are not what their design says, so that such a cell is recognised when its discharges end early.
 *
 * <p>Voltage says nothing of spare lithium while there is any. What each cycle without a deficit says is only that the end has not come; that is what the weights carry, so that the interval stays as wide as it is true. Once discharges
 * fall short of what the cathode would give, the weights find when it began and how fast it goes.
 *
 * <p>Deficit after S of plated charge: d = max(0, loss S - spare). Belongs to one thread.
 */
final class InventoryBelief {
    /** Number of pairs. */
    static final int PAIRS = 1024;
    /** Number of doubles of {@link #save}. */
    static final int SAVED_LENGTH = PAIRS + 1;

    /** Spread of a foil [1]. */
    private static final double FOIL_SIGMA = 0.05;

    /** Every so manieth pair stands for a cell that is not what its design says: a thinner foil, or an interface that eats lithium. */
    private static final int ODD_EACH = 4;

    /** How probable such a cell is before anything is seen [1]. */
    private static final double ODD_SHARE = 0.04;

    /** Its loss: spread of the logarithm, upwards only [1]. */
    private static final double ODD_LOSS_SIGMA = 1;

    private static final double LOG_ODD = Elementary.log(ODD_SHARE / (1 - ODD_SHARE) * (ODD_EACH - 1));

    /** No cell loses more of what it plates [1]. */
    private static final double MOST_LOSS = 0.3;

    /** What a discharge departs from its expectation by without any deficit, of the reference charge [1]. */
    private static final double SIGMA_SHARE = 0.006;

    /** Successive discharges err alike: each counts for less than one. */
    private static final double NEWS = 0.4;

    /** No single discharge excludes a pair by more than this. */
    private static final double MOST = 12;

    private final double[] loss = new double[PAIRS];
    private final double[] spare = new double[PAIRS];
    private final double[] logWeight = new double[PAIRS];
    private double plated;

    /**
     * Before anything is seen.
     *
     * @param cell keys the draws
     * @param medianLoss share of plated lithium that is lost [1]
     * @param lossSigma its spread from cell to cell: of the logarithm [1]
     * @param foilCPerM2 spare lithium of a fresh cell [C/m2]
     * @param fresh whether the cell was seen from its beginning; else any part of the foil may be gone
     */
    InventoryBelief(String cell, double medianLoss, double lossSigma, double foilCPerM2, boolean fresh) {
        Philox random = Philox.of(6, cell);
        for (int k = 0; k < PAIRS; k++) {
            boolean odd = k % ODD_EACH == 0;
            double normal = random.normal(k, 0, 1, 0);
            double apart = odd ? ODD_LOSS_SIGMA * Math.abs(normal) : lossSigma * normal;
            loss[k] = Math.min(MOST_LOSS, medianLoss * Elementary.exp(apart));
            double foil = foilCPerM2 * (1 + FOIL_SIGMA * random.normal(k, 0, 1, 1));
            spare[k] = foil * (odd || !fresh ? random.uniform(k, 0, 1, 2) : 1);
            logWeight[k] = odd ? LOG_ODD : 0;
        }
    }

    /** Counts plated charge [C/m2]. */
    void plate(double chargeCPerM2) {
        plated += chargeCPerM2;
    }

    /**
     * A discharge has shown how far it falls short of what the cathode alone would give.
     *
     * @param deficitCPerM2 by how much; negative where it gave more
     * @param sigmaCPerM2 how well the expectation is known, besides what every discharge departs by
     * @param referenceCPerM2 charge of a fresh discharge
     */
    void see(double deficitCPerM2, double sigmaCPerM2, double referenceCPerM2) {
        double own = SIGMA_SHARE * referenceCPerM2;
        double variance = own * own + sigmaCPerM2 * sigmaCPerM2;
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < PAIRS; k++) {
            double apart = deficitCPerM2 - deficit(k, plated);
            logWeight[k] -= NEWS * Math.min(MOST, 0.5 * apart * apart / variance);
            largest = Math.max(largest, logWeight[k]);
        }
        for (int k = 0; k < PAIRS; k++) {
            logWeight[k] -= largest;
        }
    }

    private double deficit(int pair, double platedCPerM2) {
        return Math.max(0, loss[pair] * platedCPerM2 - spare[pair]);
    }

    /** Probability that spare lithium has run out. */
    double exhausted() {
        double sum = 0;
        double total = 0;
        for (int k = 0; k < PAIRS; k++) {
            double w = Elementary.exp(logWeight[k]);
            total += w;
            sum += deficit(k, plated) > 0 ? w : 0;
        }
        return sum / total;
    }

    /** Expected deficit [C/m2]. */
    double expectedDeficit() {
        double sum = 0;
        double total = 0;
        for (int k = 0; k < PAIRS; k++) {
            double w = Elementary.exp(logWeight[k]);
            total += w;
            sum += w * deficit(k, plated);
        }
        return sum / total;
    }

    /** Pairs that stand for the belief, each as probable as the other: systematic resampling, by ascending remaining life. */
    Sample sample(int count) {
        Integer[] order = new Integer[PAIRS];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, (a, b) -> Double.compare((spare[a] / loss[a]), spare[b] / loss[b]));
        double total = 0;
        double[] weight = new double[PAIRS];
        for (int k = 0; k < PAIRS; k++) {
            weight[k] = Elementary.exp(logWeight[k]);
            total += weight[k];
        }
        double[] losses = new double[count];
        double[] left = new double[count];
        double passed = 0;
        int next = 0;
        for (Integer k : order) {
            passed += weight[k];
            while (next < count && passed >= (next + 0.5) / count * total) {
                losses[next] = loss[k];
                left[next] = spare[k] - loss[k] * plated;
                next++;
            }
        }
        return new Sample(losses, left);
    }

    /**
     * Equally probable pairs.
     *
     * @param loss share of plated lithium that is lost [1]
     * @param left spare lithium now; negative: missing [C/m2]
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Sample(double[] loss, double[] left) {}

    void save(double[] target, int offset) {
        System.arraycopy(logWeight, 0, target, offset, PAIRS);
        target[offset + PAIRS] = plated;
    }

    void restore(double[] source, int offset) {
        System.arraycopy(source, offset, logWeight, 0, PAIRS);
        plated = source[offset + PAIRS];
    }
}
