package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.ageing.AgeingLaws;
import io.pouchtwin.cell.calibration.CoinCells.Membrane;
import io.pouchtwin.cell.calibration.PosteriorSampler.Cloud;
import io.pouchtwin.cell.calibration.PosteriorSampler.Manner;
import io.pouchtwin.cell.math.Philox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Does the calibration find a known truth again? Cells drawn from the prior are measured in full order at the six rates, with reading errors; the reduced model is calibrated to that; the truth has to lie inside the 90 % region of
 * highest density of the posterior.
 *
 * <p>If truth and members are draws from the same distribution, the rank of the truth's probability density among theirs is uniform: with 19 members it is one of the last two of twenty, and so outside, in exactly one case of ten. No
 * shape of the posterior is assumed, and members that lie too close together show, for then the truth is too often less probable than all of them.
 */
final class Recovery {
    /** Members of each posterior. */
    static final int MEMBERS = 19;

    /** Members that have to be less probable than a truth inside the region; 2 of 20 ranks are outside. */
    private static final int LEAST_BELOW = 2;

    private static final int WALK_STEPS = 16;

    private final CoinProblem coins;
    private final long seed;

    Recovery(CoinProblem coins, long seed) {
        this.coins = coins;
        this.seed = seed;
    }

    /**
     * One draw.
     *
     * @param less number of members that are less probable than the truth
     * @param rms of the fit to the synthetic capacities [mAh/g]
     * @param modelRms reduced against full order at the truth [mAh/g]
     */
    record Draw(int less, double rms, double modelRms) {
        boolean inside() {
            return less >= LEAST_BELOW;
        }
    }

    List<Draw> run(int draws, Consumer<String> progress) {
        List<Draw> done = new ArrayList<>();
        int batch = 4;
        for (int first = 0; first < draws; first += batch) {
            int from = first;
            progress.accept("recovery of known truths: " + first + " of " + draws);
            done.addAll(IntStream.range(from, Math.min(draws, from + batch))
                    .parallel()
                    .mapToObj(this::draw)
                    .toList());
        }
        return List.copyOf(done);
    }

    private Draw draw(int number) {
        RateProblem problem = new RateProblem(coins, coins.data().subList(0, CoinProblem.RATES.length));
        Philox random = Philox.of(seed, "recovery");
        int n = problem.unknowns().size();
        double[] truth = new double[n];
        for (int k = 0; k < n; k++) {
            truth[k] = random.normal(number, 0, 0, k);
        }
        double[] values = problem.values(truth);
        double[] all = problem.complete(values);
        FullOrderCoin cell = coins.fullOrderRates(all);
        AgeingLaws laws = coins.laws(all, Membrane.PPLA);
        double[] exact = new double[CoinProblem.RATES.length];
        double[] read = new double[exact.length];
        for (int k = 0; k < exact.length; k++) {
            exact[k] = cell.capacity(CoinProblem.RATES[k], laws);
            read[k] = exact[k] + CoinFacts.CAPACITY_SIGMA * random.normal(number, 0, 1, k);
        }
        double modelRms = rms(problem.predict(values), exact);
        RateProblem measured = problem.withCapacities(read);
        MapEstimate fit = MapEstimate.find(measured, measured.data(), new double[n]);
        Residuals model = new Residuals(measured, measured.data());
        double atTruth = potential(model, problem.predict(values), truth);
        Cloud cloud = new PosteriorSampler(
                        measured, measured.data(), new Nd4jAlgebra(), Manner.quiet(seed + number, WALK_STEPS))
                .draw(fit, MEMBERS);
        int less = 0;
        for (int k = 0; k < cloud.scores().size(); k++) {
            less += potential(model, cloud.predictions().get(k), cloud.scores().get(k)) > atTruth ? 1 : 0;
        }
        return new Draw(less, rms(fit.predictions(), read), modelRms);
    }

    /** Minus the logarithm of the posterior density, up to a constant. */
    private static double potential(Residuals model, double[] predictions, double[] scores) {
        return Residuals.halfSquare(model.ofData(predictions)) + Residuals.halfSquare(scores);
    }

    private static double rms(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum = Math.fma(a[k] - b[k], a[k] - b[k], sum);
        }
        return Math.sqrt(sum / a.length);
    }
}
