package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.math.Elementary;

/**
 * A quantity that the data shall determine, and what is believed before.
 *
 * <p>The optimiser and the sampler see standard scores z only: z = 0 is the prior's middle, and before any data z is standard normal.
 *
 * @param name lower case with underscores, unique in a problem
 * @param unit of the value, a lab unit
 * @param scale in which the prior is normal
 * @param middle median of the prior, in the unit
 * @param sigma standard deviation on the scale
 * @param source where the prior is from
 */
public record Unknown(String name, String unit, Scale scale, double middle, double sigma, String source) {
    /** Scale in which a prior is normal. */
    public enum Scale {
        /** The value itself. */
        LINEAR,
        /** Logarithm, for positive values. */
        LOG,
        /** Logarithm of the odds, for shares. */
        LOGIT
    }

    /** A positive quantity whose logarithm has this standard deviation. */
    public static Unknown positive(String name, String unit, double median, double sigmaOfLog, String source) {
        return new Unknown(name, unit, Scale.LOG, median, sigmaOfLog, source);
    }

    /** A quantity with a normal prior. */
    public static Unknown normal(String name, String unit, double mean, double sigma, String source) {
        return new Unknown(name, unit, Scale.LINEAR, mean, sigma, source);
    }

    /** A share whose log odds have this standard deviation. */
    public static Unknown share(String name, double median, double sigmaOfLogit, String source) {
        return new Unknown(name, "1", Scale.LOGIT, median, sigmaOfLogit, source);
    }

    /** The value at a standard score. */
    public double value(double z) {
        return switch (scale) {
            case LINEAR -> Math.fma(sigma, z, middle);
            case LOG -> middle * Elementary.exp(sigma * z);
            case LOGIT -> 1 / (1 + (1 - middle) / middle * Elementary.exp(-sigma * z));
        };
    }

    /** The standard score of a value. */
    public double score(double value) {
        return switch (scale) {
            case LINEAR -> (value - middle) / sigma;
            case LOG -> Elementary.log(value / middle) / sigma;
            case LOGIT -> Elementary.log(value / (1 - value) * ((1 - middle) / middle)) / sigma;
        };
    }
}
