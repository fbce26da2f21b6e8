package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.math.NormalQuantile;
import io.pouchtwin.cell.math.Philox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Draws from the posterior: every member finds its place by randomised maximum likelihood and is then moved about by a Markov chain that leaves the posterior as it is ({@link PosteriorWalk}).
 *
 * <p>Randomised maximum likelihood fits each member to its own disturbed data and its own draw from the prior. Its first step is that of the linear problem, taken whole, so that directions that the data do not see go to their draw
 * and stay there; from the derivatives at its end, damped steps of Gauss and Newton repair the fit, with Broyden's rank-one update in between, so that most steps cost one run of the model. For a linear model the result is exact; for a
 * curved one it is a good beginning, and the walk takes away what is wrong with it.
 *
 * <p>A member whose beginning misses the undisturbed data by more than chance explains (99.9 %) is thrown away and drawn anew; how many were is reported.
 *
 * @see "D. S. Oliver, N. He, A. C. Reynolds, Conditioning permeability fields to pressure data, ECMOR V (1996)"
 */
public final class PosteriorSampler {
    /** Steps per Jacobian. */
    private static final int STEPS = 5;
    /** Jacobians per beginning. */
    private static final int REPAIRS = 4;

    private static final int MOST_ROUNDS = 6;

    private final IntFunction<Problem> problems;
    private final List<Datum> data;
    private final DenseAlgebra algebra;
    private final long seed;
    private final int walkSteps;
    private final Consumer<String> progress;

    /**
     * How to draw.
     *
     * @param seed of all random numbers
     * @param walkSteps steps of each member's chain, one run of the model each
     * @param progress receives a line now and then; called from several threads
     */
    public record Manner(long seed, int walkSteps, Consumer<String> progress) {
        /** Without telling anyone. */
        public static Manner quiet(long seed, int walkSteps) {
            return new Manner(seed, walkSteps, ignored -> {});
        }
    }

    /** For a problem and what of its data is to be used. */
    public PosteriorSampler(Problem problem, List<Datum> data, DenseAlgebra algebra, Manner manner) {
        this(ignored -> problem, data, algebra, manner);
    }

    /** For problems of the same form that differ from member to member, as in what they take over from another posterior. */
    public PosteriorSampler(IntFunction<Problem> problems, List<Datum> data, DenseAlgebra algebra, Manner manner) {
        this.problems = problems;
        this.data = List.copyOf(data);
        this.algebra = algebra;
        this.seed = manner.seed();
        this.walkSteps = manner.walkSteps();
        this.progress = manner.progress();
    }

    /**
     * Members of the posterior.
     *
     * @param numbers of the draws that they are
     * @param scores of each member
     * @param predictions of each member
     * @param rejected beginnings that were thrown away
     * @param accepted share of the walks' steps that were taken; NaN without walks
     */
    public record Cloud(
            List<Integer> numbers, List<double[]> scores, List<double[]> predictions, int rejected, double accepted) {}

    /**
     * A place in the space of unknowns with what the model says there.
     *
     * @param scores standard scores
     * @param predictions of the data
     * @param residuals of the data
     */
    // numbers on their way through an algorithm; nobody compares them as records
    @SuppressWarnings("ArrayRecordComponent")
    record Place(double[] scores, double[] predictions, double[] residuals) {
        static Place at(Residuals model, double[] scores) {
            double[] predictions = model.predictions(scores);
            return new Place(scores, predictions, model.ofData(predictions));
        }

        double misfit() {
            return Residuals.halfSquare(residuals);
        }

        boolean exists() {
            return Double.isFinite(misfit());
        }
    }

    /** A member's beginning, and the derivatives of the residuals around it. */
    // numbers on their way through an algorithm; nobody compares them as records
    @SuppressWarnings("ArrayRecordComponent")
    private record Beginning(int number, Residuals model, Place place, double[][] jacobian) {}

