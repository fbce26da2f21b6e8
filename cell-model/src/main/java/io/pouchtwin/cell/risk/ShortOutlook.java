package io.pouchtwin.cell.risk;

import io.pouchtwin.cell.math.Elementary;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What one cell's past and its load ahead say of a short, over the draws of the fit: the second of the three views.
 *
 * <p>Each draw gathers its own exposure. A cell that has not shorted speaks for the draws that did not expect it to: they are weighted by the probability that a cell of theirs would have come so far. Not thread-safe.
 */
public final class ShortOutlook {
    private final Membrane membrane;
    private final double areaM2;
    private final List<ShortLaw> laws;
    private final double[] exposure;

    /** A fresh cell. */
    public ShortOutlook(Membrane membrane, double areaM2, List<ShortLaw> laws) {
        this.membrane = membrane;
        this.areaM2 = areaM2;
        this.laws = List.copyOf(laws);
        this.exposure = new double[laws.size()];
    }

    /** Adds plating under a load. */
    public void add(PlatingLoad load, double platingS) {
        for (int k = 0; k < exposure.length; k++) {
            exposure[k] += laws.get(k).exposureRate(membrane, load) * platingS;
        }
    }

    /** Cumulative hazard of the past: its 90 % interval and median over the draws as they were before this cell was seen. */
    public DendriteMargin.Range damage() {
        double[] hazard = new double[exposure.length];
        double[] weight = new double[exposure.length];
        for (int k = 0; k < hazard.length; k++) {
            hazard[k] = laws.get(k).hazard(exposure[k], areaM2);
            weight[k] = 1;
        }
        return range(hazard, weight);
    }

    /** Probability of a short during further plating, given that there was none so far: the mean over the weighted draws as the middle, with their 90 % interval. */
    public DendriteMargin.Range probability(PlatingLoad load, double platingS) {
        double[] p = new double[exposure.length];
        double[] weight = weights();
        double sum = 0;
        double total = 0;
        for (int k = 0; k < p.length; k++) {
            double then = exposure[k] + laws.get(k).exposureRate(membrane, load) * platingS;
            p[k] = laws.get(k).shortProbability(exposure[k], then, areaM2);
            sum += weight[k] * p[k];
            total += weight[k];
        }
        DendriteMargin.Range range = range(p, weight);
        return new DendriteMargin.Range(range.low(), sum / total, range.high());
    }

    /** Probability of having survived under each draw, scaled so that the largest is 1. */
    private double[] weights() {
        double least = Double.POSITIVE_INFINITY;
        double[] weight = new double[exposure.length];
        for (int k = 0; k < weight.length; k++) {
            weight[k] = laws.get(k).hazard(exposure[k], areaM2);
            least = Math.min(least, weight[k]);
        }
        for (int k = 0; k < weight.length; k++) {
            weight[k] = Elementary.exp(least - Math.min(weight[k], least + 700));
        }
        return weight;
    }

    private static DendriteMargin.Range range(double[] value, double[] weight) {
        Integer[] order = new Integer[value.length];
        for (int k = 0; k < order.length; k++) {
            order[k] = k;
        }
        Arrays.sort(order, Comparator.comparingDouble(k -> value[k]));
        double total = 0;
        for (double w : weight) {
            total += w;
        }
        double[] at = {0.05, 0.5, 0.95};
        double[] found = new double[at.length];
        double passed = 0;
        int next = 0;
        for (Integer k : order) {
            passed += weight[k];
            while (next < at.length && passed >= at[next] * total) {
                found[next++] = value[k];
            }
        }
        return new DendriteMargin.Range(found[0], found[1], found[2]);
    }

    /** Everything that the next call depends on. */
    public double[] save() {
        return exposure.clone();
    }

    /** Takes up what {@link #save} gave. */
    public void restore(double[] saved) {
        if (saved.length != exposure.length) {
            throw new IllegalArgumentException("exposure: " + saved.length + " values, expected " + exposure.length);
        }
        System.arraycopy(saved, 0, exposure, 0, saved.length);
    }
}
