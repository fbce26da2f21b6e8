package io.pouchtwin.app.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cluster that engines and APIs share their live view in (Hazelcast). Without members the process is alone in its
 * cluster: it listens on its own machine only and joins nobody, so that two demos on one network never meet.
 *
 * @param name of the cluster; processes of another name are refused
 * @param host address of this process that the other members reach it at
 * @param port TCP port of this process, 0 to 65535; the next free one is taken if it is in use, 0 takes any free one
 * @param members "host:port" of some members that are there, separated by commas; empty: alone
 * @param properties Hazelcast's own settings, passed through as they are (names begin with "hazelcast.")
 */
public record ClusterConfig(String name, String host, int port, String members, Map<String, String> properties) {

    private static final int LARGEST_PORT = 65_535;

    /** What the program sets itself: who closes the cluster, where it listens, that it calls nobody. */
    private static final Set<String> OUR_OWN = Set.of(
            "hazelcast.phone.home.enabled",
            "hazelcast.logging.type",
            "hazelcast.shutdownhook.enabled",
            "hazelcast.socket.bind.any");

    /** Checks what can be checked without a network. */
    public ClusterConfig {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: empty, expected a name");
        }
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("port: " + port + ", expected 0 to " + LARGEST_PORT);
        }
        for (String member : members.isBlank() ? List.<String>of() : List.of(members.split(","))) {
            if (!member.strip().matches("[^\\s:]+(:\\d{1,5})?|\\[[0-9a-fA-F:]+](:\\d{1,5})?")) {
                throw new IllegalArgumentException("members: \"" + member.strip() + "\", expected host or host:port");
            }
        }
        properties = Map.copyOf(properties);
        for (String key : properties.keySet()) {
            if (!key.startsWith("hazelcast.")) {
                throw new IllegalArgumentException(
                        "properties." + key + ": expected a name of Hazelcast's, which begins with \"hazelcast.\"");
            }
            if (OUR_OWN.contains(key)) {
                throw new IllegalArgumentException("properties." + key + ": set by the program itself");
            }
        }
    }

    /** Alone. */
    public static ClusterConfig defaults() {
        return new ClusterConfig("pouchtwin", "127.0.0.1", 5701, "", Map.of());
    }

    /** The members one by one. */
    public List<String> memberList() {
        return Arrays.stream(members.split(","))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .toList();
    }
}
