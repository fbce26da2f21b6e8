package io.pouchtwin.api.metrics;

import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.TwinState;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * One gauge of each cell that is read off its newest twin state.
 *
 * @param name without the prefix that says of which cells it is
 * @param help what Prometheus shows beside it
 * @param live whether it means nothing once the cell is silent
 * @param series the values, each with what labels it has beside the cell's name; NaN where there is none
 */
record CellFamily(String name, String help, boolean live, List<Series> series) {

    /** One value of a family. */
    record Series(Labels labels, ToDoubleFunction<TwinState> value) {}

    static CellFamily live(String name, String help, ToDoubleFunction<TwinState> value) {
        return new CellFamily(name, help, true, List.of(new Series(Labels.EMPTY, value)));
    }

    static CellFamily lasting(String name, String help, ToDoubleFunction<TwinState> value) {
        return new CellFamily(name, help, false, List.of(new Series(Labels.EMPTY, value)));
    }

    /** A family of several values, told apart by one label. */
    static CellFamily live(String name, String help, String label, List<Labelled> values) {
        return new CellFamily(name, help, true, labelled(label, values));
    }

    static CellFamily lasting(String name, String help, String label, List<Labelled> values) {
        return new CellFamily(name, help, false, labelled(label, values));
    }

    /** A label's value with what it stands for. */
    record Labelled(String labelValue, ToDoubleFunction<TwinState> value) {}

    private static List<Series> labelled(String label, List<Labelled> values) {
        return values.stream()
                .map(v -> new Series(Labels.of(label, v.labelValue()), v.value()))
                .toList();
    }

    /** An estimate as two families: its value, and its standard deviation. */
    static Stream<CellFamily> lastingEstimate(
            String quantity,
            String unit,
            String help,
            double toBaseUnit,
            Predicate<TwinState> present,
            Function<TwinState, Estimate> estimate) {
        return Stream.of(
                lasting(
                        quantity + "_" + unit,
                        help,
                        s -> scaled(present.test(s), estimate.apply(s).getValue(), toBaseUnit)),
                lasting(
                        quantity + "_sigma_" + unit,
                        "standard deviation of " + quantity + "_" + unit,
                        s -> scaled(present.test(s), estimate.apply(s).getSigma(), toBaseUnit)));
    }

    private static double scaled(boolean present, double value, double factor) {
        return present ? value * factor : Double.NaN;
    }
}
