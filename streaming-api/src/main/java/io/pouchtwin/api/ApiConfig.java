package io.pouchtwin.api;

import io.pouchtwin.api.security.AccessConfig;
import io.pouchtwin.api.security.TlsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the API listens and how much it remembers.
 *
 * @param host address to listen on; a loopback address, unless there are TLS and a login
 * @param port TCP port, 0 to 65535; 0 takes any free one
 * @param ringStatesPerCell most states kept in memory for one cell, so that a chart has a past at once and a subscriber can resume; 1 to 100,000
 * @param ringStatesTotal most states kept in memory for all cells together (about 0.4 kB each); with many cells each ring becomes shorter
 * @param heartbeatS seconds between heartbeats on a stream, 1 to 300
 * @param staleAfterS seconds without any word from the tester after which a cell is called stale, 1 to 86,400
 * @param maxSubscribers most streams open at once, 1 to 100,000; one more is refused with 503
 * @param tls the server's certificate
 * @param access who may call
 */
public record ApiConfig(
        String host,
        int port,
        int ringStatesPerCell,
        int ringStatesTotal,
        double heartbeatS,
        double staleAfterS,
        int maxSubscribers,
        TlsConfig tls,
        AccessConfig access) {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?|\\[?(0{1,4}:){7}0{0,3}1]?");

    public ApiConfig {
        requireProtected(host, tls, access);
        require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
        requireRange("ring-states-per-cell", ringStatesPerCell, 1, 100_000);
        requireRange("ring-states-total", ringStatesTotal, 1, 100_000_000);
        requireRange("heartbeat-s", heartbeatS, 1, 300);
        requireRange("stale-after-s", staleAfterS, 1, 86_400);
        requireRange("max-subscribers", maxSubscribers, 1, 100_000);
    }

    /** Without TLS and login. */
    public ApiConfig(
            String host,
            int port,
            int ringStatesPerCell,
            int ringStatesTotal,
            double heartbeatS,
            double staleAfterS,
            int maxSubscribers) {
        this(
                host,
                port,
                ringStatesPerCell,
                ringStatesTotal,
                heartbeatS,
                staleAfterS,
                maxSubscribers,
                TlsConfig.NONE,
                AccessConfig.OPEN);
    }

    /** 127.0.0.1:8080, 2,000 states for a cell and 300,000 (about 120 MB) for all, heartbeat each 10 s, stale after 30 s, no login. */
    public static ApiConfig defaults() {
        return new ApiConfig("127.0.0.1", 8080, 2_000, 300_000, 10, 30, 2_000);
    }

    /** The same with another port. */
    public ApiConfig withPort(int newPort) {
        return new ApiConfig(
                host,
                newPort,
                ringStatesPerCell,
                ringStatesTotal,
                heartbeatS,
                staleAfterS,
                maxSubscribers,
                tls,
                access);
    }

    /** The same with another certificate and other callers. */
    public ApiConfig with(TlsConfig newTls, AccessConfig newAccess) {
        return new ApiConfig(
                host,
                port,
                ringStatesPerCell,
                ringStatesTotal,
                heartbeatS,
                staleAfterS,
                maxSubscribers,
                newTls,
                newAccess);
    }

    /** The beginning of an address of this server. */
    public String scheme() {
        return tls.present() ? "https" : "http";
    }

    private static void requireProtected(String host, TlsConfig tls, AccessConfig access) {
        List<String> missing = new ArrayList<>();
        if (!tls.present()) {
            missing.add("TLS (api.tls.certificate)");
        }
        if (!access.login()) {
            missing.add("a login (api.access.keys-file or api.access.tokens.issuer)");
        }
        require(
                LOOPBACK.matcher(host).matches() || missing.isEmpty(),
                "host",
                host,
                "a loopback address (127.0.0.1, ::1, localhost), or " + String.join(" and ", missing)
                        + ": other machines may not reach it without. An SSH tunnel reaches it where it is");
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
