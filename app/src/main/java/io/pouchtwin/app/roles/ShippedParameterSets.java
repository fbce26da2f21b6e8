package io.pouchtwin.app.roles;

import io.pouchtwin.api.ParameterSetView;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.parameters.ParameterValue;
import java.util.List;
import java.util.Locale;

/** The shipped parameter sets as the API shows them, each value with where it comes from. */
final class ShippedParameterSets {
    private ShippedParameterSets() {}

    static List<ParameterSetView> views() {
        ParameterLibrary library = ParameterLibrary.shipped();
        return library.list().stream()
                .map(entry -> view(library.load(entry.design())))
                .toList();
    }

    private static ParameterSetView view(ParameterSet set) {
        List<ParameterSetView.Value> values =
                set.values().values().stream().map(ShippedParameterSets::value).toList();
        return new ParameterSetView(
                set.design(), set.kind().label(), set.title(), set.note().strip(), values);
    }

    private static ParameterSetView.Value value(ParameterValue value) {
        return new ParameterSetView.Value(
                value.key(),
                value.isLaw() ? Double.NaN : value.value(),
                value.isLaw() ? value.law() : "",
                value.isLaw() ? "" : value.unit().symbol(),
                word(value.spread().law()),
                value.spread().sigma(),
                word(value.status()),
                value.source(),
                value.note().strip());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
