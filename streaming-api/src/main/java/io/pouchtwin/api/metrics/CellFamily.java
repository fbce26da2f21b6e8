package io.pouchtwin.api.metrics;

import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.TwinState;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * One gauge of each cell.
 *
 * @param name without the prefix that says of which cells it is
 * @param help what Prometheus shows beside it
 * @param series the values, each with what labels it has beside the cell's name
 */
record CellFamily(String name, String help, List<Series> series) {

    /** One value of a family. */
    record Series(Labels labels, Value value) {}

    /** Takes a value off a reading; NaN where there is none. */
    @FunctionalInterface
    interface Value {
        double of(CellReading cell, long nowUnixUs);
    }

    /** A label's value with what it stands for. */
    record Labelled<T>(String labelValue, ToDoubleFunction<T> value) {}

    /** Of the twin's newest state; without meaning once the cell is silent. */
    static CellFamily live(String name, String help, ToDoubleFunction<TwinState> value) {
        return of(name, help, whileLive(value));
    }

    static CellFamily live(String name, String help, String label, List<Labelled<TwinState>> values) {
        return labelled(name, help, label, values, CellFamily::whileLive);
    }

    /** Of the twin's newest state; stays when the cell is silent. */
    static CellFamily lasting(String name, String help, ToDoubleFunction<TwinState> value) {
        return of(name, help, ofState(value));
    }

    static CellFamily lasting(String name, String help, String label, List<Labelled<TwinState>> values) {
        return labelled(name, help, label, values, CellFamily::ofState);
    }

    /** Of the newest forecast. */
    static CellFamily forecast(String name, String help, ToDoubleFunction<Forecast> value) {
        return of(name, help, ofForecast(value));
    }

    static CellFamily forecast(String name, String help, String label, List<Labelled<Forecast>> values) {
        return labelled(name, help, label, values, CellFamily::ofForecast);
    }

    static CellFamily of(String name, String help, Value value) {
        return new CellFamily(name, help, List.of(new Series(Labels.EMPTY, value)));
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

    private static <T> CellFamily labelled(
            String name, String help, String label, List<Labelled<T>> values, Function<ToDoubleFunction<T>, Value> of) {
        return new CellFamily(
                name,
                help,
                values.stream()
                        .map(v -> new Series(Labels.of(label, v.labelValue()), of.apply(v.value())))
                        .toList());
    }

    private static Value whileLive(ToDoubleFunction<TwinState> value) {
        Value lasting = ofState(value);
        return (cell, now) -> cell.isLive() ? lasting.of(cell, now) : Double.NaN;
    }

    private static Value ofState(ToDoubleFunction<TwinState> value) {
        return (cell, now) ->
                cell.state().isPresent() ? value.applyAsDouble(cell.state().get()) : Double.NaN;
    }

    private static Value ofForecast(ToDoubleFunction<Forecast> value) {
        return (cell, now) -> cell.forecast().isPresent()
                ? value.applyAsDouble(cell.forecast().get())
                : Double.NaN;
    }
}
