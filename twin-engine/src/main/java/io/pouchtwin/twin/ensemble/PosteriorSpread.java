package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.calibration.Posterior;
import io.pouchtwin.cell.reduced.MemberParameter;
import java.util.List;
import java.util.Optional;

/** Means, standard deviations and correlations of a calibrated ensemble, in the coordinates that the filter moves. */
final class PosteriorSpread {
    /** Correlations between so few members are chance below this [1]: two standard errors. */
    private static final double CHANCE = 0.25;

    private final Optional<Posterior> posterior;

    PosteriorSpread(Optional<Posterior> posterior) {
        this.posterior = posterior;
    }

    /** Whether the calibration says something about a parameter. */
    boolean has(MemberParameter parameter) {
        return posterior
                .map(p -> p.columns().contains(Posterior.column(parameter)))
                .orElse(false);
    }

    /** Mean of the values, or of their logarithms. */
    double mean(MemberParameter parameter, boolean logarithmic) {
        double[] column = column(parameter, logarithmic);
        return RowStatistics.mean(column);
    }

    /** Standard deviation of the values, or of their logarithms. */
    double sigma(MemberParameter parameter, boolean logarithmic) {
        double[] column = column(parameter, logarithmic);
        return RowStatistics.sigma(column, RowStatistics.mean(column));
    }

    private double[] column(MemberParameter parameter, boolean logarithmic) {
        Posterior all = posterior.orElseThrow();
        return all.members().stream()
                .mapToDouble(row -> all.value(row, Posterior.column(parameter)))
                .map(value -> logarithmic ? StrictMath.log(value) : value)
                .toArray();
    }

    /**
     * Lower triangle L with L L^T the correlation matrix of the quantities; the film, whose spread is that of unknown age,
     * and what was not calibrated stay independent.
     */
    double[][] mixing(List<SlowQuantity> quantities) {
        int n = quantities.size();
        double[][] correlation = new double[n][n];
        for (int i = 0; i < n; i++) {
            correlation[i][i] = 1;
            for (int k = 0; k < i; k++) {
                correlation[i][k] = correlation(quantities.get(i), quantities.get(k));
            }
        }
        // Left-out small correlations may leave a matrix that is none: shrink until it is.
        for (double share = 1; share > 0.01; share *= 0.9) {
            Optional<double[][]> lower = cholesky(correlation, share);
            if (lower.isPresent()) {
                return lower.get();
            }
        }
        throw new IllegalStateException("correlations of the calibrated ensemble have no square root");
    }

    private double correlation(SlowQuantity one, SlowQuantity other) {
        if (!counts(one.target()) || !counts(other.target())) {
            return 0;
        }
        double[] x = column(one.target(), one.logarithmic());
        double[] y = column(other.target(), other.logarithmic());
        double meanX = RowStatistics.mean(x);
        double meanY = RowStatistics.mean(y);
        double norm = RowStatistics.sigma(x, meanX) * RowStatistics.sigma(y, meanY) * (x.length - 1);
        double r = norm > 0 ? RowStatistics.comoment(x, meanX, y, meanY) / norm : 0;
        // Other spreads were added to the calibrated one: they are independent.
        double diluted =
                r * RowStatistics.sigma(x, meanX) / one.sigma() * RowStatistics.sigma(y, meanY) / other.sigma();
        return Math.abs(r) < CHANCE ? 0 : Math.max(-0.99, Math.min(0.99, diluted));
    }

    private boolean counts(MemberParameter parameter) {
        return parameter != MemberParameter.FILM_RESISTANCE && has(parameter);
    }

    private static Optional<double[][]> cholesky(double[][] correlation, double share) {
        int n = correlation.length;
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k <= i; k++) {
                double sum = i == k ? 1 : share * correlation[i][k];
                for (int m = 0; m < k; m++) {
                    sum -= lower[i][m] * lower[k][m];
                }
                if (i == k) {
                    if (sum < 1e-4) {
                        return Optional.empty();
                    }
                    lower[i][i] = Math.sqrt(sum);
                } else {
                    lower[i][k] = sum / lower[k][k];
                }
            }
        }
        return Optional.of(lower);
    }
}
