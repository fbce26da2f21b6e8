package io.pouchtwin.gateway.emulator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Replies as a BTS 8.0 server writes them, byte for byte in its manner: CRLF, two blanks of indent, {@code donwload_resp}, 15 significant
 * digits in stored points and 4 decimals in live ones, {@code \n\n#\r\n} at the end.
 */
final class NewareServerText {
    static final String TERMINATOR = "\n\n#\r\n";
    private static final MathContext FIFTEEN = new MathContext(15, RoundingMode.HALF_EVEN);

    private final StringBuilder text = new StringBuilder();

    NewareServerText(String command) {
        line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        line("<bts version=\"1.0\">");
        line("  <cmd>" + command + "</cmd>");
    }

    NewareServerText line(String line) {
        text.append(line).append("\r\n");
        return this;
    }

    /** A list with its count; an empty one is a single element. */
    NewareServerText list(List<String> items) {
        if (items.isEmpty()) {
            return line("  <list count=\"0\" />");
        }
        line("  <list count=\"" + items.size() + "\">");
        items.forEach(item -> line("    " + item));
        return line("  </list>");
    }

    byte[] bytes() {
        return (text + "</bts>" + TERMINATOR).getBytes(StandardCharsets.UTF_8);
    }

    /** As C prints with 15 significant digits. */
    static String fifteenDigits(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(FIFTEEN).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -5 && exponent < 15) {
            return rounded.toPlainString();
        }
        BigDecimal mantissa = rounded.movePointLeft(exponent).stripTrailingZeros();
        String sign = exponent < 0 ? "-" : "+";
        int magnitude = Math.abs(exponent);
        return mantissa.toPlainString() + "e" + sign + (magnitude < 10 ? "0" : "") + magnitude;
    }

    /** Rounded to 4 decimals, without trailing zeros. */
    static String fourDecimals(double value) {
        BigDecimal rounded = new BigDecimal(value).setScale(4, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    static String escape(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** Attributes in the order given, as {@code key="value"} pairs. */
    static String element(String name, List<String> keysAndValues) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            pairs.add(keysAndValues.get(i) + "=\"" + keysAndValues.get(i + 1) + "\"");
        }
        return "<" + name + " " + String.join(" ", pairs);
    }
}
