package io.pouchtwin.kafka.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * What a broker is started with.
 *
 * @param directory where its data lives; survives restarts
 * @param host address to listen on and to tell clients, e.g. 127.0.0.1
 * @param port port for clients; 0 takes a free one
 * @param controllerPort port of the internal controller listener; 0 takes a free one
 * @param overrides Kafka broker settings that replace the ones chosen here
 */
public record BrokerSettings(Path directory, String host, int port, int controllerPort, Map<String, String> overrides) {

    public BrokerSettings {
        requirePort("port", port);
        requirePort("controllerPort", controllerPort);
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: empty, expected an address such as 127.0.0.1");
        }
        overrides = Map.copyOf(overrides);
    }

    /** A broker on the loopback address. */
    public static BrokerSettings local(Path directory, int port) {
        return new BrokerSettings(directory, "127.0.0.1", port, 0, Map.of());
    }

    private static void requirePort(String key, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(key + ": " + port + ", expected 0 (any free) to 65535");
        }
    }

    /** Where Kafka itself writes. */
    Path logDirectory() {
        return directory.resolve("kafka");
    }

    /** The broker's settings for one node that is broker and controller at once. */
    Properties toProperties(int clientPort, int quorumPort) {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        // A static voter: the ports may differ from one start to the next.
        p.setProperty("controller.quorum.voters", "1@" + host + ":" + quorumPort);
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty(
                "listeners", "PLAINTEXT://" + host + ":" + clientPort + ",CONTROLLER://" + host + ":" + quorumPort);
        p.setProperty("advertised.listeners", "PLAINTEXT://" + host + ":" + clientPort);
        p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("inter.broker.listener.name", "PLAINTEXT");
        p.setProperty("log.dirs", logDirectory().toAbsolutePath().toString());
        p.setProperty("auto.create.topics.enable", "false");
        oneCopyOfEverything(p);
        quickRecovery(p);
        smallFootprint(p);
        overrides.forEach(p::setProperty);
        return p;
    }

    private static void oneCopyOfEverything(Properties p) {
        p.setProperty("default.replication.factor", "1");
        p.setProperty("min.insync.replicas", "1");
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("offsets.topic.num.partitions", "4");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("transaction.state.log.num.partitions", "4");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        // A test rig may stand still for months: its place in the stream must not be forgotten meanwhile. [minutes],
        // ten years
        p.setProperty("offsets.retention.minutes", "5256000");
    }

    private static void quickRecovery(Properties p) {
        // After a kill the old registration must time out before the broker may come back: 9 s by default.
        p.setProperty("broker.session.timeout.ms", "1500");
        p.setProperty("broker.heartbeat.interval.ms", "300");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        // Lets consumers ask for a session shorter than 6 s, so that a dead one is replaced within seconds.
        p.setProperty("group.min.session.timeout.ms", "1000");
        // Markers of the last transaction are usually written within 2 ms; the default back-off costs 20 ms each time.
        p.setProperty("add.partitions.to.txn.retry.backoff.ms", "2");
    }

    private static void smallFootprint(Properties p) {
        // The default, 128 MiB, is taken from the heap at once. [bytes]
        p.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "2");
        p.setProperty("background.threads", "2");
        p.setProperty("num.recovery.threads.per.data.dir", "2");
    }
}
