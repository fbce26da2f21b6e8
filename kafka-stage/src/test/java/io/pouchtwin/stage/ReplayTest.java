package io.pouchtwin.stage;

import static io.pouchtwin.stage.Broker.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** State that reaches the changelog only now and then is brought up to date from the input. */
class ReplayTest {
    private static final int KEYS = 7;
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger replayed = new AtomicInteger();
    private final List<Stage> stages = new ArrayList<>();
    private String input = "";
    private String output = "";
    private String dead = "";
    private StageConfig config = StageConfig.of("none", Broker.settings(), "none", "none");

    @BeforeEach
    void topics() {
        input = Broker.fresh("input");
        output = Broker.fresh("output");
        dead = Broker.fresh("dead");
        String changelog = Broker.fresh("changelog");
        TopicSetup.ensure(
                Broker.settings(),
                List.of(
                        TopicSpec.log(input, PARTITIONS),
                        TopicSpec.log(output, PARTITIONS),
                        TopicSpec.table(changelog, PARTITIONS),
                        TopicSpec.log(dead, 1)));
        config = StageConfig.of(Broker.fresh("stage"), Broker.settings(), input, changelog)
                .withBatches(20, Duration.ofMillis(5))
                .withTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(1));
    }

    @AfterEach
    void closeAll() {
        stages.forEach(Stage::close);
    }

    @Test
    void killsLoseNothingAndDoubleNothingThoughMostStateWasNotSaved() {
        Broker.produceNumbers(input, 0, 3_000, KEYS);
        for (int kill = 0; kill < 2; kill++) {
            CountDownLatch inTransaction = new CountDownLatch(1);
            Stage victim = start(processor -> new HangsAfter(400, inTransaction, processor));
            await().atMost(PATIENCE).until(() -> inTransaction.getCount() == 0);
            victim.abandon();
        }
        start(processor -> processor);
        awaitOutputs(3_000);
        assertThat(Broker.readCommitted(output)).isEqualTo(RunningSum.expected(3_000, KEYS));
        assertThat(replayed.get()).as("the changelog alone was not enough").isPositive();
        assertThat(registry.get("pouchtwin.stage.replayed").counter().count()).isGreaterThanOrEqualTo(replayed.get());
    }

    @Test
    void aPoisonedRecordThatIsReplayedIsPassedOverAgainAndNotReportedTwice() throws Exception {
        Broker.produceNumbers(input, 0, 70, KEYS);
        try (KafkaProducer<byte[], byte[]> producer = Broker.producer()) {
            for (int key = 0; key < KEYS; key++) {
                producer.send(new ProducerRecord<>(input, bytes("k" + key), bytes("poison")))
                        .get();
            }
        }
        Broker.produceNumbers(input, 70, 30, KEYS);
        Stage first = start(NeverSaves::new);
        awaitOutputs(100);
        first.close();

        Broker.produceNumbers(input, 100, 100, KEYS);
        start(processor -> processor);
        awaitOutputs(200);
        assertThat(Broker.readCommitted(output)).isEqualTo(RunningSum.expected(200, KEYS));
        assertThat(Broker.readCommitted(dead).get("dead")).hasSize(KEYS);
        assertThat(replayed.get()).isEqualTo(100);
    }

    /** Leaves everything to replay. */
    private static final class NeverSaves extends Delegate {
        NeverSaves(PartitionProcessor processor) {
            super(processor);
        }

        @Override
        public void beforeCommit(Output output) {
            // nothing
        }
    }

    private Stage start(UnaryOperator<PartitionProcessor> wrapping) {
        Stage stage = Stage.start(
                config,
                partition -> wrapping.apply(new RarelySavedSum(output, replayed)),
                (record, problem) -> new ProducerRecord<>(dead, bytes("dead"), record.value()),
                registry);
        stages.add(stage);
        return stage;
    }

    private void awaitOutputs(int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Broker.readCommitted(output).values().stream()
                                .mapToInt(List::size)
                                .sum()
                        >= count);
    }
}
