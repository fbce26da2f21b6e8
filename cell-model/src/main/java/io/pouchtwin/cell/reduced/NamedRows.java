package io.pouchtwin.cell.reduced;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** One row of members for each name of an enumeration, in its order. */
final class NamedRows<E extends Enum<E>> {
    private final Map<E, double[]> byName;
    private final double[][] inOrder;

    NamedRows(Class<E> names, int members) {
        byName = new EnumMap<>(names);
        E[] all = Objects.requireNonNull(names.getEnumConstants());
        inOrder = new double[all.length][members];
        Arrays.setAll(inOrder, i -> {
            double[] row = new double[members];
            byName.put(all[i], row);
            return row;
        });
    }

    double[] row(E name) {
        return Objects.requireNonNull(byName.get(name));
    }

    /** All rows, in the order of the enumeration. */
    double[][] inOrder() {
        return inOrder;
    }
}
