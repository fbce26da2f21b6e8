package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.calibration.PosteriorSampler.Cloud;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Each long test predicted from the other facts: the fit and the cloud without it. */
final class LeaveOneOut {
    /** Facts that are left out one at a time. */
    static final List<String> KEYS = List.of("ppla_1C_500", "ppla_5C_1000", "ppla_10C_1300", "ppl_1C_500", "pl_life");

    private static final int ITERATIONS = 6;
    private static final int WALK_STEPS = 4;
    /** Draws of the pace per member. */
    private static final int PACES = 4;

    private final CoinProblem coins;
    private final MapEstimate full;
    private final DenseAlgebra algebra;
    private final long seed;

    LeaveOneOut(CoinProblem coins, MapEstimate full, DenseAlgebra algebra, long seed) {
        this.coins = coins;
        this.full = full;
        this.algebra = algebra;
        this.seed = seed;
    }

    /**
     * What the others say about a fact.
     *
     * @param datum the fact left out
     * @param mostProbable prediction of the fit to the others
     * @param samePace 5 to 95 % of the cloud, as if a cell aged exactly by the others' constants
     * @param ownPace the same with a pace of its own, see {@link CellToCell}: what is predicted
     */
    record Prediction(Datum datum, double mostProbable, Interval samePace, Interval ownPace) {}

    /** From the 5 % to the 95 % quantile. */
    record Interval(double low, double high) {
        boolean covers(double value) {
            return low <= value && value <= high;
        }
    }

    Prediction without(String key, int members) {
        int index = IntStream.range(0, coins.data().size())
                .filter(k -> coins.data().get(k).key().equals(key))
                .findFirst()
                .orElseThrow();
        Without problem = new Without(coins, index);
        MapEstimate fit = MapEstimate.find(problem, problem.data(), full.scores(), ITERATIONS);
        Cloud cloud = new PosteriorSampler(
                        problem, problem.data(), algebra, PosteriorSampler.Manner.quiet(seed, WALK_STEPS))
                .draw(fit, members);
        CellToCell cells = new CellToCell(seed);
        double[] same = cloud.scores().stream()
                .mapToDouble(z -> coins.predict(coins.values(z))[index])
                .sorted()
                .toArray();
        double[] another = IntStream.range(0, members * PACES)
                .parallel()
                .mapToDouble(k -> {
                    double[] v =
                            coins.values(cloud.scores().get(k % cloud.scores().size()));
                    return coins.predict(CellToCell.paced(v, cells.pace(k)))[index];
                })
                .sorted()
                .toArray();
        return new Prediction(
                coins.data().get(index),
                coins.predict(coins.values(fit.scores()))[index],
                new Interval(quantile(same, 0.05), quantile(same, 0.95)),
                new Interval(quantile(another, 0.05), quantile(another, 0.95)));
    }

    /** Quantile of sorted values, interpolated. */
    static double quantile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int k = (int) Math.min(sorted.length - 2, Math.floor(at));
        return sorted.length == 1 ? sorted[0] : Math.fma(at - k, sorted[k + 1] - sorted[k], sorted[k]);
    }

    /** A problem with one fact taken away. */
    private static final class Without implements Problem {
        private final Problem whole;
        private final int index;

        Without(Problem whole, int index) {
            this.whole = whole;
            this.index = index;
        }

        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public List<Unknown> unknowns() {
            return whole.unknowns();
        }

        @Override
        public List<Datum> data() {
            List<Datum> rest = new ArrayList<>(whole.data());
            rest.remove(index);
            return rest;
        }

        @Override
        public double[] predict(double[] values) {
            double[] all = whole.predict(values);
            double[] rest = Arrays.copyOf(all, all.length - 1);
            System.arraycopy(all, index + 1, rest, index, all.length - 1 - index);
            return rest;
        }
    }
}
