package io.pouchtwin.twin.forecast;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.NormalQuantile;
import io.pouchtwin.twin.ensemble.RowStatistics;
import java.util.Arrays;

/**
 * The cycles ahead of one cell: every member's resistance and active material go on at the rates learnt, scaled by the load that its own charge makes, and every member meets several equally probable states of the spare lithium.
 *
 * <p>Integrated over the cycle number at nodes that lie the closer the nearer they are; between them straight lines. Growth that may change with time goes on wandering.
 */
final class LifeAhead {
    /** Equally probable states of the spare lithium for each member. */
    static final int LITHIUM_PER_MEMBER = 8;

    private static final double FIRST_NODE = 2;
    private static final double NODE_RATIO = 1.22;

    final double[] cycle;
    /** Capacity of the discharge, by node and future [C]. */
    final double[][] capacityC;
    /** Resistance added, by node and member [ohm m2]. */
    final double[][] addedOhmM2;
    /** Active material, by node and member, logarithm. */
    final double[][] logActive;
    /** Spare lithium, by node and future [C/m2]. */
    final double[][] lithiumCPerM2;
    /** Mean charge of a half cycle up to a node over that of the first [1]. */
    final double[] meanChargeShare;

    private final double scatterC;

    private LifeAhead(double[] cycle, int members, double scatterC) {
        this.cycle = cycle;
        this.scatterC = scatterC;
        int futures = members * LITHIUM_PER_MEMBER;
        capacityC = new double[cycle.length][futures];
        lithiumCPerM2 = new double[cycle.length][futures];
        addedOhmM2 = new double[cycle.length][members];
        logActive = new double[cycle.length][members];
        meanChargeShare = new double[cycle.length];
    }

    /** What a life ahead is computed from. */
    record From(
            AgeingLearner learner,
            CapacityResponse response,
            LoadScaling scaling,
            InventoryBelief.Sample lithium,
            Programme programme,
            double temperatureK,
            double areaM2,
            double referenceC,
            double scatter) {}

    static double[] nodes(int cycles) {
        double[] all = new double[64];
        int n = 1;
        double step = FIRST_NODE;
        while (n < all.length - 1 && all[n - 1] + step < cycles) {
            all[n] = all[n - 1] + step;
            step *= NODE_RATIO;
            n++;
        }
        all[n++] = cycles;
        return Arrays.copyOf(all, n);
    }

    /** Computes. */
    static LifeAhead of(From from, int cycles) {
        AgeingLearner learner = from.learner();
        int members = learner.row(AgeingLearner.GROWTH).length;
        LifeAhead life = new LifeAhead(nodes(cycles), members, from.scatter() * from.referenceC());
        double[] added = learner.row(AgeingLearner.ADDED).clone();
        double[] active = learner.row(AgeingLearner.LOG_ACTIVE).clone();
        double[] charge = new double[members];
        double[] unused = new double[members];
        double[] spare = new double[members * LITHIUM_PER_MEMBER];
        double[] loss = new double[spare.length];
        deal(from.lithium(), spare, loss, members);
        double firstMean = 0;
        double sumShare = 0;
        for (int n = 0; n < life.cycle.length; n++) {
            learner.charges(from.response(), added, active, from.referenceC(), charge, unused);
            double mean = RowStatistics.mean(charge);
            firstMean = n == 0 ? Math.max(1e-9, mean) : firstMean;
            double h = n + 1 < life.cycle.length ? life.cycle[n + 1] - life.cycle[n] : 0;
            sumShare += n == 0 ? 0 : (life.cycle[n] - life.cycle[n - 1]) * mean / firstMean;
            life.meanChargeShare[n] = n == 0 ? 1 : sumShare / life.cycle[n];
            life.record(n, added, active, charge, spare, from.areaM2());
            if (h > 0) {
                // the midpoint rule: growth slackens as the charge falls
                double[] addedHalf = added.clone();
                double[] activeHalf = active.clone();
                life.step(from, n, 0.5 * h, addedHalf, activeHalf, charge);
                double[] chargeHalf = new double[members];
                learner.charges(from.response(), addedHalf, activeHalf, from.referenceC(), chargeHalf, unused);
                life.step(from, n, h, added, active, chargeHalf);
                lose(from.areaM2(), h, spare, loss, life.capacityC[n]);
            }
        }
        return life;
    }

