package io.pouchtwin.history;

import java.net.URI;

/**
 * Where the history is kept, and for how long.
 *
 * @param enabled false: nothing is kept, and the API answers questions about the past with 503
 * @param url of an external QuestDB, "http://host:9000" or https; empty: the demo and the role {@code history} start one of their own
 * @param user who may write to it and query it; empty: no login (external), or a name made up for this run (own)
 * @param password of that user
 * @param port of the own database for writing and queries, on the loopback address; 0 takes any free one
 * @param pgPort of the own database for readers such as Grafana, in PostgreSQL's protocol and read only; 0 takes any free one
 * @param readerUser name for {@code pgPort}
 * @param readerPassword password for {@code pgPort}
 * @param memoryMb most native memory that the own database takes for itself, 64 to 65,536 MiB
 * @param retention after what age rows are thrown away
 */
public record HistoryConfig(
        boolean enabled,
        String url,
        String user,
        String password,
        int port,
        int pgPort,
        String readerUser,
        String readerPassword,
        int memoryMb,
        Retention retention) {
    private static final int LARGEST_PORT = 65_535;
    private static final int LEAST_MEMORY_MB = 64;
    private static final int MOST_MEMORY_MB = 65_536;

    public HistoryConfig {
        requirePort("port", port);
        requirePort("pgPort", pgPort);
        if (memoryMb < LEAST_MEMORY_MB || memoryMb > MOST_MEMORY_MB) {
            throw new IllegalArgumentException(
                    "memoryMb: " + memoryMb + ", expected " + LEAST_MEMORY_MB + " to " + MOST_MEMORY_MB);
        }
        if (readerUser.isBlank() || readerPassword.isBlank()) {
            throw new IllegalArgumentException("readerUser or readerPassword is empty, expected a name and a password");
        }
        if (user.isBlank() != password.isBlank()) {
            throw new IllegalArgumentException("user or password is empty, expected both or neither");
        }
        if (!url.isBlank()) {
            // checks it
            new DatabaseAddress(URI.create(url), user, password);
        }
    }

    /** A database of its own, PostgreSQL's protocol on 8812, everything kept. */
    public static HistoryConfig defaults() {
        return new HistoryConfig(true, "", "", "", 0, 8812, "reader", "reader", 256, Retention.FOR_EVER);
    }

    /** Whether somebody else runs the database. */
    public boolean external() {
        return !url.isBlank();
    }

    /** The external database. */
    public DatabaseAddress address() {
        return new DatabaseAddress(URI.create(url), user, password);
    }

    private static void requirePort(String key, int port) {
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException(key + ": " + port + ", expected 0 (any free) to " + LARGEST_PORT);
        }
    }

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return "HistoryConfig[" + (enabled ? external() ? url : "own database" : "off") + ", " + retention + "]";
    }
}
