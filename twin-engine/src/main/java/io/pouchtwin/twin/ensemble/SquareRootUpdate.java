package io.pouchtwin.twin.ensemble;

/**
 * The serial ensemble square-root filter: one scalar measurement corrects all rows, without random perturbation.
 *
 * <p>With predictions h_j of the members, their mean h and deviations h'_j, variance P = sum h'_j^2 / (M - 1), noise
 * variance R and S = P + R, every quantity x becomes
 *
 * <pre>
 *   x_j + K (y - h) - K alpha h'_j,   K = cov(x, h) / S,   alpha = 1 / (1 + sqrt(R / S))
 * </pre>
 *
 * so that its mean moves as in a Kalman filter and its variance shrinks by exactly K cov(x, h).
 *
 * <p>One restraint: an innovation beyond {@code limitSigmas} standard deviations moves the means only as far as one at
 * that limit (a Huber weight), so that one wild reading cannot carry a twin off.
 *
 * <p>All rows get the same transform. With more members than uncertain dimensions the ensemble is then exactly a Kalman
 * filter of the linearised cell, and what cannot be observed keeps its spread; damping single rows breaks that. (Reducing
 * each gain by its sampling error, Anderson 2012, was tried: bands of film and leak became honest, but the twin of the thin
 * coin learnt so much less that its innovations were four times too large.)
 *
 * <p>Instances hold the measurement between {@link #observe} and {@link #apply}; they belong to one thread.
 *
 * @see "J. S. Whitaker, T. M. Hamill: Ensemble data assimilation without perturbed observations. Mon. Weather Rev. 130
 *     (2002), eqs. 10-13"
 */
public final class SquareRootUpdate {
    private final int members;
    private final double[] deviation;
    private final double[] step;
    private double predictedMean;
    private double predictedVariance;
    private double totalVariance;
    private double innovation;

    /** For ensembles of this many members. */
    public SquareRootUpdate(int members) {
        if (members < 4) {
            throw new IllegalArgumentException("members: " + members + ", expected at least 4");
        }
        this.members = members;
        this.deviation = new double[members];
        this.step = new double[members];
    }

    /**
     * Compares a measurement with what the members predicted.
     *
     * @param predicted row of predictions; read, not kept
     * @param measured the measurement
     * @param noiseVariance variance of the measurement about the truth, above 0
     * @param limitSigmas beyond how many standard deviations an innovation no longer counts for more
     */
    public void observe(double[] predicted, double measured, double noiseVariance, double limitSigmas) {
        compare(predicted, measured, noiseVariance);
        double limit = limitSigmas * Math.sqrt(totalVariance);
        double bounded = Math.max(-limit, Math.min(limit, innovation));
        double alpha = 1 / (1 + Math.sqrt(noiseVariance / totalVariance));
        for (int j = 0; j < members; j++) {
            step[j] = Math.fma(-alpha, deviation[j], bounded) / totalVariance;
        }
    }

    /** Compares only: the innovation and its variance are known afterwards, {@link #apply} must not follow. */
    public void compare(double[] predicted, double measured, double noiseVariance) {
        predictedMean = RowStatistics.mean(predicted);
        for (int j = 0; j < members; j++) {
            deviation[j] = predicted[j] - predictedMean;
        }
        predictedVariance = RowStatistics.comoment(deviation, 0, deviation, 0) / (members - 1);
        totalVariance = predictedVariance + noiseVariance;
        innovation = measured - predictedMean;
    }

    /** Corrects rows. */
    public void apply(double[][] rows) {
        for (double[] row : rows) {
            double gain = RowStatistics.comoment(row, row[0], deviation, 0) / (members - 1);
            move(row, gain);
        }
    }

    private void move(double[] row, double covariance) {
        for (int j = 0; j < members; j++) {
            row[j] = Math.fma(covariance, step[j], row[j]);
        }
    }

    /** Mean of the predictions. */
    public double predictedMean() {
        return predictedMean;
    }

    /** Variance of the predictions over the members. */
    public double predictedVariance() {
        return predictedVariance;
    }

    /** Variance of the innovation: of the predictions and of the measurement together. */
    public double totalVariance() {
        return totalVariance;
    }

    /** Measured minus predicted. */
    public double innovation() {
        return innovation;
    }

    /** Innovation squared over its variance; chi-square with one degree of freedom while the variances are right. */
    public double normalisedSquare() {
        return innovation * innovation / totalVariance;
    }
}