    /** Draws this many members around an optimum. */
    public Cloud draw(MapEstimate optimum, int members) {
        List<Beginning> begun = new ArrayList<>();
        double bound = misfitBound(data.size());
        int next = 0;
        AtomicInteger tried = new AtomicInteger();
        for (int round = 0; round < MOST_ROUNDS && begun.size() < members; round++) {
            int first = next;
            next += members - begun.size();
            IntStream.range(first, next)
                    .parallel()
                    .mapToObj(k -> {
                        Beginning one = beginning(optimum, k);
                        tell(tried, members, "beginnings tried");
                        return one;
                    })
                    .toList()
                    .stream()
                    .filter(b -> b.place().misfit() <= bound)
                    .forEach(begun::add);
        }
        AtomicInteger done = new AtomicInteger();
        List<Linearisation> all = begun.stream()
                .map(b -> new Linearisation(b.place(), b.jacobian(), algebra))
                .toList();
        List<PosteriorWalk> walks = IntStream.range(0, begun.size())
                .parallel()
                .mapToObj(k -> walk(begun.get(k), guides(all, k), done, members))
                .toList();
        int accepted = walks.stream().mapToInt(PosteriorWalk::accepted).sum();
        return new Cloud(
                begun.stream().map(Beginning::number).toList(),
                walks.stream().map(w -> w.place().scores()).toList(),
                walks.stream().map(w -> w.place().predictions()).toList(),
                next - begun.size(),
                accepted / (double) (walkSteps * begun.size()));
    }

    /** The linearisations that a member follows: the others', beginning with the next one's. */
    private static List<Linearisation> guides(List<Linearisation> all, int member) {
        List<Linearisation> others = new ArrayList<>(all.subList(member + 1, all.size()));
        others.addAll(all.subList(0, member));
        return others;
    }

    private PosteriorWalk walk(Beginning start, List<Linearisation> others, AtomicInteger done, int members) {
        PosteriorWalk walk = new PosteriorWalk(start.model(), start.place(), others);
        Philox random = Philox.of(seed, start.model().name());
        for (int step = 0; step < walkSteps && !others.isEmpty(); step++) {
            walk.step(random, start.number(), step);
        }
        tell(done, members, "members done");
        return walk;
    }

    /** Counts, and says so eight times on the way. */
    private void tell(AtomicInteger count, int members, String what) {
        int now = count.incrementAndGet();
        if (now % Math.max(1, members / 8) == 0) {
            progress.accept(now + " " + what);
        }
    }

    private Beginning beginning(MapEstimate optimum, int number) {
        Residuals model = new Residuals(problems.apply(number), data);
        Philox random = Philox.of(seed, model.name());
        double[] prior = new double[model.unknowns()];
        for (int k = 0; k < prior.length; k++) {
            prior[k] = random.normal(number, 0, 0, k);
        }
        double[] disturbance = new double[data.size()];
        for (int k = 0; k < disturbance.length; k++) {
            disturbance[k] = data.get(k).relation() == Datum.Relation.AT_LEAST_LOG ? 0 : random.normal(number, 0, 1, k);
        }
        double[] z = optimum.scores();
        Place place = Place.at(
                model, sum(z, move(optimum.jacobian(), model.ofData(optimum.predictions()), disturbance, z, prior, 0)));
        if (!place.exists()) {
            return new Beginning(number, model, place, new double[0][]);
        }
        double bound = misfitBound(data.size());
        double cost = cost(place, disturbance, prior);
        double[][] jacobian = model.jacobian(place.scores());
        for (int round = 0; round < REPAIRS; round++) {
            if (round > 0) {
                jacobian = model.jacobian(place.scores());
            }
            double before = cost;
            double damping = 0;
            for (int step = 0; step < STEPS; step++) {
                double[] move = move(jacobian, place.residuals(), disturbance, place.scores(), prior, damping);
                Place ahead = Place.at(model, sum(place.scores(), move));
                broyden(jacobian, place.residuals(), ahead.residuals(), move);
                double costAhead = cost(ahead, disturbance, prior);
                if (costAhead < cost) {
                    boolean near = cost - costAhead < 1e-2 * (1 + cost);
                    place = ahead;
                    cost = costAhead;
                    damping *= 0.3;
                    if (near) {
                        break;
                    }
                } else {
                    damping = Math.max(0.5, damping * 4);
                }
            }
            boolean hopeless = cost > 0.8 * before;
            if (place.misfit() <= bound || hopeless) {
                break;
            }
        }
        return new Beginning(number, model, place, jacobian);
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

    private static double cost(Place place, double[] disturbance, double[] prior) {
        return 0.5 * (distance(place.residuals(), disturbance) + distance(place.scores(), prior));
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum = Math.fma(a[k] - b[k], a[k] - b[k], sum);
        }
        return sum;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] c = new double[a.length];
        for (int k = 0; k < c.length; k++) {
            c[k] = a[k] + b[k];
        }
        return c;
    }

    /** Half of what chi-square with this many degrees of freedom stays below in 99.9 % of cases (Wilson and Hilferty 1931). */
    static double misfitBound(int degrees) {
        double a = 2.0 / (9.0 * degrees);
        double t = 1 - a + NormalQuantile.of(0.999) * Math.sqrt(a);
        return 0.5 * degrees * t * t * t;
    }
}
