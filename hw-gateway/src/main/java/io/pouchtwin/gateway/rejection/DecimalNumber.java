package io.pouchtwin.gateway.rejection;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Numbers as C programs print them. Java's own parser would also take {@code 1d}, {@code 0x1p3} and the like; it would not take
 * {@code 1.#QNAN}.
 */
public final class DecimalNumber {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
    private static final Pattern NOT_A_NUMBER = Pattern.compile("[+-]?(nan(\\(.*\\))?|1\\.#(qnan|snan|ind)0*)");
    private static final Pattern INFINITE = Pattern.compile("[+-]?(inf(inity)?|1\\.#inf0*)");

    private DecimalNumber() {}

    /** The number; NaN and infinities are numbers here, because judging values is not the reader's task. Empty if the text is none. */
    public static OptionalDouble parse(String text) {
        String value = text.strip();
        if (DECIMAL.matcher(value).matches()) {
            return OptionalDouble.of(Double.parseDouble(value));
        }
        String lower = value.toLowerCase(Locale.ROOT);
        if (NOT_A_NUMBER.matcher(lower).matches()) {
            return OptionalDouble.of(Double.NaN);
        }
        if (INFINITE.matcher(lower).matches()) {
            return OptionalDouble.of(lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return OptionalDouble.empty();
    }
}
