package io.pouchtwin.kafka.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

    @Test
    void whatWasWrittenIsStillThereAfterARestartOnOtherPorts(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka first = EmbeddedKafka.start(BrokerSettings.local(directory, 0))) {
            createTopic(first);
            write(first, "before the restart");
        }
        try (EmbeddedKafka second = EmbeddedKafka.start(BrokerSettings.local(directory, 0))) {
            write(second, "after the restart");
            assertThat(readAll(second)).containsExactly("before the restart", "after the restart");
        }
    }

    @Test
    void aSecondBrokerOnTheSameDirectoryIsRefusedAndTheFirstGoesOn(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka first = EmbeddedKafka.start(BrokerSettings.local(directory, 0))) {
            createTopic(first);
            assertThatThrownBy(() -> EmbeddedKafka.start(BrokerSettings.local(directory, 0)))
                    .isInstanceOfSatisfying(
                            BrokerStartException.class,
                            e -> assertThat(e.code()).isEqualTo(BrokerStartException.Code.DIRECTORY_IN_USE));
            assertThat(startInAnotherProcess(directory))
                    .startsWith("DIRECTORY_IN_USE")
                    .contains(directory.toString(), "in use by another running broker");
            write(first, "undisturbed");
            assertThat(readAll(first)).containsExactly("undisturbed");
        }
    }

    @Test
    void aPortInUseIsNamedAndTheDirectoryIsFreeAgain(@TempDir Path directory) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedKafka.start(BrokerSettings.local(directory, taken.getLocalPort())))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void impossibleSettingsNameTheKeyTheValueAndWhatIsExpected(@TempDir Path directory) {
        assertThatThrownBy(() -> BrokerSettings.local(directory, 70_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port: 70000, expected 0 (any free) to 65535");
    }

    @Test
    void aSettingOfKafkaItselfCanBeOverridden(@TempDir Path directory) {
        BrokerSettings settings = new BrokerSettings(directory, "127.0.0.1", 0, 0, Map.of("num.io.threads", "1"));
        assertThat(settings.toProperties(1, 2)).containsEntry("num.io.threads", "1");
    }

    private static String startInAnotherProcess(Path directory) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SecondProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void createTopic(EmbeddedKafka broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("kept", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void write(EmbeddedKafka broker, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(PARTITION.topic(), "key", value)).get();
        }
    }

    private static List<String> readAll(EmbeddedKafka broker) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
