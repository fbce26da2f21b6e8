package io.pouchtwin.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pouchtwin.app.config.AppConfig;
import io.pouchtwin.stage.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's TLS and SASL are Kafka's own settings: what stands in the configuration reaches its clients as it is. */
class PassedThroughTest {
    private static final String FILE = """
            kafka:
              bootstrap-servers: 127.0.0.1:9093
              properties:
                security.protocol: SASL_SSL
                sasl.mechanism: SCRAM-SHA-512
                sasl.jaas.config: "org.apache.kafka.common.security.scram.ScramLoginModule required username=\\"x\\" password=\\"y\\";"
                ssl.truststore.location: %s
                ssl.truststore.type: PEM
            cluster:
              name: lab
              host: 10.0.0.21
              port: 5711
              members: 10.0.0.21:5711, 10.0.0.22:5711
            """;

    @TempDir
    private Path directory;

    private AppConfig config() throws IOException {
        String text = FILE.formatted(directory.resolve("truststore.pem"));
        return AppConfig.read(Files.writeString(directory.resolve("lab.yaml"), text), Map.of(), List.of());
    }

    @Test
    void tlsAndSaslReachConsumersProducersAndAdmins() throws IOException {
        KafkaSettings settings = config().kafka().settings();
        Map<String, Object> asked = settings.with(Map.of("client.id", "x", "security.protocol", "PLAINTEXT"));
        assertThat(asked)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
        assertThat(asked.get("ssl.truststore.location")).asString().endsWith("truststore.pem");
        // Kafka itself reads them: a name that it does not know would be left out here
        Map<String, Object> withTypes = settings.with(Map.of(
                "key.serializer",
                ByteArraySerializer.class,
                "value.serializer",
                ByteArraySerializer.class,
                "key.deserializer",
                "org.apache.kafka.common.serialization.ByteArrayDeserializer",
                "value.deserializer",
                "org.apache.kafka.common.serialization.ByteArrayDeserializer"));
        assertThat(new ProducerConfig(withTypes).getString("security.protocol")).isEqualTo("SASL_SSL");
        assertThat(new ConsumerConfig(withTypes).getString("sasl.mechanism")).isEqualTo("SCRAM-SHA-512");
        assertThat(new AdminClientConfig(withTypes).getString("ssl.truststore.type"))
                .isEqualTo("PEM");
    }

    @Test
    void aClientUsesThem() throws IOException {
        KafkaSettings settings = config().kafka().settings();
        // the trust store does not exist: only a client that was told of it can miss it
        assertThatThrownBy(() -> new KafkaProducer<>(
                                settings.with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())
                        .close())
                .isInstanceOf(KafkaException.class)
                .rootCause()
                .hasMessageContaining("truststore.pem");
    }

    @Test
    void theProgramsOwnPromisesCannotBeSwitchedOffThatWay() {
        assertThatThrownBy(() -> AppConfig.read(null, Map.of(), List.of("kafka.properties={acks: \"0\"}"))
                        .kafka()
                        .settings())
                .hasMessageContaining("kafka.properties.acks");
    }
}
