package io.pouchtwin.api;

import java.util.regex.Pattern;

/**
 * How the API listens and how much it remembers.
 *
 * @param host address to listen on; only a loopback address, since there is no TLS and no login yet
 * @param port TCP port, 0 to 65535; 0 takes any free one
 * @param ringStatesPerCell most states kept in memory for one cell, so that a chart has a past at once and a subscriber can resume; 1 to 100,000
 * @param ringStatesTotal most states kept in memory for all cells together (about 0.4 kB each); with many cells each ring becomes shorter
 * @param heartbeatS seconds between heartbeats on a stream, 1 to 300
 * @param staleAfterS seconds without any word from the tester after which a cell is called stale, 1 to 86,400
 * @param maxSubscribers most streams open at once, 1 to 100,000; one more is refused with 503
 */
public record ApiConfig(
        String host,
        int port,
        int ringStatesPerCell,
        int ringStatesTotal,
        double heartbeatS,
        double staleAfterS,
        int maxSubscribers) {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?|\\[?(0{1,4}:){7}0{0,3}1]?");

    public ApiConfig {
        require(
                LOOPBACK.matcher(host).matches(),
                "host",
                host,
                "a loopback address (127.0.0.1, ::1, localhost): listening to other machines needs TLS and a login, "
                        + "which this version does not have. To reach it from elsewhere, use an SSH tunnel");
        require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
        requireRange("ring-states-per-cell", ringStatesPerCell, 1, 100_000);
        requireRange("ring-states-total", ringStatesTotal, 1, 100_000_000);
        requireRange("heartbeat-s", heartbeatS, 1, 300);
        requireRange("stale-after-s", staleAfterS, 1, 86_400);
        requireRange("max-subscribers", maxSubscribers, 1, 100_000);
    }

    /** 127.0.0.1:8080, 2,000 states for a cell and 300,000 (about 120 MB) for all, heartbeat each 10 s, stale after 30 s. */
    public static ApiConfig defaults() {
        return new ApiConfig("127.0.0.1", 8080, 2_000, 300_000, 10, 30, 2_000);
    }

    /** The same with another port. */
    public ApiConfig withPort(int newPort) {
        return new ApiConfig(
                host, newPort, ringStatesPerCell, ringStatesTotal, heartbeatS, staleAfterS, maxSubscribers);
    }

    private static void requireRange(String key, double value, double least, double most) {
        // written so that NaN fails too
        require(value >= least && value <= most, key, value, least + " to " + most);
    }

    private static void require(boolean holds, String key, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is " + value + ", expected " + expected);
        }
    }
}