    /** States of the lithium to the members, so that each member gets one of each eighth. */
    private static void deal(InventoryBelief.Sample lithium, double[] spare, double[] loss, int members) {
        for (int f = 0; f < spare.length; f++) {
            int member = f % members;
            int eighth = f / members;
            // an odd multiplier is a permutation of a power of two: members and lithium are independent
            int k = eighth * members + (member * 13 + eighth * 5) % members;
            spare[f] = lithium.left()[k];
            loss[f] = lithium.loss()[k];
        }
    }

    private void record(int node, double[] added, double[] active, double[] charge, double[] spare, double areaM2) {
        System.arraycopy(added, 0, addedOhmM2[node], 0, added.length);
        System.arraycopy(active, 0, logActive[node], 0, active.length);
        for (int f = 0; f < spare.length; f++) {
            lithiumCPerM2[node][f] = spare[f];
            capacityC[node][f] = Math.max(0, charge[f % added.length] + Math.min(0, spare[f]) * areaM2);
        }
    }

    private void step(From from, int node, double h, double[] added, double[] active, double[] charge) {
        double[] growth = from.learner().row(AgeingLearner.GROWTH);
        double[] loss = from.learner().row(AgeingLearner.LOSS);
        double middle = Math.sqrt(cycle[node] + 0.5 * h);
        int members = added.length;
        for (int j = 0; j < members; j++) {
            double share = ((j * 0.6180339887498949) % 1) * (1 - 1.0 / members) + 0.5 / members;
            double wander = Elementary.exp(AgeingLearner.WANDER * middle * NormalQuantile.of(share));
            double other = ((j * 0.7548776662466927) % 1) * (1 - 1.0 / members) + 0.5 / members;
            double wanderLoss = Elementary.exp(AgeingLearner.WANDER * middle * NormalQuantile.of(other));
            double q = charge[j];
            double grown = from.scaling().growth(j, from.programme(), q, from.temperatureK());
            double lost = from.scaling().loss(j, from.programme(), q, Elementary.exp(active[j]), from.temperatureK());
            added[j] += h * Math.max(0, growth[j]) * wander * grown;
            active[j] += h * Math.min(0, loss[j]) * wanderLoss * lost;
        }
    }

    private static void lose(double areaM2, double h, double[] spare, double[] loss, double[] capacity) {
        for (int f = 0; f < spare.length; f++) {
            double perCycle = loss[f] * capacity[f] / areaM2;
            if (spare[f] > 0) {
                spare[f] -= h * perCycle;
            } else {
                // each cycle loses a share of what is left
                double left = capacity[f] / areaM2;
                spare[f] -= left * (1 - Elementary.exp(h * Elementary.log1p(-Math.min(0.9, loss[f]))));
            }
        }
    }

    /** Cycle at which each future first falls below a capacity [C]; infinite beyond the last node. */
    double[] below(double floorC) {
        return crossing(capacityC, floorC);
    }

    /** Cycle at which each future's spare lithium runs out. */
    double[] exhausted() {
        return crossing(lithiumCPerM2, 0);
    }

    private double[] crossing(double[][] quantity, double floor) {
        double[] when = new double[quantity[0].length];
        for (int f = 0; f < when.length; f++) {
            when[f] = quantity[0][f] < floor ? 0 : Double.POSITIVE_INFINITY;
            for (int n = 1; n < cycle.length && Double.isInfinite(when[f]); n++) {
                double a = quantity[n - 1][f];
                double b = quantity[n][f];
                if (b < floor) {
                    when[f] = cycle[n - 1] + (cycle[n] - cycle[n - 1]) * (a - floor) / (a - b);
                }
            }
        }
        return when;
    }

    /** What every future's discharge will read at a cycle ahead [C]: its capacity with what single discharges depart by. */
    double[] discharges(double ahead) {
        double[] charge = at(capacityC, ahead);
        for (int f = 0; f < charge.length; f++) {
            double share = ((f * 0.5698402909980532) % 1) * (1 - 1.0 / charge.length) + 0.5 / charge.length;
            charge[f] = Math.max(0, Math.fma(scatterC, NormalQuantile.of(share), charge[f]));
        }
        return charge;
    }

    /** A quantity of every future at a cycle ahead. */
    double[] at(double[][] quantity, double ahead) {
        int n = 1;
        while (n < cycle.length - 1 && ahead > cycle[n]) {
            n++;
        }
        double f = Math.min(1, (ahead - cycle[n - 1]) / (cycle[n] - cycle[n - 1]));
        double[] value = new double[quantity[0].length];
        for (int k = 0; k < value.length; k++) {
            value[k] = Math.fma(f, quantity[n][k] - quantity[n - 1][k], quantity[n - 1][k]);
        }
        return value;
    }
}
