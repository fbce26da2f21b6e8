package io.pouchtwin.cell.risk;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.NormalQuantile;
import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.parameters.PaperFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The fit of the {@link ShortLaw} to the paper's evidence: draws from the posterior.
 *
 * <p>Unknowns are standard normal before the data; the preconditioned Crank-Nicolson walk keeps that prior exactly and accepts by the likelihood alone. Four chains; the same seed gives the same draws on every JDK.
 *
 * @see "S. L. Cotter, G. O. Roberts, A. M. Stuart, D. White: MCMC methods for functions. Statistical Science 28 (2013) 424, algorithm pCN"
 */
public final class HazardFit {
    /** Unknowns of the law and the circumstances; the strength of each cell comes on top. */
    private static final int SHARED = 13;

    private static final int CHAINS = 4;
    private static final int BURN_IN = 3_000;
    private static final int STEPS = 40_000;
    private static final double STRIDE = 0.25;
    private static final long SEED = 2025;
    private static final double MILLIAMPERE_PER_CM2 = 10;
    private static final double HOUR_S = 3600;

    private static final class Shipped {
        static final HazardFit FIT = of(ShortEvidence.ofPaper(PaperFacts.load()), SEED);
    }

    private final List<ShortEvidence> evidence;
    private final List<Draw> draws;
    private final double worstScaleReduction;

    /**
     * One draw.
     *
     * @param law of a cell of middle strength
     * @param circumstances of the paper's tests
     * @param strengthSigma standard deviation of the logarithm of the strength of cells that are made alike
     */
    public record Draw(ShortLaw law, ShortEvidence.Circumstances circumstances, double strengthSigma) {}

    private HazardFit(List<ShortEvidence> evidence, List<Draw> draws, double worstScaleReduction) {
        this.evidence = List.copyOf(evidence);
        this.draws = List.copyOf(draws);
        this.worstScaleReduction = worstScaleReduction;
    }

    /** The fit to everything that the paper says; made once, in a fraction of a second. */
    public static HazardFit toThePaper() {
        return Shipped.FIT;
    }

    /** Fits. */
    public static HazardFit of(List<ShortEvidence> evidence, long seed) {
        int kept = 256 / CHAINS;
        int thin = STEPS / kept;
        double[][][] chains = new double[CHAINS][kept][];
        IntStream.range(0, CHAINS)
                .parallel()
                .forEach(chain -> walk(evidence, Philox.of(seed, "hazard-" + chain), thin, chains[chain]));
        List<Draw> draws = new ArrayList<>();
        for (int k = 0; k < kept; k++) {
            for (double[][] chain : chains) {
                draws.add(draw(chain[k]));
            }
        }
        return new HazardFit(evidence, draws, scaleReduction(chains));
    }

    private static void walk(List<ShortEvidence> evidence, Philox random, int thin, double[][] kept) {
        double[] z = new double[SHARED + evidence.size()];
        double[] proposed = new double[SHARED + evidence.size()];
        double now = logLikelihood(evidence, z);
        double keep = Math.sqrt(1 - STRIDE * STRIDE);
        for (int step = 0; step < BURN_IN + thin * kept.length; step++) {
            for (int k = 0; k < z.length; k++) {
                proposed[k] = Math.fma(STRIDE, random.normal(k, step, 1, 0), keep * z[k]);
            }
            double then = logLikelihood(evidence, proposed);
            if (Elementary.log(random.uniform(0, step, 2, 0)) < then - now) {
                double[] old = z;
                z = proposed;
                proposed = old;
                now = then;
            }
            int after = step - BURN_IN;
            if (after >= 0 && (after + 1) % thin == 0) {
                kept[after / thin] = z.clone();
            }
        }
    }

    private static double logLikelihood(List<ShortEvidence> evidence, double[] z) {
        Draw draw = draw(z);
        double sum = 0;
        for (int k = 0; k < evidence.size(); k++) {
            ShortLaw cell = draw.law().ofStrength(Elementary.exp(draw.strengthSigma() * z[SHARED + k]));
            sum += evidence.get(k).logLikelihood(cell, draw.circumstances());
        }
        return sum;
    }

