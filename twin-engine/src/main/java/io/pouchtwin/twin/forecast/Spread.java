package io.pouchtwin.twin.forecast;

import io.pouchtwin.contracts.v1.Between;
import io.pouchtwin.contracts.v1.Quantiles;
import java.util.Arrays;

/** Quantiles of equally probable values, interpolated between their plotting positions (k + 1/2) / n. */
final class Spread {
    private final double[] ascending;

    private Spread(double[] ascending) {
        this.ascending = ascending;
    }

    static Spread of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(sorted);
    }

    double at(double share) {
        double position = share * ascending.length - 0.5;
        int below = (int) Math.floor(position);
        if (below < 0) {
            return ascending[0];
        }
        if (below >= ascending.length - 1) {
            return ascending[ascending.length - 1];
        }
        double a = ascending[below];
        double b = ascending[below + 1];
        return Double.isInfinite(b) ? (position - below < 0.5 ? a : b) : a + (position - below) * (b - a);
    }

    Quantiles message(double unit) {
        return Quantiles.newBuilder()
                .setP05(unit * at(0.05))
                .setP25(unit * at(0.25))
                .setP50(unit * at(0.5))
                .setP75(unit * at(0.75))
                .setP95(unit * at(0.95))
                .build();
    }

    Between between(double unit) {
        double a = unit * at(0.05);
        double b = unit * at(0.95);
        return Between.newBuilder()
                .setValue(unit * at(0.5))
                .setLow(Math.min(a, b))
                .setHigh(Math.max(a, b))
                .build();
    }

    /** Share of the values at or below. */
    double shareUpTo(double value) {
        int n = 0;
        for (double v : ascending) {
            n += v <= value ? 1 : 0;
        }
        return n / (double) ascending.length;
    }

    /** So many values that stand for all. */
    double[] thinned(int count) {
        double[] few = new double[count];
        Arrays.setAll(few, k -> at((k + 0.5) / count));
        return few;
    }

    /** Continuous ranked probability score of these values as a forecast of what came. */
    static double crps(double[] ascending, double came) {
        int n = ascending.length;
        double miss = 0;
        double apart = 0;
        for (int k = 0; k < n; k++) {
            miss += Math.abs(ascending[k] - came) / n;
            apart += ascending[k] * (2 * k + 1 - n) / ((double) n * n);
        }
        return miss - apart;
    }
}
