package io.pouchtwin.cell.report;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a figure must keep to, ends included. NaN keeps to nothing.
 *
 * @param atLeast lower end; negative infinity for none
 * @param atMost upper end; positive infinity for none
 */
public record Bound(double atLeast, double atMost) {
    private static final String NUMBER = "([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)";
    private static final Pattern AT_MOST = Pattern.compile("<=" + NUMBER);
    private static final Pattern AT_LEAST = Pattern.compile(">=" + NUMBER);
    private static final Pattern BETWEEN = Pattern.compile(NUMBER + "\\.\\." + NUMBER);

    /** Refuses a bound that nothing can keep to. */
    public Bound {
        if (!(atLeast <= atMost)) {
            throw new IllegalArgumentException("bound: " + atLeast + " to " + atMost + ", expected a range");
        }
    }

    /** Reads {@code <=2}, {@code >=95} or {@code 89..91}. */
    public static Bound parse(String text) {
        Matcher most = AT_MOST.matcher(text);
        if (most.matches()) {
            return new Bound(Double.NEGATIVE_INFINITY, Double.parseDouble(most.group(1)));
        }
        Matcher least = AT_LEAST.matcher(text);
        if (least.matches()) {
            return new Bound(Double.parseDouble(least.group(1)), Double.POSITIVE_INFINITY);
        }
        Matcher between = BETWEEN.matcher(text);
        if (between.matches()) {
            return new Bound(Double.parseDouble(between.group(1)), Double.parseDouble(between.group(2)));
        }
        throw new IllegalArgumentException("bound: " + text + ", expected <=x, >=x or x..y");
    }

    /** True if the value keeps to this. */
    public boolean admits(double value) {
        return value >= atLeast && value <= atMost;
    }

    /** As it is written in a table, e.g. {@code <= 2}. */
    public String text() {
        if (atLeast == Double.NEGATIVE_INFINITY) {
            return "<= " + plain(atMost);
        }
        return atMost == Double.POSITIVE_INFINITY ? ">= " + plain(atLeast) : plain(atLeast) + " to " + plain(atMost);
    }

    private static String plain(double value) {
        String text = String.format(Locale.ROOT, "%.6g", value);
        if (text.contains("e")) {
            return text.replaceAll("\\.?0+e", "e");
        }
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
