package io.pouchtwin.twin.validation.filters;

import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.twin.TesterAccuracy;
import io.pouchtwin.twin.ensemble.CellCoordinates;
import io.pouchtwin.twin.ensemble.Interval;
import io.pouchtwin.twin.trust.TrustMonitor;
import io.pouchtwin.twin.trust.TrustRules;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * What both Kalman filters have in common: they follow the samples of one run, predict, compare, correct by voltage and then
 * by temperature, and start again by the twin's own rule.
 */
public abstract class CellFilter {
    private static final double ZERO_CELSIUS_K = 273.15;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double CM2_PER_M2 = 1e4;

    /** How far a cell may be from rest when it is met, as the twin has it [V], and per multiple of 1 C. */
    private static final double START_SIGMA_V = 0.01;

    private static final double START_SIGMA_PER_C_RATE_V = 0.04;
    private static final double START_SIGMA_MOST_V = 0.15;

    /** Innovations beyond so many standard deviations move the mean as one at that limit does, as in the twin. */
    private static final double LIMIT_SIGMAS = 4;

    /** Slow quantities wander in strides of this much, as in the twin [s]. */
    private static final double STRIDE_S = 600;

    private static final double TINY = 1e-7;

    final CellCoordinates cells;
    final Gaussian state;
    final double[] crossed;
    private final FilterSettings settings;
    private final TesterAccuracy tester = TesterAccuracy.standard();
    private final TrustMonitor trust = new TrustMonitor(TrustRules.standard());
    private final double[] socGradient;
    private final double[] gradient;
    private boolean begun;
    private double lastTimeS;
    private double lastChargeAh;
    private double lastCurrentA;
    private double strideS;

    /** What the prediction of the voltage is, and its variance without the reading's noise. */
    record Prediction(double voltageV, double variance) {}

    CellFilter(CellCoordinates cells, FilterSettings settings) {
        this.cells = cells;
        this.settings = settings;
        int n = cells.rows().length;
        state = new Gaussian(n);
        crossed = new double[n];
        gradient = new double[n];
        socGradient = new double[n];
    }

    /** Moves mean and covariance over an interval and predicts; {@link #crossed} has the covariance of coordinates and voltage. */
    abstract Prediction predict(Interval interval);

    /** Takes a sample. */
    public final FilterEstimate take(Sample sample) {
        double temperatureK = sample.getCellTemperatureDegc() + ZERO_CELSIUS_K;
        if (!begun) {
            start(sample, temperatureK);
            begun = true;
            return describe(sample.getVoltageV(), 1, temperatureK, tester.temperatureVariance(), 0, false);
        }
        Interval interval = interval(sample);
        walk(interval.lengthS());
        Prediction predicted = predict(interval);
        double noise = tester.voltageVariance();
        double total = predicted.variance() + noise;
        double innovation = sample.getVoltageV() - predicted.voltageV();
        double square = innovation * innovation / total;
        double warmth = state.mean[cells.temperature()];
        double warmthVariance =
                state.covariance[cells.temperature()][cells.temperature()] + tester.temperatureVariance();
        boolean lost = !Double.isFinite(square);
        if (!lost) {
            double linear = settings.linearRangeV() * settings.linearRangeV();
            double caution =
                    settings.caution() * predicted.variance() * predicted.variance() / (predicted.variance() + linear);
            correct(total + caution, innovation);
            for (int k = 0; k < state.n; k++) {
                crossed[k] = state.covariance[k][cells.temperature()];
            }
            correct(
                    state.covariance[cells.temperature()][cells.temperature()] + tester.temperatureVariance(),
                    temperatureK - state.mean[cells.temperature()]);
            trust.take(square, Math.sqrt(state.variance(socGradient)) * socScale(), interval.lengthS());
        }
        boolean restart = lost || trust.mustRestart();
        if (restart) {
            start(sample, temperatureK);
        }
        remember(sample);
        return describe(predicted.voltageV(), total, warmth, warmthVariance, square, restart);
    }

    private double socScale() {
        return Math.abs(cells.soc(1) - cells.soc(0));
    }

    private void correct(double total, double innovation) {
        double limit = LIMIT_SIGMAS * Math.sqrt(total);
        state.correct(crossed, total, Math.max(-limit, Math.min(limit, innovation)));
    }

    private void walk(double lengthS) {
        strideS += lengthS;
        if (strideS >= STRIDE_S) {
            for (int k = 0; k < cells.slow(); k++) {
                state.forget(cells.fast() + k, cells.slowKept(k, strideS), cells.slowFresh(k, strideS));
            }
            strideS = 0;
        }
    }

    private Interval interval(Sample sample) {
        double length = sample.getTestTimeS() - lastTimeS;
        double mean = length <= 0
                ? sample.getCurrentA()
                : (sample.getNetChargeAh() - lastChargeAh) * SECONDS_PER_HOUR / length;
        double largest = 30 * cells.nominalCapacityAh();
        double believed = Math.abs(mean) <= largest ? mean : sample.getCurrentA();
        return new Interval(Math.max(0, length), believed, sample.getCurrentA(), cells.referenceTemperatureK(), 0);
    }

