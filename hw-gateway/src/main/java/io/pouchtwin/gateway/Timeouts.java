package io.pouchtwin.gateway;

import java.time.Duration;

/**
 * How long a tester is waited for; each 10 ms to 1 h.
 *
 * @param connect longest wait for a connection
 * @param reply longest wait for a reply; the vendor's own limit is 30 s
 * @param longestPause longest pause before connecting again
 */
public record Timeouts(Duration connect, Duration reply, Duration longestPause) {
    /** What suits most testers. */
    public static final Timeouts USUAL =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30));

    /** Checks every value. */
    public Timeouts {
        Check.range("connect", connect, Check.SHORTEST, Check.LONGEST);
        Check.range("reply", reply, Check.SHORTEST, Check.LONGEST);
        Check.range("longestPause", longestPause, Check.SHORTEST, Check.LONGEST);
    }
}
