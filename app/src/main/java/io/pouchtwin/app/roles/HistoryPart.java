package io.pouchtwin.app.roles;

import io.pouchtwin.api.http.Readiness;
import io.pouchtwin.history.DatabaseAddress;
import io.pouchtwin.history.HistoryConfig;
import io.pouchtwin.history.embedded.DatabaseSettings;
import io.pouchtwin.history.embedded.DatabaseStartException;
import io.pouchtwin.history.embedded.EmbeddedDatabase;
import io.pouchtwin.history.write.HistoryWriter;
import io.pouchtwin.stage.StageHealth;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history of one process.
 *
 * @param address where it is queried
 * @param writer what brings it there
 * @param pgPort port of the own database's door for readers; empty where somebody else runs the database
 */
public record HistoryPart(DatabaseAddress address, HistoryWriter writer, Optional<Integer> pgPort) {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryPart.class);
    private static final int PASSWORD_BYTES = 24;
    private static final long MIB = 1L << 20;

    /** Starts a database in a directory. Where its port for readers is taken by another program, it takes a free one: reading is a side door. */
    static EmbeddedDatabase startOwn(HistoryConfig config, Path directory) {
        try {
            return EmbeddedDatabase.start(settings(config, directory, config.pgPort()));
        } catch (DatabaseStartException e) {
            if (e.code() != DatabaseStartException.Code.PORT_IN_USE) {
                throw e;
            }
            LOG.warn("{} It takes a free one.", e.getMessage());
            return EmbeddedDatabase.start(settings(config, directory, 0));
        }
    }

    /** Whether what comes is being kept. */
    public List<Readiness.Check> checks() {
        StageHealth health = writer.health();
        return List.of(new Readiness.Check(
                "writer of the history", health.ready(), health.ready() ? "follows" : health.detail()));
    }

    private static DatabaseSettings settings(HistoryConfig config, Path directory, int pgPort) {
        boolean named = !config.user().isBlank();
        return new DatabaseSettings(
                directory,
                config.port(),
                pgPort,
                named ? config.user() : "pouchtwin",
                named ? config.password() : madeUp(),
                config.readerUser(),
                config.readerPassword(),
                config.memoryMb() * MIB);
    }

    /** Known to this process alone: other programs of this machine, and pages in its browsers, cannot write. */
    private static String madeUp() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