    /** From standard scores to a law: what is believed before any evidence. */
    private static Draw draw(double[] z) {
        ShortLaw.OfMembranes critical = new ShortLaw.OfMembranes(
                positive(Membrane.PPLA.reportedCriticalAPerM2(), 0.5, z[0]),
                positive(Membrane.PPL.reportedCriticalAPerM2(), 0.5, z[1]),
                positive(Membrane.PL.reportedCriticalAPerM2(), 0.5, z[2]));
        ShortLaw law = new ShortLaw(
                critical,
                // life falls with the current; lives of cells scatter; half a day at the critical current; charge costs
                positive(4, 0.5, z[3]),
                positive(1.5, 0.5, z[4]),
                positive(12 * HOUR_S, 1.2, z[5]),
                positive(0.35, 0.4, z[6]),
                // 0.22 eV, between that of conduction (0.121 eV) and that of the interface (0.36 eV)
                positive(2550, 0.3, z[7]));
        ShortEvidence.Circumstances circumstances = new ShortEvidence.Circumstances(
                positive(0.2 * MILLIAMPERE_PER_CM2, 0.7, z[8]),
                positive(0.1 * MILLIAMPERE_PER_CM2 / HOUR_S, 0.7, z[9]),
                positive(0.5 * HOUR_S, 0.5, z[10]),
                positive(0.03, 0.2, z[11]));
        // nominally equal cells differ by a third, by a factor of 30 where they are ceramic
        return new Draw(law, circumstances, positive(0.4, 0.4, z[12]));
    }

    private static double positive(double median, double sigmaOfLog, double z) {
        return median * Elementary.exp(sigmaOfLog * z);
    }

    /** Gelman and Rubin's potential scale reduction, the worst over the unknowns; near 1 where the chains agree. */
    private static double scaleReduction(double[][][] chains) {
        int n = chains[0].length;
        double worst = 0;
        for (int k = 0; k < SHARED; k++) {
            double[] means = new double[CHAINS];
            double within = 0;
            for (int c = 0; c < CHAINS; c++) {
                for (double[] z : chains[c]) {
                    means[c] += z[k] / n;
                }
                for (double[] z : chains[c]) {
                    within += (z[k] - means[c]) * (z[k] - means[c]) / (n - 1.0) / CHAINS;
                }
            }
            double mean = Arrays.stream(means).average().orElse(0);
            double between =
                    Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum() / (CHAINS - 1.0);
            worst = Math.max(worst, Math.sqrt((n - 1.0) / n + between / within));
        }
        return worst;
    }

    /** What was fitted. */
    public List<ShortEvidence> evidence() {
        return evidence;
    }

    /** The draws, equally probable. */
    public List<Draw> draws() {
        return draws;
    }

    /** Laws of an ensemble of so many members, spread over the draws, each with a strength of its own. */
    public List<ShortLaw> laws(int members) {
        List<ShortLaw> laws = new ArrayList<>();
        for (int k = 0; k < members; k++) {
            Draw draw = draws.get((int) ((long) k * draws.size() / members));
            // strengths by the golden ratio: evenly spread however many members there are
            double share = (k * 0.6180339887498949 + 0.5) % 1;
            double z = NormalQuantile.of(Math.max(1e-3, Math.min(1 - 1e-3, share)));
            laws.add(draw.law().ofStrength(Elementary.exp(draw.strengthSigma() * z)));
        }
        return laws;
    }

    /** How well the chains agree, see {@link #scaleReduction}; 1 at best. */
    public double worstScaleReduction() {
        return worstScaleReduction;
    }

    /**
     * How the fit sees one piece of evidence.
     *
     * @param evidence which
     * @param seen in its own unit, median over the circumstances
     * @param low 5 % of further such cells would have shorted below this
     * @param middle half of them
     * @param high 95 % of them
     * @param shareShortedBySeen share of such cells that would have shorted by what was seen
     */
    public record Check(
            ShortEvidence evidence, double seen, double low, double middle, double high, double shareShortedBySeen) {
        /** Whether what was seen lies inside the 90 % interval of further such cells; a survivor must not be a marvel. */
        public boolean inside() {
            return evidence.censored() ? shareShortedBySeen <= 0.95 : seen >= low && seen <= high;
        }
    }

    /** The posterior predictive of each piece of evidence: scatter of the law and of the fit together. */
    public List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        int shares = 20;
        for (ShortEvidence one : evidence) {
            double[] all = new double[draws.size() * shares];
            double[] seen = new double[draws.size()];
            double shorted = 0;
            for (int d = 0; d < draws.size(); d++) {
                Draw draw = draws.get(d);
                seen[d] = one.seen(draw.circumstances());
                for (int k = 0; k < shares; k++) {
                    // every strength meets every share over the draws
                    double z = NormalQuantile.of(((k * 7 + d) % shares + 0.5) / shares);
                    ShortLaw cell = draw.law().ofStrength(Elementary.exp(draw.strengthSigma() * z));
                    double value = one.quantile(cell, draw.circumstances(), (k + 0.5) / shares);
                    all[d * shares + k] = value;
                    shorted += value < seen[d] ? 1.0 / all.length : 0;
                }
            }
            Arrays.sort(all);
            Arrays.sort(seen);
            checks.add(new Check(
                    one,
                    seen[seen.length / 2],
                    all[all.length / 20],
                    all[all.length / 2],
                    all[all.length - 1 - all.length / 20],
                    shorted));
        }
        return checks;
    }
}
