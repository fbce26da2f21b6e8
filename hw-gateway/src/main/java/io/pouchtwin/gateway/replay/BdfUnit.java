package io.pouchtwin.gateway.replay;

import java.util.Locale;
import java.util.Optional;

/** Units that columns may be in: {@code value in native unit = value * factor + offset}. */
enum BdfUnit {
    SECOND(Dimension.TIME, 1, 0, "s", "second", "seconds", "sec"),
    MILLISECOND(Dimension.TIME, 1e-3, 0, "ms", "millisecond", "milliseconds"),
    MINUTE(Dimension.TIME, 60, 0, "min", "minute", "minutes"),
    HOUR(Dimension.TIME, 3600, 0, "h", "hour", "hours"),
    VOLT(Dimension.VOLTAGE, 1, 0, "v", "volt"),
    MILLIVOLT(Dimension.VOLTAGE, 1e-3, 0, "mv", "millivolt"),
    AMPERE(Dimension.CURRENT, 1, 0, "a", "ampere"),
    MILLIAMPERE(Dimension.CURRENT, 1e-3, 0, "ma", "milliampere"),
    MICROAMPERE(Dimension.CURRENT, 1e-6, 0, "ua", "µa", "microampere"),
    AMPERE_HOUR(Dimension.CHARGE, 1, 0, "ah"),
    MILLIAMPERE_HOUR(Dimension.CHARGE, 1e-3, 0, "mah"),
    WATT_HOUR(Dimension.ENERGY, 1, 0, "wh"),
    MILLIWATT_HOUR(Dimension.ENERGY, 1e-3, 0, "mwh"),
    CELSIUS(Dimension.TEMPERATURE, 1, 0, "degc", "°c", "celsius"),
    KELVIN(Dimension.TEMPERATURE, 1, -273.15, "k", "kelvin"),
    ONE(Dimension.COUNT, 1, 0, "1", ""),
    TEXT(Dimension.TEXT, 1, 0, "");

    /** What a unit measures. */
    enum Dimension {
        TIME,
        VOLTAGE,
        CURRENT,
        CHARGE,
        ENERGY,
        TEMPERATURE,
        COUNT,
        TEXT
    }

    private final Dimension dimension;
    private final double factor;
    private final double offset;
    /** Accepted spellings in lower case, between bars. */
    private final String names;

    BdfUnit(Dimension dimension, double factor, double offset, String... names) {
        this.dimension = dimension;
        this.factor = factor;
        this.offset = offset;
        this.names = "|" + String.join("|", names) + "|";
    }

    /** The unit of a dimension with this name; an empty name means the native unit. */
    static Optional<BdfUnit> of(Dimension dimension, String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        for (BdfUnit unit : values()) {
            if (unit.dimension == dimension
                    && (wanted.isEmpty() ? unit.isNative() : unit.names.contains("|" + wanted + "|"))) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    /** Whether no conversion is needed. */
    boolean isNative() {
        return factor == 1 && offset == 0;
    }

    double toNative(double value) {
        // thousandths are divided by their reciprocal, which is exact where the factor is not
        return factor < 1 ? value / Math.rint(1 / factor) : value * factor + offset;
    }

    /** How people write it. */
    String symbol() {
        return switch (this) {
            case SECOND -> "s";
            case MILLISECOND -> "ms";
            case MINUTE -> "min";
            case HOUR -> "h";
            case VOLT -> "V";
            case MILLIVOLT -> "mV";
            case AMPERE -> "A";
            case MILLIAMPERE -> "mA";
            case MICROAMPERE -> "uA";
            case AMPERE_HOUR -> "Ah";
            case MILLIAMPERE_HOUR -> "mAh";
            case WATT_HOUR -> "Wh";
            case MILLIWATT_HOUR -> "mWh";
            case CELSIUS -> "degC";
            case KELVIN -> "K";
            case ONE -> "1";
            case TEXT -> "";
        };
    }
}
