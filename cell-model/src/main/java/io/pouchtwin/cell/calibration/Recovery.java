package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.math.NormalQuantile;
import io.pouchtwin.cell.math.Philox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Does the calibration find a known truth again? Cells drawn from the prior are measured in full order at the six rates, with reading errors; the reduced model is fitted to that; the truth has to lie inside the 90 % region of the
 * posterior:
 *
 * <pre>2 [ln p(z_map) - ln p(z_truth)] &lt;= chi2_0.9(n)</pre>
 *
 * <p>the region of highest density, exact for a linear model; unlike an ellipsoid around the optimum it follows the curved valleys of this one.
 */
final class Recovery {
    private final CoinProblem coins;
    private final long seed;

    Recovery(CoinProblem coins, long seed) {
        this.coins = coins;
        this.seed = seed;
    }

    /**
     * One draw.
     *
     * @param distance of the truth, relative to the bound of the 90 % region; inside up to 1
     * @param rms of the fit to the synthetic capacities [mAh/g]
     * @param modelRms reduced against full order at the truth [mAh/g]
     */
    record Draw(double distance, double rms, double modelRms) {
        boolean inside() {
            return distance <= 1;
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
        FullOrderCoin cell = new FullOrderCoin("coin-ncm523-ppla", all, 1, CoinUnknown.CONTACT.in(all) * 1e-4);
        double[] exact = new double[CoinProblem.RATES.length];
        double[] read = new double[exact.length];
        for (int k = 0; k < exact.length; k++) {
            exact[k] = cell.capacity(CoinProblem.RATES[k]);
            read[k] = exact[k] + CoinFacts.CAPACITY_SIGMA * random.normal(number, 0, 1, k);
        }
        double modelRms = rms(problem.predict(values), exact);
        RateProblem measured = problem.withCapacities(read);
        MapEstimate fit = MapEstimate.find(measured, measured.data(), new double[n]);
        Residuals residuals = new Residuals(measured, measured.data());
        double atTruth = Residuals.halfSquare(residuals.ofData(problem.predict(values))) + Residuals.halfSquare(truth);
        double distance = 2 * (atTruth - fit.dataCost() - fit.priorCost());
        return new Draw(distance / chiSquare90(n), rms(fit.predictions(), read), modelRms);
    }

    private static double rms(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum = Math.fma(a[k] - b[k], a[k] - b[k], sum);
        }
        return Math.sqrt(sum / a.length);
    }

    /** 90 % quantile of chi-square by Wilson and Hilferty's formula, within 0.5 % from four degrees of freedom on. */
    static double chiSquare90(int degrees) {
        double a = 2.0 / (9.0 * degrees);
        double t = 1 - a + NormalQuantile.of(0.9) * Math.sqrt(a);
        return degrees * t * t * t;
    }
}
