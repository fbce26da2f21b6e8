package io.pouchtwin.api.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names one state of one cell for ever, also across restarts: {@code <test_run>:<sequence>}.
 *
 * <p>Written with percent signs for what may not stand in an HTTP header or an SSE id.
 *
 * @param testRun the tester's identifier of the test
 * @param sequence the tester's number of the sample in the test, from 1
 */
public record EventId(String testRun, long sequence) {

    /** Reads what {@link #toString()} wrote; empty if it is something else. */
    public static Optional<EventId> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String number = text.substring(colon + 1);
        if (number.isEmpty() || number.length() > 18 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return decode(text.substring(0, colon)).map(run -> new EventId(run, Long.parseLong(number)));
    }

    @Override
    public String toString() {
        return encode(testRun) + ":" + sequence;
    }

    private static String encode(String text) {
        boolean plain = text.chars().allMatch(EventId::isPlain);
        if (plain) {
            return text;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            if (isPlain(c)) {
                encoded.append((char) c);
            } else {
                encoded.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(int c) {
        return c > 0x20 && c < 0x7f && c != '%';
    }

    private static Optional<String> decode(String text) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            boolean whole = i + 2 < text.length();
            int high = whole ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = whole ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }
}
