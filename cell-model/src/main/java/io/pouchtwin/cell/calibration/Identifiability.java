package io.pouchtwin.cell.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What the data see: singular value decomposition of the derivatives of the standardised data by the standard scores.
 *
 * <p>A direction in the space of unknowns with singular value s is known after the data to 1/sqrt(1 + s^2) of what was known before. Below 0.5 the data tell next to nothing: what the posterior says there is the prior.
 *
 * @param directions from best seen to least seen
 * @param contraction of each unknown: its standard deviation after over before the data, in the linear approximation
 */
public record Identifiability(List<Direction> directions, List<Double> contraction) {
    private static final double SEEN = 0.5;
    private static final double WORTH_NAMING = 0.3;

    /**
     * A combination of unknowns.
     *
     * @param singularValue how strongly the data see it
     * @param weights of the unknowns' standard scores
     */
    public record Direction(double singularValue, List<Double> weights) {
        /** Whether the data say more than the prior. */
        public boolean seen() {
            return singularValue > SEEN;
        }

        /** The combination in words. */
        public String text(List<Unknown> unknowns) {
            List<Integer> order = IntStream.range(0, weights.size())
                    .boxed()
                    .filter(k -> Math.abs(weights.get(k)) > WORTH_NAMING)
                    .sorted(Comparator.comparingDouble(k -> -Math.abs(weights.get(k))))
                    .toList();
            StringBuilder text = new StringBuilder();
            for (int k : order) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s%+.2f %s",
                        text.isEmpty() ? "" : ", ",
                        weights.get(k),
                        unknowns.get(k).name()));
            }
            return text.toString();
        }
    }

    /** From the derivatives at the optimum. */
    public static Identifiability of(double[][] jacobian, DenseAlgebra algebra) {
        int m = jacobian.length;
        int n = jacobian[0].length;
        // the identity below makes it tall, and adds exactly 1 to every squared singular value
        double[][] tall = new double[m + n][n];
        for (int r = 0; r < m; r++) {
            tall[r] = jacobian[r].clone();
        }
        for (int k = 0; k < n; k++) {
            tall[m + k][k] = 1;
        }
        DenseAlgebra.Decomposition d = algebra.decompose(tall);
        List<Direction> directions = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            List<Double> weights = new ArrayList<>();
            for (int c = 0; c < n; c++) {
                weights.add(d.v()[c][k]);
            }
            double s = Math.sqrt(Math.max(0, d.s()[k] * d.s()[k] - 1));
            directions.add(new Direction(s, List.copyOf(weights)));
        }
        List<Double> contraction = new ArrayList<>();
        for (int c = 0; c < n; c++) {
            double variance = 0;
            for (int k = 0; k < n; k++) {
                double w = d.v()[c][k] / d.s()[k];
                variance = Math.fma(w, w, variance);
            }
            contraction.add(Math.sqrt(variance));
        }
        return new Identifiability(List.copyOf(directions), List.copyOf(contraction));
    }

    /** Number of directions that the data see. */
    public long seen() {
        return directions.stream().filter(Direction::seen).count();
    }
}
