package io.pouchtwin.gateway;

import java.time.Duration;

/** Checks of configuration values; a failure names key, value and expectation. */
final class Check {
    static final Duration SHORTEST = Duration.ofMillis(10);
    static final Duration LONGEST = Duration.ofHours(1);

    private Check() {}

    static void that(boolean condition, String key, Object value, String expected) {
        if (!condition) {
            throw new IllegalArgumentException(key + ": " + value + ", expected " + expected);
        }
    }

    static void range(String key, long value, long least, long most) {
        that(value >= least && value <= most, key, value, "from " + least + " to " + most);
    }

    static void range(String key, Duration value, Duration least, Duration most) {
        that(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, key, value, "from " + least + " to " + most);
    }
}
