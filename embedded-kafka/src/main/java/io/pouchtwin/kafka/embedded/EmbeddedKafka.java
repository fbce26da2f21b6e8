package io.pouchtwin.kafka.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker that is its own controller (KRaft), running in this process on real ports with its data in a directory.
 *
 * <p>It uses Kafka's own server classes, which are public but not a promised interface; this is the only class that touches them.
 *
 * <p>{@link #close()} may be called from any thread and more than once.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final int NODE_ID = 1;
    private static final long STOP_PATIENCE_MS = 4_000;
    private static final int ATTEMPTS_WITH_FREE_PORTS = 3;

    private final KafkaRaftServer server;
    private final DirectoryLock lock;
    private final String host;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(KafkaRaftServer server, DirectoryLock lock, String host, int port) {
        this.server = server;
        this.lock = lock;
        this.host = host;
        this.port = port;
    }

    /**
     * Starts a broker and waits until it serves, 0.4 to 3 s.
     *
     * @param onFatal called once, on a thread of its own, when the broker can not go on (a full disk, say); Kafka itself would end the process here
     * @throws BrokerStartException when it can not start; nothing of it is left running
     */
    public static EmbeddedKafka start(BrokerSettings settings, Consumer<String> onFatal) {
        DirectoryLock lock = DirectoryLock.acquire(settings.directory());
        try {
            return startLocked(settings, lock, onFatal);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** Starts a broker whose fatal faults are only logged. */
    public static EmbeddedKafka start(BrokerSettings settings) {
        return start(settings, reason -> LOG.error("The embedded Kafka broker can not go on: {}", reason));
    }

    /** What clients connect to, e.g. "127.0.0.1:9092". */
    public String bootstrapServers() {
        return host + ":" + port;
    }

    /** The port that clients use. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && stopped(server)) {
            lock.close();
        }
    }

    private static EmbeddedKafka startLocked(BrokerSettings settings, DirectoryLock lock, Consumer<String> onFatal) {
        boolean mayChooseAgain = settings.port() == 0;
        for (int attempt = 1; ; attempt++) {
            int port = choosePort("for Kafka clients", settings.host(), settings.port());
            int controllerPort = choosePort("for the Kafka controller", settings.host(), settings.controllerPort());
            try {
                KafkaRaftServer server = launch(settings, port, controllerPort, onFatal);
                return new EmbeddedKafka(server, lock, settings.host(), port);
            } catch (BrokerStartException e) {
                // Between choosing a free port and binding it someone else may have taken it.
                if (!mayChooseAgain || attempt == ATTEMPTS_WITH_FREE_PORTS) {
                    throw e;
                }
                LOG.info("Starting the broker failed, trying other ports: {}", e.getMessage());
            }
        }
    }

    private static KafkaRaftServer launch(
            BrokerSettings settings, int port, int controllerPort, Consumer<String> onFatal) {
        KafkaConfig config = KafkaConfig.fromProps(settings.toProperties(port, controllerPort), false);
        catchFatalFaults(onFatal);
        try {
            format(settings);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            startOrStop(server);
            return server;
        } catch (Exception e) {
            throw new BrokerStartException(
                    BrokerStartException.Code.BROKER_FAILED,
                    "The embedded Kafka broker did not start in "
                            + settings.directory().toAbsolutePath() + " on " + settings.host() + ":" + port + ": "
                            + rootMessage(e),
                    e);
        }
    }

    private static void startOrStop(KafkaRaftServer server) {
        boolean started = false;
        try {
            server.startup();
            started = true;
        } finally {
            if (!started) {
                boolean clean = stopped(server); // else its threads keep the process alive
                LOG.debug("The broker that failed to start was stopped, cleanly: {}", clean);
            }
        }
    }

    /**
     * Stops the server, 0.2 to 0.7 s when it is well. Kafka's orderly shutdown waits up to five minutes for a controller that no longer answers; what is on disk is
     * safe against a kill, so it is not worth more than a few seconds.
     *
     * @return false if it was still stopping when the waiting ended; its directory then stays locked until this process ends
     */
    private static boolean stopped(KafkaRaftServer server) {
        Thread stopping = new Thread(
                () -> {
                    server.shutdown();
                    server.awaitShutdown();
                },
                "embedded-kafka-stop");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(STOP_PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stopping.isAlive()) {
            LOG.warn(
                    "The embedded Kafka broker did not stop within {} ms; leaving it to the end of the process",
                    STOP_PATIENCE_MS);
            return false;
        }
        return true;
    }

    private static void format(BrokerSettings settings) throws Exception {
        String directory = settings.logDirectory().toAbsolutePath().toString();
        if (Files.exists(settings.logDirectory().resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(settings.logDirectory());
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setDirectories(List.of(directory))
                    .setMetadataLogDirectory(directory)
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .run();
        }
    }

    /** Kafka ends the whole process on a fatal fault; here its owner decides. */
    private static void catchFatalFaults(Consumer<String> onFatal) {
        AtomicBoolean told = new AtomicBoolean();
        Exit.Procedure procedure = (status, message) -> {
            if (told.compareAndSet(false, true)) {
                String reason = message == null ? "exit status " + status : message;
                // Not on Kafka's own thread: the owner will want to close the broker, which waits for that thread.
                new Thread(() -> onFatal.accept(reason), "embedded-kafka-fatal").start();
            }
        };
        Exit.setExitProcedure(procedure);
        Exit.setHaltProcedure(procedure);
    }

    private static int choosePort(String name, String host, int wanted) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), wanted));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new BrokerStartException(
                    BrokerStartException.Code.PORT_IN_USE,
                    "Port " + wanted + " on " + host + " (" + name + ") can not be used: " + e.getMessage()
                            + ". Another program is probably listening there (perhaps another pouchtwin): stop it, or choose another port.",
                    e);
        }
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.toString();
    }
}
