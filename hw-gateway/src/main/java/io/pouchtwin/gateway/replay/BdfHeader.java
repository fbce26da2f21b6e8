package io.pouchtwin.gateway.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a file is what. Columns are recognised by label ({@code "Test Time / s"}) and by machine name
 * ({@code "test_time_second"}), upper or lower case; where a quantity comes twice, the column without conversion is taken.
 *
 * @param columns the columns that are read
 * @param ignored labels of the columns that are not
 * @param count number of fields of a whole row
 */
record BdfHeader(Map<BdfQuantity, Column> columns, List<String> ignored, int count) {
    /**
     * A column.
     *
     * @param place from 0
     * @param label as written in the file
     */
    record Column(int place, BdfUnit unit, String label) {}

    private static final List<BdfQuantity> LONGEST_NAME_FIRST = Arrays.stream(BdfQuantity.values())
            .sorted((a, b) -> b.name().length() - a.name().length())
            .toList();

    /** Reads the header's fields; a file without the required columns cannot be replayed. */
    static BdfHeader of(List<String> fields) throws ReplayException {
        Map<BdfQuantity, Column> columns = new EnumMap<>(BdfQuantity.class);
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String label = fields.get(i).strip();
            Named named = recognise(label);
            Optional<BdfUnit> unit =
                    named == null ? Optional.empty() : BdfUnit.of(named.quantity.dimension(), named.unit);
            if (named == null || unit.isEmpty()) {
                ignored.add(label);
                continue;
            }
            Column before = columns.get(named.quantity);
            boolean better =
                    before == null || (unit.get().isNative() && !before.unit().isNative());
            if (better) {
                columns.put(named.quantity, new Column(i, unit.get(), label));
            }
            if (before != null) {
                ignored.add(better ? before.label() : label);
            }
        }
        for (BdfQuantity quantity : List.of(BdfQuantity.TEST_TIME, BdfQuantity.VOLTAGE, BdfQuantity.CURRENT)) {
            if (!columns.containsKey(quantity)) {
                throw new ReplayException("no column for " + expected(quantity) + ". Columns seen: " + fields
                        + ". Rename the column, or convert the file to the Battery Data Format.");
            }
        }
        return new BdfHeader(columns, List.copyOf(ignored), fields.size());
    }

    boolean has(BdfQuantity quantity) {
        return columns.containsKey(quantity);
    }

    private record Named(BdfQuantity quantity, String unit) {}

    private static @Nullable Named recognise(String label) {
        int slash = label.lastIndexOf('/');
        if (slash >= 0) {
            String name = snakeCase(label.substring(0, slash));
            return exact(name, label.substring(slash + 1));
        }
        String name = snakeCase(label);
        for (BdfQuantity quantity : LONGEST_NAME_FIRST) {
            String prefix = quantity.name().toLowerCase(Locale.ROOT);
            if (name.equals(prefix)) {
                return new Named(quantity, "");
            } else if (name.startsWith(prefix + "_")) {
                return new Named(quantity, name.substring(prefix.length() + 1));
            }
        }
        return null;
    }

    private static @Nullable Named exact(String name, String unit) {
        for (BdfQuantity quantity : BdfQuantity.values()) {
            if (name.equals(quantity.name().toLowerCase(Locale.ROOT))) {
                return new Named(quantity, unit);
            }
        }
        return null;
    }

    private static String snakeCase(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "_");
    }

    private static String expected(BdfQuantity quantity) {
        return switch (quantity) {
            case TEST_TIME -> "\"Test Time / s\" (or test_time_second; also in ms, min or h)";
            case VOLTAGE -> "\"Voltage / V\" (or voltage_volt; also in mV)";
            default -> "\"Current / A\" (or current_ampere; also in mA)";
        };
    }
}
