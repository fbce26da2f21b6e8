package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.math.NormalQuantile;
import io.pouchtwin.cell.math.Philox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Draws from the posterior by randomised maximum likelihood: each member fits its own disturbed data against its own draw from the prior. For a linear model that is exact; for a curved one it follows the curve, where a normal
 * approximation at the optimum leaves it.
 *
 * <p>Gauss and Newton's steps start from the optimum's derivatives, which Broyden's rank-one update then corrects member by member, so that a step costs one run of the model. A member whose fit to the undisturbed data is worse
 * than chance explains (99.9 %) is thrown away and drawn anew; how many were is reported.
 *
 * @see "D. S. Oliver, N. He, A. C. Reynolds, Conditioning permeability fields to pressure data, ECMOR V (1996)"
 */
public final class PosteriorSampler {
    private static final int STEPS = 10;
    private static final int MOST_ROUNDS = 4;

    private final IntFunction<Problem> problems;
    private final List<Datum> data;
    private final DenseAlgebra algebra;
    private final long seed;

    /** For a problem and what of its data is to be used. */
    public PosteriorSampler(Problem problem, List<Datum> data, DenseAlgebra algebra, long seed) {
        this(ignored -> problem, data, algebra, seed);
    }

    /** For problems of the same form that differ from member to member, as in what they take over from another posterior. */
    public PosteriorSampler(IntFunction<Problem> problems, List<Datum> data, DenseAlgebra algebra, long seed) {
        this.problems = problems;
        this.data = List.copyOf(data);
        this.algebra = algebra;
        this.seed = seed;
    }

    /**
     * Members of the posterior.
     *
     * @param numbers of the draws that they are
     * @param scores of each member
     * @param predictions of each member
     * @param rejected members that were thrown away
     */
    public record Cloud(List<Integer> numbers, List<double[]> scores, List<double[]> predictions, int rejected) {}

    // numbers on their way through an algorithm; nobody compares them as records
    @SuppressWarnings("ArrayRecordComponent")
    private record Member(int number, double[] scores, double[] predictions, double misfit) {}

    /** Draws this many members around an optimum. */
    public Cloud draw(MapEstimate optimum, int members) {
        List<Integer> numbers = new ArrayList<>();
        List<double[]> scores = new ArrayList<>();
        List<double[]> predictions = new ArrayList<>();
        int rejected = 0;
        int next = 0;
        double bound = misfitBound(data.size());
        for (int round = 0; round < MOST_ROUNDS && scores.size() < members; round++) {
            int first = next;
            int count = members - scores.size();
            List<Member> drawn = IntStream.range(first, first + count)
                    .parallel()
                    .mapToObj(k -> member(optimum, k))
                    .toList();
            next += count;
            for (Member m : drawn) {
                if (m.misfit() <= bound) {
                    numbers.add(m.number());
                    scores.add(m.scores());
                    predictions.add(m.predictions());
                } else {
                    rejected++;
                }
            }
        }
        return new Cloud(numbers, scores, predictions, rejected);
    }

    private Member member(MapEstimate optimum, int number) {
        Problem problem = problems.apply(number);
        int n = problem.unknowns().size();
        int m = data.size();
        Philox noise = Philox.of(seed, problem.name());
        double[] prior = new double[n];
        for (int k = 0; k < n; k++) {
            prior[k] = noise.normal(number, 0, 0, k);
        }
        double[] disturbance = new double[m];
        for (int k = 0; k < m; k++) {
            disturbance[k] = data.get(k).relation() == Datum.Relation.AT_LEAST_LOG ? 0 : noise.normal(number, 0, 1, k);
        }
        Residuals residuals = new Residuals(problem, data);
        double[] z = optimum.scores().clone();
        double[] predictions = optimum.predictions();
        double[] r = residuals.ofData(predictions);
        double[][] jacobian = copy(optimum.jacobian());
        double cost = cost(r, disturbance, z, prior);
        double damping = 0;
        for (int step = 0; step < STEPS; step++) {
            double[] move = move(jacobian, r, disturbance, z, prior, damping);
            double[] candidate = new double[n];
            for (int k = 0; k < n; k++) {
                candidate[k] = z[k] + move[k];
            }
            double[] ahead = residuals.predictions(candidate);
            double[] rAhead = residuals.ofData(ahead);
            broyden(jacobian, r, rAhead, move);
            double costAhead = cost(rAhead, disturbance, candidate, prior);
            if (costAhead < cost) {
                boolean done = cost - costAhead < 1e-3 * (1 + cost);
                z = candidate;
                r = rAhead;
                predictions = ahead;
                cost = costAhead;
                damping *= 0.3;
                if (done) {
                    break;
                }
            } else {
                damping = Math.max(0.5, damping * 4);
            }
        }
        return new Member(number, z, predictions, Residuals.halfSquare(r));
    }

    /** Minimises |J move + r - disturbance|^2 + |z + move - prior|^2 + damping |move|^2. */
    private double[] move(
            double[][] jacobian, double[] r, double[] disturbance, double[] z, double[] prior, double damping) {
        int n = z.length;
        int m = r.length;
        double diagonal = Math.sqrt(1 + damping);
        double[][] a = new double[m + n][n];
        double[] b = new double[m + n];
        for (int k = 0; k < m; k++) {
            System.arraycopy(jacobian[k], 0, a[k], 0, n);
            b[k] = disturbance[k] - r[k];
        }
        for (int k = 0; k < n; k++) {
            a[m + k][k] = diagonal;
            b[m + k] = (prior[k] - z[k]) / diagonal;
        }
        return algebra.leastSquares(a, b);
    }

    private static void broyden(double[][] jacobian, double[] before, double[] after, double[] move) {
        double length = 2 * Residuals.halfSquare(move);
        // a cell that cannot run at all has no derivative to learn from
        if (length < 1e-12 || !Double.isFinite(Residuals.halfSquare(after))) {
            return;
        }
        for (int k = 0; k < before.length; k++) {
            double expected = before[k];
            for (int c = 0; c < move.length; c++) {
                expected = Math.fma(jacobian[k][c], move[c], expected);
            }
            double missing = (after[k] - expected) / length;
            for (int c = 0; c < move.length; c++) {
                jacobian[k][c] = Math.fma(missing, move[c], jacobian[k][c]);
            }
        }
    }

    private static double cost(double[] r, double[] disturbance, double[] z, double[] prior) {
        double sum = 0;
        for (int k = 0; k < r.length; k++) {
            double d = r[k] - disturbance[k];
            sum = Math.fma(d, d, sum);
        }
        for (int k = 0; k < z.length; k++) {
            double d = z[k] - prior[k];
            sum = Math.fma(d, d, sum);
        }
        return 0.5 * sum;
    }

    /** Half of what chi-square with this many degrees of freedom stays below in 99.9 % of cases (Wilson and Hilferty 1931). */
    static double misfitBound(int degrees) {
        double a = 2.0 / (9.0 * degrees);
        double t = 1 - a + NormalQuantile.of(0.999) * Math.sqrt(a);
        return 0.5 * degrees * t * t * t;
    }

    private static double[][] copy(double[][] a) {
        double[][] c = new double[a.length][];
        for (int k = 0; k < a.length; k++) {
            c[k] = a[k].clone();
        }
        return c;
    }
}
