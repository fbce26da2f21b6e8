package io.pouchtwin.gateway;

import java.time.Duration;

/**
 * How often and in what portions a tester is read.
 *
 * @param period time between two looks at all channels, 10 ms to 1 h
 * @param channelsPerRequest channels asked about in one request, 1 to 1000
 * @param pointsPerPage points asked for in one request, 1 to 1000 (the protocol's limit)
 * @param pagesInFlight pages waiting for the broker's acknowledgement at most, 1 to 64
 * @param largestReplyBytes a longer reply is given up, 1 KiB to 256 MiB
 */
public record Polling(
        Duration period, int channelsPerRequest, int pointsPerPage, int pagesInFlight, int largestReplyBytes) {
    /** What suits most testers. */
    public static final Polling USUAL = new Polling(Duration.ofSeconds(5), 64, 1000, 4, 16 * 1024 * 1024);

    /** Checks every value. */
    public Polling {
        Check.range("period", period, Check.SHORTEST, Check.LONGEST);
        Check.range("channelsPerRequest", channelsPerRequest, 1, 1000);
        Check.range("pointsPerPage", pointsPerPage, 1, 1000);
        Check.range("pagesInFlight", pagesInFlight, 1, 64);
        Check.range("largestReplyBytes", largestReplyBytes, 1024, 256 * 1024 * 1024);
    }

    /** The same portions, another period. */
    public Polling every(Duration otherPeriod) {
        return new Polling(otherPeriod, channelsPerRequest, pointsPerPage, pagesInFlight, largestReplyBytes);
    }
}
