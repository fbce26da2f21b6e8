package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.math.Elementary;

/**
 * A number that the model shall explain.
 *
 * @param key short name, unique in a problem
 * @param fact id in the list of facts that it is from
 * @param unit lab unit of value, sigma and prediction
 * @param relation how prediction and value are to relate
 * @param value as printed
 * @param sigma what the print, the reading and the model may be off by
 */
public record Datum(String key, String fact, String unit, Relation relation, double value, double sigma) {
    /** How a prediction is to relate to the value. */
    public enum Relation {
        /** Be it. */
        EQUAL,
        /** Be it, on a logarithmic scale with a relative sigma. */
        EQUAL_LOG,
        /** Be at least it (a test that ended without the event), on a logarithmic scale. */
        AT_LEAST_LOG
    }

    /** Standardised departure of a prediction; for a bound smooth and close to zero where it is kept. */
    public double residual(double prediction) {
        return switch (relation) {
            case EQUAL -> (prediction - value) / sigma;
            case EQUAL_LOG -> Elementary.log(Math.max(prediction, 1e-12) / value) / sigma;
            case AT_LEAST_LOG -> -softplus(-Elementary.log(Math.max(prediction, 1e-12) / value) / sigma);
        };
    }

    /** The same fact with another value, as a perturbed observation. */
    public Datum withValue(double other) {
        return new Datum(key, fact, unit, relation, other, sigma);
    }

    private static double softplus(double x) {
        // sharp within a tenth of a sigma
        double s = 10 * x;
        return s > 30 ? x : Elementary.log1p(Elementary.exp(s)) / 10;
    }
}
