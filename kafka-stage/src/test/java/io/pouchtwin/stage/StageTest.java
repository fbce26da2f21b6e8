package io.pouchtwin.stage;

import static io.pouchtwin.stage.Broker.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StageTest {
    private static final int KEYS = 7;
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Stage> stages = new ArrayList<>();
    private String input = "";
    private String output = "";
    private String changelog = "";
    private String dead = "";
    private StageConfig config = StageConfig.of("none", Broker.settings(), "none", "none");

    @BeforeEach
    void topics() {
        input = Broker.fresh("input");
        output = Broker.fresh("output");
        changelog = Broker.fresh("changelog");
        dead = Broker.fresh("dead");
        TopicSetup.ensure(
                Broker.settings(),
                List.of(
                        TopicSpec.log(input, PARTITIONS),
                        TopicSpec.log(output, PARTITIONS),
                        TopicSpec.table(changelog, PARTITIONS),
                        TopicSpec.log(dead, 1)));
        config = StageConfig.of(Broker.fresh("stage"), Broker.settings(), input, changelog)
                .withBatches(50, Duration.ofMillis(20))
                .withTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(1));
    }

    @AfterEach
    void closeAll() {
        stages.forEach(Stage::close);
    }

    @Test
    void everyRecordHasItsEffectOnceAndStateSurvivesARestart() {
        Broker.produceNumbers(input, 0, 500, KEYS);
        Stage first = start(processor -> processor);
        awaitOutputs(500);
        first.close();
        assertThat(first.health().state()).isEqualTo(StageHealth.State.CLOSED);

        Broker.produceNumbers(input, 500, 500, KEYS);
        start(processor -> processor);
        awaitOutputs(1_000);
        assertThat(sums()).isEqualTo(RunningSum.expected(1_000, KEYS));
        assertThat(registry.get("pouchtwin.stage.records")
                        .tag("stage", config.name())
                        .counter()
                        .count())
                .isEqualTo(1_000);
    }

    @Test
    void twoKillsWithOpenTransactionsLoseNothingAndDoubleNothing() {
        Broker.produceNumbers(input, 0, 3_000, KEYS);
        for (int kill = 0; kill < 2; kill++) {
            CountDownLatch inTransaction = new CountDownLatch(1);
            Stage victim = start(processor -> new HangsAfter(400, inTransaction, processor));
            await().atMost(PATIENCE).until(() -> inTransaction.getCount() == 0);
            victim.abandon();
        }
        // The transaction time-out is 60 s: it goes on well before that only because the dead were fenced.
        start(processor -> processor);
        awaitOutputs(3_000);
        assertThat(sums()).isEqualTo(RunningSum.expected(3_000, KEYS));
    }

    @Test
    void anErrorEndsTheStageVisiblyAndAnotherTakesOver() {
        Broker.produceNumbers(input, 0, 300, KEYS);
        AtomicInteger seen = new AtomicInteger();
        Stage broken = start(processor -> new Delegate(processor) {
            @Override
            public void process(ConsumerRecord<byte[], byte[]> record, Output out) {
                super.process(record, out);
                if (seen.incrementAndGet() == 100) {
                    throw new AssertionError("a bug");
                }
            }
        });
        await().atMost(PATIENCE).until(() -> !broken.health().live());
        assertThat(broken.health().detail()).contains("a bug");

        start(processor -> processor);
        awaitOutputs(300);
        assertThat(sums()).isEqualTo(RunningSum.expected(300, KEYS));
    }

    @Test
    void partitionsMoveBetweenStagesWithoutLossOrDoubling() throws Exception {
        start(processor -> processor);
        Thread feeder = new Thread(() -> feedSlowly(2_000), "feeder");
        feeder.start();
        awaitOutputs(300);
        Stage second = start(processor -> processor);
        awaitOutputs(1_000);
        second.close();
        start(processor -> processor);
        feeder.join();
        awaitOutputs(2_000);
        assertThat(sums()).isEqualTo(RunningSum.expected(2_000, KEYS));
    }

    @Test
    void aPoisonedRecordGoesToTheDeadLettersAndItsNeighboursDoNotNotice() throws Exception {
        Broker.produceNumbers(input, 0, 100, KEYS);
        try (KafkaProducer<byte[], byte[]> producer = Broker.producer()) {
            for (int key = 0; key < KEYS; key++) {
                producer.send(new ProducerRecord<>(input, bytes("k" + key), bytes("poison " + key)))
                        .get();
            }
        }
        Broker.produceNumbers(input, 100, 100, KEYS);
        start(processor -> processor);
        awaitOutputs(200);
        assertThat(sums()).isEqualTo(RunningSum.expected(200, KEYS));
        assertThat(Broker.readCommitted(output).get("begun")).hasSize(200);
        assertThat(Broker.readCommitted(dead).getOrDefault("NumberFormatException", List.of()))
                .containsExactlyInAnyOrder(
                        "poison 0", "poison 1", "poison 2", "poison 3", "poison 4", "poison 5", "poison 6");
        assertThat(registry.get("pouchtwin.stage.rejects")
                        .tag("stage", config.name())
                        .counter()
                        .count())
                .isEqualTo(KEYS);
    }

    @Test
    void whatStandsInTheWayIsRetriedAndStated() {
        Broker.produceNumbers(input, 0, 100, KEYS);
        AtomicInteger failures = new AtomicInteger(3);
        Stage stage = start(processor -> new Delegate(processor) {
            @Override
            public void process(ConsumerRecord<byte[], byte[]> record, Output out) {
                if (record.offset() == 5 && failures.get() > 0) {
                    failures.decrementAndGet();
                    throw new StageException("the table is not there yet");
                }
                super.process(record, out);
            }
        });
        await().atMost(PATIENCE).until(() -> stage.health().detail().equals("the table is not there yet"));
        awaitOutputs(100);
        assertThat(sums()).isEqualTo(RunningSum.expected(100, KEYS));
        await().atMost(PATIENCE).until(() -> stage.health().ready());
    }

    @Test
    void stateThatDoesNotBelongToTheOffsetsIsRefusedWithWhatToDo() throws Exception {
        Broker.produceNumbers(input, 0, 100, 1);
        Stage first = start(processor -> processor);
        awaitOutputs(100);
        first.close();
        int partition = partitionWithRecords();
        try (Admin admin = Broker.admin()) {
            admin.alterConsumerGroupOffsets(
                            config.name(), Map.of(new TopicPartition(input, partition), new OffsetAndMetadata(50)))
                    .all()
                    .get();
        }
        Stage second = start(processor -> processor);
        await().atMost(PATIENCE)
                .until(() -> second.health().detail().contains("State and input do not belong together"));
        assertThat(second.health().detail()).contains("committed offset 50", "offset 100", "delete topic " + changelog);
        assertThat(sums()).isEqualTo(RunningSum.expected(100, 1));
    }

    @Test
    void aChangelogWithOtherPartitionsIsRefused() {
        String narrow = Broker.fresh("narrow");
        TopicSetup.ensure(Broker.settings(), List.of(TopicSpec.table(narrow, 2)));
        config = StageConfig.of(Broker.fresh("stage"), Broker.settings(), input, narrow);
        Stage stage = start(processor -> processor);
        await().atMost(PATIENCE).until(() -> stage.health().detail().contains("has 4 partitions, its changelog"));
    }

    @Test
    void severalThreadsShareThePartitions() {
        config = config.withThreads(3);
        Broker.produceNumbers(input, 0, 1_000, KEYS);
        Stage stage = start(processor -> processor);
        awaitOutputs(1_000);
        assertThat(sums()).isEqualTo(RunningSum.expected(1_000, KEYS));
        await().atMost(PATIENCE).until(() -> stage.health().ready() && stage.lag() == 0);
    }

    private Stage start(UnaryOperator<PartitionProcessor> wrapping) {
        Stage stage = Stage.start(
                config,
                partition -> wrapping.apply(new RunningSum(output)),
                (record, problem) ->
                        new ProducerRecord<>(dead, bytes(problem.getClass().getSimpleName()), record.value()),
                registry);
        stages.add(stage);
        return stage;
    }

    private Map<String, List<String>> sums() {
        Map<String, List<String>> all = Broker.readCommitted(output);
        all.remove("begun");
        return all;
    }

    private void awaitOutputs(int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> sums().values().stream().mapToInt(List::size).sum() >= count);
    }

    private void feedSlowly(int count) {
        for (int i = 0; i < count; i += 100) {
            Broker.produceNumbers(input, i, 100, KEYS);
        }
    }

    private int partitionWithRecords() {
        try (Admin admin = Broker.admin()) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new TopicPartition(input, i));
            }
            return HighWatermarks.of(admin, partitions, PATIENCE).entrySet().stream()
                    .filter(end -> end.getValue() == 100)
                    .findFirst()
                    .orElseThrow()
                    .getKey()
                    .partition();
        }
    }
}