    final double lastCurrentA() {
        return lastCurrentA;
    }

    private void remember(Sample sample) {
        lastTimeS = sample.getTestTimeS();
        lastChargeAh = sample.getNetChargeAh();
        lastCurrentA = sample.getCurrentA();
    }

    /**
     * At the state of charge at which the prior's middle shows this voltage; its covariance with the slow quantities is that
     * of the place where each shows it.
     */
    private void start(Sample sample, double temperatureK) {
        state.clear();
        double[][] rows = cells.rows();
        int n = state.n;
        for (double[] row : rows) {
            Arrays.fill(row, 0);
        }
        double h = 0.05;
        for (int k = cells.fast(); k < n; k++) {
            rows[k][1 + k] = h;
        }
        cells.startAtVoltage(sample.getVoltageV(), sample.getCurrentA(), temperatureK);
        double[] byQuantity = new double[n];
        for (int k = cells.fast(); k < n; k++) {
            byQuantity[k] = (rows[0][1 + k] - rows[0][0]) / h;
            state.covariance[k][k] = 1;
        }
        double cRate = Math.abs(sample.getCurrentA()) / cells.nominalCapacityAh();
        double spreadV = Math.min(START_SIGMA_MOST_V, START_SIGMA_V + START_SIGMA_PER_C_RATE_V * cRate);
        double sigma = spreadV / Math.max(0.05, cells.openCircuitSlope());
        double variance = sigma * sigma;
        for (double one : byQuantity) {
            variance += one * one;
        }
        spreadProfiles(rows, byQuantity, variance);
        cells.copyFirst();
        socGradient(rows);
        trust.restart();
        strideS = 0;
        remember(sample);
    }

    /** All shells of all particles together: the profiles are even. */
    private void spreadProfiles(double[][] rows, double[] byQuantity, double variance) {
        for (int i = 0; i < cells.fast(); i++) {
            state.mean[i] = rows[i][0];
            state.covariance[i][i] = TINY * TINY;
        }
        for (int i = 0; i < cells.shells(); i++) {
            for (int j = 0; j < cells.shells(); j++) {
                state.covariance[i][j] += variance;
            }
            for (int j = cells.fast(); j < state.n; j++) {
                state.covariance[i][j] = byQuantity[j];
                state.covariance[j][i] = byQuantity[j];
            }
        }
    }

    /** How the mean stoichiometry, which is linear in the profiles, depends on them. */
    private void socGradient(double[][] rows) {
        double h = 1e-3;
        for (int k = 0; k < cells.shells(); k++) {
            rows[k][1 + k] -= h;
        }
        cells.evaluate(0);
        for (int k = 0; k < cells.shells(); k++) {
            socGradient[k] = (cells.meanStoichiometry()[0] - cells.meanStoichiometry()[1 + k]) / h;
        }
        cells.copyFirst();
    }

    private FilterEstimate describe(
            double voltageV,
            double voltageVariance,
            double temperatureK,
            double temperatureVariance,
            double square,
            boolean restarted) {
        double[][] rows = cells.rows();
        int n = state.n;
        for (int k = 0; k < n; k++) {
            Arrays.fill(rows[k], state.mean[k]);
        }
        double h = 1e-3;
        int first = cells.fast();
        for (int k = 0; k < cells.slow(); k++) {
            rows[first + k][1 + first + k] += h;
        }
        cells.write();
        // as the twin's members, the mean stays inside its physical bounds
        for (int k = 0; k < n; k++) {
            state.mean[k] = rows[k][0];
        }
        Estimate film = estimate(CM2_PER_M2, cells.film()[0], k -> cells.straightFilm()[k], h);
        Estimate capacity = estimate(1, cells.capacityAh(0), cells::capacityAh, h);
        double stoichiometry = 0;
        for (int k = 0; k < first; k++) {
            stoichiometry = Math.fma(socGradient[k], state.mean[k], stoichiometry);
        }
        double scale = socScale();
        return new FilterEstimate(
                FilterEstimate.estimate(voltageV, voltageVariance),
                FilterEstimate.estimate(temperatureK - ZERO_CELSIUS_K, temperatureVariance),
                square,
                FilterEstimate.estimate(cells.soc(stoichiometry), scale * scale * state.variance(socGradient)),
                capacity,
                film,
                restarted);
    }

    private Estimate estimate(double perUnit, double value, IntToDoubleFunction of, double h) {
        Arrays.fill(gradient, 0);
        int first = cells.fast();
        for (int k = first; k < first + cells.slow(); k++) {
            gradient[k] = perUnit * (of.applyAsDouble(1 + k) - of.applyAsDouble(0)) / h;
        }
        return FilterEstimate.estimate(perUnit * value, state.variance(gradient));
    }

    /** Number of doubles that are kept of a cell between samples. */
    public final int kept() {
        return state.n + state.n * (state.n + 1) / 2 + 8 + TrustMonitor.SAVED_LENGTH;
    }
}
