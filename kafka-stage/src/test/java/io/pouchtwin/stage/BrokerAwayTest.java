package io.pouchtwin.stage;

import static io.pouchtwin.stage.Broker.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerAwayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void whileTheBrokerIsAwayAStageSaysSoAndAfterwardsGoesOnWithoutLossOrDoubling(@TempDir Path directory) {
        EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.local(directory, 0));
        BrokerSettings samePort = BrokerSettings.local(directory, broker.port());
        KafkaSettings kafka = KafkaSettings.plain(broker.bootstrapServers());
        TopicSetup.ensure(
                kafka,
                List.of(
                        TopicSpec.log("in", 2),
                        TopicSpec.log("out", 2),
                        TopicSpec.log("dead", 1),
                        TopicSpec.table("changes", 2)));
        Map<String, List<String>> seen = Collections.synchronizedMap(new HashMap<>());
        StageConfig config = StageConfig.of("away", kafka, "in", "changes");
        try (Stage stage = Stage.start(
                        config,
                        partition -> new RunningSum("out"),
                        (record, problem) -> new ProducerRecord<>("dead", bytes("k"), record.value()),
                        registry);
                TailReader reader = tail(kafka, seen)) {
            Broker.produceNumbers(kafka, "in", 0, 300, 5);
            await().atMost(PATIENCE).until(() -> count(seen) == 300);
            broker.close();
            await().atMost(PATIENCE).until(() -> stage.health().state() == StageHealth.State.RETRYING);
            assertThat(stage.health().detail()).contains("no connection to Kafka at 127.0.0.1:" + broker.port());
            assertThat(stage.health().live()).isTrue();

            broker = EmbeddedKafka.start(samePort);
            Broker.produceNumbers(kafka, "in", 300, 300, 5);
            await().atMost(PATIENCE).until(() -> count(seen) == 600);
            await().atMost(PATIENCE).until(() -> stage.health().ready());
            assertThat(seen).isEqualTo(RunningSum.expected(600, 5));
            assertThat(reader.health().ready()).isTrue();
        } finally {
            broker.close();
        }
    }

    @Test
    void aStageEndsInTimeEvenWhenTheBrokerIsAway(@TempDir Path directory) {
        EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.local(directory, 0));
        KafkaSettings kafka = KafkaSettings.plain(broker.bootstrapServers());
        TopicSetup.ensure(kafka, List.of(TopicSpec.log("in", 2), TopicSpec.table("changes", 2)));
        Stage stage = Stage.start(
                StageConfig.of("away", kafka, "in", "changes"),
                partition -> new RunningSum("out"),
                (record, problem) -> new ProducerRecord<>("dead", record.value()),
                registry);
        await().atMost(PATIENCE).until(() -> stage.health().ready());
        broker.close();
        stage.close();
        assertThat(stage.health().state()).isEqualTo(StageHealth.State.CLOSED);
    }

    private TailReader tail(KafkaSettings kafka, Map<String, List<String>> seen) {
        return TailReader.start(
                "away-reader",
                kafka,
                List.of("out"),
                new TailStart.Beginning(),
                10_000,
                batch -> {
                    batch.forEach(record -> {
                        String key = RunningSum.text(record.key());
                        if (!key.equals("begun")) {
                            seen.computeIfAbsent(key, any -> new ArrayList<>()).add(RunningSum.text(record.value()));
                        }
                    });
                    return CompletableFuture.completedFuture(null);
                },
                registry);
    }

    private static int count(Map<String, List<String>> seen) {
        synchronized (seen) {
            return seen.values().stream().mapToInt(List::size).sum();
        }
    }
}
