package io.pouchtwin.history.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What an embedded QuestDB is started with. It listens on the loopback address only.
 *
 * @param directory where its data lives; survives restarts
 * @param httpPort port for writing and for queries, with user and password; 0 takes a free one
 * @param pgPort port that speaks PostgreSQL's protocol, read only, for Grafana and the like; 0 takes a free one
 * @param user who may write
 * @param password of that user
 * @param readerUser who may read through {@code pgPort}
 * @param readerPassword of that user
 * @param memoryLimitBytes most native memory that it takes for itself, beside mapped files
 */
public record DatabaseSettings(
        Path directory,
        int httpPort,
        int pgPort,
        String user,
        String password,
        String readerUser,
        String readerPassword,
        long memoryLimitBytes) {

    /** The address that it listens on. */
    static final String HOST = "127.0.0.1";

    private static final int LARGEST_PORT = 65_535;

    public DatabaseSettings {
        requirePort("httpPort", httpPort);
        requirePort("pgPort", pgPort);
        if (user.isBlank() || password.isBlank() || readerUser.isBlank() || readerPassword.isBlank()) {
            // QuestDB takes an empty name as "everybody may"
            throw new IllegalArgumentException("user, password, readerUser and readerPassword may not be empty");
        }
    }

    private static void requirePort(String key, int port) {
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException(key + ": " + port + ", expected 0 (any free) to " + LARGEST_PORT);
        }
    }

    /** QuestDB's settings, by the names of their environment variables; nothing of them is written to a file. */
    Map<String, String> toEnvironment() {
        Map<String, String> settings = new HashMap<>();
        settings.put("QDB_HTTP_BIND_TO", HOST + ":" + httpPort);
        settings.put("QDB_HTTP_USER", user);
        settings.put("QDB_HTTP_PASSWORD", password);
        settings.put("QDB_PG_NET_BIND_TO", HOST + ":" + pgPort);
        settings.put("QDB_PG_USER", readerUser);
        settings.put("QDB_PG_PASSWORD", readerPassword);
        settings.put("QDB_PG_SECURITY_READONLY", "true");
        settings.put("QDB_LINE_TCP_ENABLED", "false");
        settings.put("QDB_LINE_UDP_ENABLED", "false");
        settings.put("QDB_HTTP_MIN_ENABLED", "false");
        settings.put("QDB_TELEMETRY_ENABLED", "false");
        settings.put("QDB_TELEMETRY_DISABLE_COMPLETELY", "true");
        settings.put("QDB_CONFIG_RELOAD_ENABLED", "false");
        smallFootprint(settings);
        return settings;
    }

    /** The defaults are for a server of its own: 16 MiB for each column of each open partition, 8 MiB for each column that is sorted. */
    private void smallFootprint(Map<String, String> settings) {
        settings.put("QDB_SHARED_WORKER_COUNT", "2");
        settings.put("QDB_RAM_USAGE_LIMIT_BYTES", Long.toString(memoryLimitBytes));
        settings.put("QDB_CAIRO_WRITER_DATA_APPEND_PAGE_SIZE", "256k");
        settings.put("QDB_CAIRO_SYSTEM_WRITER_DATA_APPEND_PAGE_SIZE", "64k");
        settings.put("QDB_CAIRO_WRITER_DATA_INDEX_KEY_APPEND_PAGE_SIZE", "64k");
        settings.put("QDB_CAIRO_WRITER_DATA_INDEX_VALUE_APPEND_PAGE_SIZE", "256k");
        settings.put("QDB_CAIRO_WAL_WRITER_DATA_APPEND_PAGE_SIZE", "128k");
        settings.put("QDB_CAIRO_O3_COLUMN_MEMORY_SIZE", "128k");
    }

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + directory + ", http " + httpPort + ", pg " + pgPort + "]";
    }
}
