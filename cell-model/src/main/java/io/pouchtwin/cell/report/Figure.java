package io.pouchtwin.cell.report;

/**
 * One measured number that something was promised about.
 *
 * @param key stable name, e.g. {@code model.full.lithium_conservation}
 * @param value measured when the validation ran, in {@code unit}; NaN if it could not be measured
 * @param bound what was promised
 * @param unit of value and bound; "1" for none
 * @param what in words, and where the worst case was
 */
public record Figure(String key, double value, Bound bound, String unit, String what) {
    /** The same with the bound as text, e.g. {@code <=2}. */
    public static Figure of(String key, double value, String bound, String unit, String what) {
        return new Figure(key, value, Bound.parse(bound), unit, what);
    }

    /** True if the promise is kept. */
    public boolean pass() {
        return bound.admits(value);
    }
}
