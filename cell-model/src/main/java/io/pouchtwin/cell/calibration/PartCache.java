package io.pouchtwin.cell.calibration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Remembers parts of a prediction by the values that they depend on: a derivative by an unknown runs only those parts of the model that see it. Remembering changes no result. Free to share between threads.
 */
final class PartCache {
    private static final int MOST = 20_000;

    private record Key(String part, List<Double> values) {}

    private final Map<Key, Object> known = new ConcurrentHashMap<>();

    /**
     * The part's result for these values.
     *
     * @param from first of a range of unknowns that the part depends on
     * @param to last of that range
     * @param more unknowns outside the range that it depends on
     */
    @SuppressWarnings({"unchecked", "EnumOrdinal"})
    <T> T value(
            String part,
            double[] values,
            Enum<?> from,
            Enum<?> to,
            Collection<? extends Enum<?>> more,
            Supplier<T> model) {
        List<Double> seen = new ArrayList<>();
        for (int k = from.ordinal(); k <= to.ordinal(); k++) {
            seen.add(values[k]);
        }
        for (Enum<?> other : more) {
            seen.add(values[other.ordinal()]);
        }
        Key key = new Key(part, seen);
        // a part is always asked for with the same type
        T result = (T) known.get(key);
        if (result == null) {
            result = model.get();
            if (known.size() > MOST) {
                known.clear();
            }
            known.put(key, result);
        }
        return result;
    }
}
