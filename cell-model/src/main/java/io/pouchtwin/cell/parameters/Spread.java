package io.pouchtwin.cell.parameters;

import io.pouchtwin.cell.math.Elementary;

/**
 * How far the true value of a cell may lie from the stated one.
 *
 * @param law shape
 * @param sigma standard deviation: in the value's own unit for {@code NORMAL}, of ln(value) for {@code LOGNORMAL}, 0 for {@code NONE}
 */
public record Spread(Law law, double sigma) {
    /** No spread. */
    public static final Spread NONE = new Spread(Law.NONE, 0);

    /** Shape of the distribution. */
    public enum Law {
        NONE,
        NORMAL,
        LOGNORMAL
    }

    /** The value at a standard normal deviate: centre for 0. */
    public double displaced(double centre, double deviate) {
        if (law == Law.NORMAL) {
            return centre + sigma * deviate;
        }
        return law == Law.LOGNORMAL ? centre * Elementary.exp(sigma * deviate) : centre;
    }
}
