package io.pouchtwin.gateway;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/**
 * A tester that the gateway reads.
 *
 * @param name what the tester is called everywhere; no slash, since it is the first part of Kafka keys
 * @param host host name or address
 * @param port TCP port, 1 to 65535; Neware's own is 502
 * @param driver {@code "neware"}
 * @param timeZone zone of the tester's wall clock, which it does not tell
 * @param pollPeriod time between two looks at all channels, 10 ms to 1 h
 * @param batchSize channels asked about in one request, 1 to 1000
 * @param pageSize points asked for in one request, 1 to 1000 (the protocol's limit)
 * @param pagesInFlight pages waiting for the broker's acknowledgement at most, 1 to 64
 * @param connectTimeout longest wait for a connection
 * @param requestTimeout longest wait for a reply; the vendor's own limit is 30 s
 * @param largestBackOff longest pause before connecting again
 * @param largestFrameBytes a longer reply is given up
 * @param user name to log in with
 * @param password password to log in with
 * @param followUnregistered whether channels without a configured cell are read too (ingest will reject what they bring)
 */
public record TesterConfig(
        String name,
        String host,
        int port,
        String driver,
        ZoneId timeZone,
        Duration pollPeriod,
        int batchSize,
        int pageSize,
        int pagesInFlight,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration largestBackOff,
        int largestFrameBytes,
        String user,
        String password,
        boolean followUnregistered) {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Checks every value. */
    public TesterConfig {
        Check.that(!name.isBlank() && name.indexOf('/') < 0, "name", name, "a name without slashes");
        Check.that(!host.isBlank(), "host", host, "a host name or address");
        Check.range("port", port, 1, 65_535);
        Check.that(driver.equals("neware"), "driver", driver, "neware");
        Objects.requireNonNull(timeZone, "timeZone");
        Check.range("pollPeriod", pollPeriod, SHORTEST, LONGEST);
        Check.range("batchSize", batchSize, 1, 1000);
        Check.range("pageSize", pageSize, 1, 1000);
        Check.range("pagesInFlight", pagesInFlight, 1, 64);
        Check.range("connectTimeout", connectTimeout, SHORTEST, LONGEST);
        Check.range("requestTimeout", requestTimeout, SHORTEST, LONGEST);
        Check.range("largestBackOff", largestBackOff, SHORTEST, LONGEST);
        Check.range("largestFrameBytes", largestFrameBytes, 1024, 256 * 1024 * 1024);
    }

    /** A Neware tester with the settings that suit most. */
    public static TesterConfig neware(String name, String host, int port, ZoneId timeZone) {
        return new TesterConfig(
                name,
                host,
                port,
                "neware",
                timeZone,
                Duration.ofSeconds(5),
                64,
                1000,
                4,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                16 * 1024 * 1024,
                "admin",
                "neware",
                false);
    }

    /** The same with another poll period. */
    public TesterConfig withPollPeriod(Duration period) {
        return new TesterConfig(
                name,
                host,
                port,
                driver,
                timeZone,
                period,
                batchSize,
                pageSize,
                pagesInFlight,
                connectTimeout,
                requestTimeout,
                largestBackOff,
                largestFrameBytes,
                user,
                password,
                followUnregistered);
    }

    /** The same with other request sizes. */
    public TesterConfig withSizes(int channelsPerRequest, int pointsPerPage) {
        return new TesterConfig(
                name,
                host,
                port,
                driver,
                timeZone,
                pollPeriod,
                channelsPerRequest,
                pointsPerPage,
                pagesInFlight,
                connectTimeout,
                requestTimeout,
                largestBackOff,
                largestFrameBytes,
                user,
                password,
                followUnregistered);
    }

    /** The same with other time limits. */
    public TesterConfig withTimeouts(Duration connect, Duration request, Duration backOff) {
        return new TesterConfig(
                name,
                host,
                port,
                driver,
                timeZone,
                pollPeriod,
                batchSize,
                pageSize,
                pagesInFlight,
                connect,
                request,
                backOff,
                largestFrameBytes,
                user,
                password,
                followUnregistered);
    }

    /** The same with another limit on the size of a reply, in bytes. */
    public TesterConfig withLargestFrame(int bytes) {
        return new TesterConfig(
                name,
                host,
                port,
                driver,
                timeZone,
                pollPeriod,
                batchSize,
                pageSize,
                pagesInFlight,
                connectTimeout,
                requestTimeout,
                largestBackOff,
                bytes,
                user,
                password,
                followUnregistered);
    }

    /** Host and port, as origin of what cannot be accepted. */
    public String endpoint() {
        return host + ":" + port;
    }

    /** Without the password, since configurations end up in logs. */
    @Override
    public String toString() {
        return "TesterConfig[" + name + " " + driver + " at " + endpoint() + " " + timeZone + " every " + pollPeriod
                + "]";
    }
}
