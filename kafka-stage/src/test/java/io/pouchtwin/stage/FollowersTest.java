package io.pouchtwin.stage;

import static io.pouchtwin.stage.Broker.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void aTableHoldsTheLatestValueOfEachKeyAndForgetsTombstones() throws Exception {
        String topic = table();
        put(topic, "a", "1");
        put(topic, "b", "2");
        put(topic, "a", "3");
        put(topic, "b", null);
        put(topic, "bad", "not a number");
        try (CompactedTable<Integer> table = numbers(topic)) {
            table.ready().get(20, TimeUnit.SECONDS);
            assertThat(table.snapshot()).containsExactly(Map.entry("a", 3));
            assertThat(registry.get("pouchtwin.table.undecodable").counter().count())
                    .isEqualTo(1);

            Map<String, Integer> heard = Collections.synchronizedMap(new HashMap<>());
            table.onChange(heard::put);
            put(topic, "c", "4");
            await().atMost(PATIENCE).until(() -> heard.equals(Map.of("a", 3, "c", 4)));
        }
    }

    @Test
    void afterARefreshATableHoldsWhatWasWrittenBefore() throws Exception {
        String topic = table();
        try (CompactedTable<Integer> table = numbers(topic)) {
            for (int i = 0; i < 20; i++) {
                put(topic, "key", String.valueOf(i));
                table.refresh(PATIENCE);
                assertThat(table.get("key")).contains(i);
            }
        }
    }

    @Test
    void aTableOfAMissingTopicSaysSoAndWaitsForIt() throws Exception {
        String topic = Broker.fresh("late");
        try (CompactedTable<Integer> table = numbers(topic)) {
            await().atMost(PATIENCE).until(() -> table.health().detail().contains(topic + " does not exist yet"));
            TopicSetup.ensure(Broker.settings(), List.of(TopicSpec.table(topic, 1)));
            put(topic, "a", "1");
            await().atMost(PATIENCE).until(() -> table.get("a").isPresent());
        }
    }

    @Test
    void aTailBeginsWithTheLatestRecordsAndGoesOnLive() throws Exception {
        String topic = log();
        for (int i = 0; i < 50; i++) {
            put(topic, "key", String.valueOf(i));
        }
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (TailReader reader = reader(topic, new TailStart.LastPerPartition(10), seen)) {
            reader.caughtUp().get(20, TimeUnit.SECONDS);
            assertThat(seen).containsExactly("40", "41", "42", "43", "44", "45", "46", "47", "48", "49");
            put(topic, "key", "50");
            await().atMost(PATIENCE)
                    .until(() -> seen.size() == 11 && seen.get(10).equals("50"));
            assertThat(reader.health().ready()).isTrue();
        }
    }

    @Test
    void aTailFromTheEndSkipsThePast() throws Exception {
        String topic = log();
        put(topic, "key", "past");
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (TailReader reader = reader(topic, new TailStart.End(), seen)) {
            reader.caughtUp().get(20, TimeUnit.SECONDS);
            put(topic, "key", "present");
            await().atMost(PATIENCE).until(() -> seen.equals(List.of("present")));
        }
    }

    @Test
    void aTailFromATimeBeginsThere() throws Exception {
        String topic = log();
        try (KafkaProducer<byte[], byte[]> producer = Broker.producer()) {
            for (long time = 1_000; time < 2_000; time += 100) {
                producer.send(new ProducerRecord<>(topic, 0, time, bytes("key"), bytes(String.valueOf(time))))
                        .get();
            }
        }
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (TailReader reader = reader(topic, new TailStart.FromTimestamp(1_750), seen)) {
            reader.caughtUp().get(20, TimeUnit.SECONDS);
            assertThat(seen).containsExactly("1800", "1900");
        }
    }

    @Test
    void aReaderWaitsForAReceiverThatIsBehindAndLosesNothing() throws Exception {
        String topic = log();
        Broker.produceNumbers(topic, 0, 5_000, 1);
        Deque<CompletableFuture<Void>> open = new ArrayDeque<>();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        TailReader.Receiver slow = batch -> {
            batch.forEach(record -> seen.add(new String(record.value(), StandardCharsets.UTF_8)));
            CompletableFuture<Void> done = new CompletableFuture<>();
            synchronized (open) {
                open.add(done);
            }
            return done;
        };
        try (TailReader reader = TailReader.start(
                Broker.fresh("slow"),
                Broker.settings(),
                List.of(topic),
                new TailStart.Beginning(),
                100,
                slow,
                registry)) {
            await().atMost(PATIENCE).until(() -> !seen.isEmpty());
            await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> seen.size() <= 600);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
                synchronized (open) {
                    open.forEach(done -> done.complete(null));
                    open.clear();
                }
                return seen.size() == 5_000;
            });
            assertThat(seen.get(4_999)).isEqualTo("4999");
            assertThat(seen).doesNotHaveDuplicates();
            assertThat(reader.caughtUp()).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void uncommittedRecordsAreNotSeen() throws Exception {
        String topic = log();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (TailReader reader = reader(topic, new TailStart.Beginning(), seen);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Broker.settings().with(Map.of("transactional.id", topic)),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            reader.caughtUp().get(20, TimeUnit.SECONDS);
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, bytes("aborted"))).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, bytes("committed"))).get();
            producer.commitTransaction();
            await().atMost(PATIENCE).until(() -> seen.equals(List.of("committed")));
        }
    }

    @Test
    void topicsThatAreNotWhatIsNeededAreRefusedWithWhatToDo() {
        String topic = Broker.fresh("four");
        TopicSetup.ensure(Broker.settings(), List.of(TopicSpec.log(topic, 4)));
        TopicSetup.ensure(Broker.settings(), List.of(TopicSpec.log(topic, 4)));
        assertThatThrownBy(() -> TopicSetup.ensure(Broker.settings(), List.of(TopicSpec.log(topic, 8))))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining("has 4 partitions, the configuration asks for 8");
        assertThatThrownBy(() -> TopicSetup.ensure(Broker.settings(), List.of(TopicSpec.table(topic, 4))))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining("cleanup.policy \"delete\", expected \"compact\"");
    }

    @Test
    void settingsThatCarryAPromiseCannotBeChanged() {
        assertThatThrownBy(() -> new KafkaSettings("127.0.0.1:9092", Map.of("isolation.level", "read_uncommitted")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kafka.properties.isolation.level");
        assertThatThrownBy(() -> KafkaSettings.plain("localhost"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected host:port");
        KafkaSettings secured = new KafkaSettings("a:1,[::1]:2", Map.of("ssl.truststore.password", "secret"));
        assertThat(secured.toString()).doesNotContain("secret");
    }

    private CompactedTable<Integer> numbers(String topic) {
        return CompactedTable.start(
                Broker.fresh("table"),
                Broker.settings(),
                topic,
                value -> Integer.parseInt(new String(value, StandardCharsets.UTF_8)),
                registry);
    }

    private TailReader reader(String topic, TailStart from, List<String> seen) {
        return TailReader.start(
                Broker.fresh("reader"),
                Broker.settings(),
                List.of(topic),
                from,
                1_000,
                batch -> {
                    batch.forEach(record -> seen.add(new String(record.value(), StandardCharsets.UTF_8)));
                    return CompletableFuture.completedFuture(null);
                },
                registry);
    }

    private static String table() {
        String topic = Broker.fresh("table-topic");
        TopicSetup.ensure(Broker.settings(), List.of(TopicSpec.table(topic, 2)));
        return topic;
    }

    private static String log() {
        String topic = Broker.fresh("log-topic");
        TopicSetup.ensure(Broker.settings(), List.of(TopicSpec.log(topic, 1)));
        return topic;
    }

    private static void put(String topic, String key, @Nullable String value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = Broker.producer()) {
            producer.send(new ProducerRecord<>(topic, bytes(key), value == null ? null : bytes(value)))
                    .get();
        }
    }
}
