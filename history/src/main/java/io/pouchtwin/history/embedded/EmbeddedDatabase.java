package io.pouchtwin.history.embedded;

import io.pouchtwin.history.DatabaseAddress;
import io.pouchtwin.history.embedded.DatabaseStartException.Code;
import io.questdb.Bootstrap;
import io.questdb.PropBootstrapConfiguration;
import io.questdb.ServerMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One QuestDB server in this process, on the loopback address, with its data in a directory.
 *
 * <p>Writing and queries go through HTTP with user and password; the PostgreSQL door is read only. What it logs is in {@code log/} of its directory,
 * errors only. Telemetry is off and the web console is not installed.
 *
 * <p>{@link #close()} may be called from any thread and more than once.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    /** Errors only, in a file of their own: nothing of it belongs on the console. */
    private static final String LOG_SETTINGS = """
            writers=file
            w.file.class=io.questdb.log.LogRollingFileWriter
            w.file.location=${log.dir}/questdb-${date:yyyyMM}.log
            w.file.level=ERROR,CRITICAL
            w.file.rollEvery=month
            w.file.rollSize=8m
            w.file.sizeLimit=32m
            """;

    private final ServerMain server;
    private final DirectoryLock lock;
    private final DatabaseSettings settings;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(ServerMain server, DirectoryLock lock, DatabaseSettings settings) {
        this.server = server;
        this.lock = lock;
        this.settings = settings;
    }

    /**
     * Starts a server and waits until it answers, 1 to 4 s.
     *
     * @throws DatabaseStartException when it cannot start; nothing of it is left running
     */
    public static EmbeddedDatabase start(DatabaseSettings settings) {
        DirectoryLock lock = DirectoryLock.acquire(settings.directory());
        try {
            requireFree(settings.httpPort(), "--set history.port=PORT");
            requireFree(settings.pgPort(), "--set history.pg-port=PORT");
            return new EmbeddedDatabase(launch(settings), lock, settings);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** Where it is written to and queried. */
    public DatabaseAddress address() {
        return new DatabaseAddress(
                URI.create("http://" + DatabaseSettings.HOST + ":" + server.getHttpServerPort()),
                settings.user(),
                settings.password());
    }

    /** Port of the door that speaks PostgreSQL's protocol. */
    public int pgPort() {
        return server.getPgWireServerPort();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.close();
            lock.close();
        }
    }

    private static ServerMain launch(DatabaseSettings settings) {
        try {
            prepare(settings.directory());
            ServerMain server = new ServerMain(new Bootstrap(
                    new PropBootstrapConfiguration() {
                        @Override
                        public Map<String, String> getEnv() {
                            return settings.toEnvironment();
                        }

                        @Override
                        public boolean useSite() {
                            return false;
                        }
                    },
                    "-d",
                    settings.directory().toAbsolutePath().toString()));
            startOrClose(server);
            return server;
        } catch (IOException e) {
            throw new DatabaseStartException(
                    Code.DIRECTORY_UNUSABLE,
                    "The data directory " + settings.directory().toAbsolutePath() + " cannot be used: " + e
                            + ". Choose a directory that this user may write.",
                    e);
        } catch (RuntimeException e) {
            throw new DatabaseStartException(
                    Code.DATABASE_FAILED,
                    "The embedded QuestDB did not start in "
                            + settings.directory().toAbsolutePath() + ": " + e.getMessage(),
                    e);
        }
    }

    private static void startOrClose(ServerMain server) {
        boolean started = false;
        try {
            server.start(false); // no shutdown hook of its own: whoever started it closes it
            started = true;
        } finally {
            if (!started) {
                server.close();
            }
        }
    }

    private static void prepare(Path directory) throws IOException {
        Path settings = Files.createDirectories(directory.resolve("conf"));
        Files.createDirectories(directory.resolve("log"));
        Files.writeString(settings.resolve("log.conf"), LOG_SETTINGS);
        // QuestDB writes an example of 2,000 lines there if it finds none
        Files.writeString(settings.resolve("server.conf"), "# settings are given by the program that embeds it\n");
    }

    private static void requireFree(int port, String flag) {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            probe.setReuseAddress(true);
        } catch (IOException e) {
            throw new DatabaseStartException(
                    Code.PORT_IN_USE,
                    "Port " + port + " on " + DatabaseSettings.HOST
                            + ", which the history needs, is in use. Stop what uses it, or choose another with "
                            + flag + " (0 takes any free one).",
                    e);
        }
    }
}
