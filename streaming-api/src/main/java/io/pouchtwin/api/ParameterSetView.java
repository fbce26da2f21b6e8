package io.pouchtwin.api;

import java.util.List;

/**
 * A parameter set as the API shows it: every value with where it comes from.
 *
 * @param design its name, as registrations and states have it
 * @param kind of cell
 * @param title in a few words
 * @param note free text, may be empty
 * @param values in the order of the file
 */
public record ParameterSetView(String design, String kind, String title, String note, List<Value> values) {
    public ParameterSetView {
        values = List.copyOf(values);
    }

    /**
     * One value.
     *
     * @param key what it is
     * @param value its number, in {@code unit}; of no account where {@code law} is not empty
     * @param law the law that it names instead of a number; else empty
     * @param unit of the number
     * @param spread shape of the distribution of what is believed of it: none, normal, lognormal
     * @param sigma of that distribution: in the unit for normal, of the logarithm for lognormal
     * @param status how well founded it is: paper, literature, fitted, assumed
     * @param source where it comes from
     * @param note free text, may be empty
     */
    public record Value(
            String key,
            double value,
            String law,
            String unit,
            String spread,
            double sigma,
            String status,
            String source,
            String note) {}
}
