package io.pouchtwin.gateway;

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
 * @param login what it is logged in to with
 * @param polling how often and in what portions it is read
 * @param timeouts how long it is waited for
 * @param followUnregistered whether channels without a configured cell are read too (ingest will reject what they bring)
 */
public record TesterConfig(
        String name,
        String host,
        int port,
        String driver,
        ZoneId timeZone,
        Login login,
        Polling polling,
        Timeouts timeouts,
        boolean followUnregistered) {
    /** Checks every value. */
    public TesterConfig {
        Check.that(!name.isBlank() && name.indexOf('/') < 0, "name", name, "a name without slashes");
        Check.that(!host.isBlank(), "host", host, "a host name or address");
        Check.range("port", port, 1, 65_535);
        Check.that(driver.equals("neware"), "driver", driver, "neware");
        Objects.requireNonNull(timeZone, "timeZone");
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(polling, "polling");
        Objects.requireNonNull(timeouts, "timeouts");
    }

    /** A Neware tester with the settings that suit most. */
    public static TesterConfig neware(String name, String host, int port, ZoneId timeZone) {
        return neware(name, host, port, timeZone, Polling.USUAL, Timeouts.USUAL);
    }

    /** A Neware tester with the vendor's login. */
    public static TesterConfig neware(
            String name, String host, int port, ZoneId timeZone, Polling polling, Timeouts timeouts) {
        return new TesterConfig(name, host, port, "neware", timeZone, Login.FACTORY, polling, timeouts, false);
    }

    /** Host and port, as origin of what cannot be accepted. */
    public String endpoint() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return "TesterConfig[" + name + " " + driver + " at " + endpoint() + " " + timeZone + " every "
                + polling.period() + "]";
    }
}
