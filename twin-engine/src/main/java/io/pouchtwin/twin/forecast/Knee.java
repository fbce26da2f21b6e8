package io.pouchtwin.twin.forecast;

/**
 * The cycle at which a future's capacity begins to fall steeply: its fade per cycle is then so many times what it is first, and no longer negligible. Fades are those of the stretches between nodes, at their middles, straight between.
 */
final class Knee {
    /** How many times steeper than first [1]. */
    static final double FACTOR = 3;

    /** A fade below this share of the capacity per cycle is no knee, however flat the beginning is [1]. */
    static final double LEAST_FADE_PER_CYCLE = 5e-4;

    private Knee() {}

    /**
     * Cycles from now to the knee of each future; infinite where there is none.
     *
     * @param cycle nodes, ascending from 0 [cycle]
     * @param capacityC capacity by node and future [C]
     */
    static double[] cycles(double[] cycle, double[][] capacityC) {
        double[] when = new double[capacityC[0].length];
        for (int f = 0; f < when.length; f++) {
            when[f] = of(cycle, capacityC, f);
        }
        return when;
    }

    private static double of(double[] cycle, double[][] capacityC, int future) {
        double before = fade(cycle, capacityC, future, 0);
        double steep = Math.max(LEAST_FADE_PER_CYCLE * capacityC[0][future], FACTOR * before);
        for (int n = 1; n + 1 < cycle.length; n++) {
            double here = fade(cycle, capacityC, future, n);
            if (here > steep) {
                double from = 0.5 * (cycle[n - 1] + cycle[n]);
                double to = 0.5 * (cycle[n] + cycle[n + 1]);
                return from + (to - from) * Math.max(0, (steep - before) / (here - before));
            }
            before = here;
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Loss of capacity per cycle behind a node [C]. */
    private static double fade(double[] cycle, double[][] capacityC, int future, int node) {
        return (capacityC[node][future] - capacityC[node + 1][future]) / (cycle[node + 1] - cycle[node]);
    }
}
