package io.pouchtwin.stage;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers "host:port" of one or more brokers, separated by commas
 * @param properties Kafka client settings passed through as they are: TLS, SASL, time-outs. Settings that carry a promise of this project can not be changed here.
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> properties) {
    private static final Pattern SERVER = Pattern.compile("[^\\s,:/]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}");

    private static final Set<String> OWNED = Set.of(
            "bootstrap.servers",
            "group.id",
            "client.id",
            "transactional.id",
            "enable.auto.commit",
            "enable.idempotence",
            "acks",
            "isolation.level",
            "auto.offset.reset",
            "key.serializer",
            "value.serializer",
            "key.deserializer",
            "value.deserializer",
            "partitioner.class",
            "partition.assignment.strategy",
            "group.protocol");

    public KafkaSettings {
        for (String server : bootstrapServers.split(",", -1)) {
            if (!SERVER.matcher(server.strip()).matches()) {
                throw new IllegalArgumentException("kafka.bootstrap-servers: \"" + bootstrapServers
                        + "\", expected host:port[,host:port...], e.g. 127.0.0.1:9092");
            }
        }
        for (String key : properties.keySet()) {
            if (OWNED.contains(key)) {
                throw new IllegalArgumentException("kafka.properties." + key + ": \"" + properties.get(key)
                        + "\", expected not to be set: the program chooses it, its promises depend on it");
            }
        }
        properties = Map.copyOf(properties);
    }

    /** A broker without encryption or password, for one machine. */
    public static KafkaSettings plain(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, Map.of());
    }

    /**
     * Settings for a client.
     *
     * @param defaults what the caller prefers; {@link #properties} may replace it, except what the program owns
     */
    public Map<String, Object> with(Map<String, Object> defaults) {
        Map<String, Object> merged = new HashMap<>(defaults);
        merged.putAll(properties);
        merged.put("bootstrap.servers", bootstrapServers);
        return merged;
    }

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", " + properties.keySet() + "]";
    }
}
