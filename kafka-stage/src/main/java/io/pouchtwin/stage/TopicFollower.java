package io.pouchtwin.stage;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all partitions of some topics on a thread of its own, outside any group, and goes on after failures where it was. */
final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long BACKOFF_MS = 500;

    /** What is done with the records, on the follower's thread. */
    @FunctionalInterface
    interface Handler {
        default boolean hasRoom() {
            return true;
        }

        void accept(List<ConsumerRecord<byte[], byte[]>> batch);
    }

    /** Somebody waits until the reader has reached these offsets. */
    private static final class Awaited {
        final CompletableFuture<Void> reached = new CompletableFuture<>();

        @Nullable Map<TopicPartition, Long> targets;
    }

    private final String name;
    private final KafkaSettings kafka;
    private final List<String> topics;
    private final TailStart from;
    private final Handler handler;
    private final MeterRegistry registry;
    private final Gauge lagGauge;
    private final Thread thread;
    private final Awaited start = new Awaited();
    private final Queue<Awaited> awaited = new ConcurrentLinkedQueue<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean wanted = true;
    private volatile long lag;
    private volatile StageHealth health = new StageHealth(StageHealth.State.STARTING, "connecting");

    private TopicFollower(
            String name,
            KafkaSettings kafka,
            List<String> topics,
            TailStart from,
            Handler handler,
            MeterRegistry registry) {
        this.name = name;
        this.kafka = kafka;
        this.topics = List.copyOf(topics);
        this.from = from;
        this.handler = handler;
        this.registry = registry;
        this.awaited.add(start);
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
        this.lagGauge = Gauge.builder("pouchtwin.reader.lag", this, follower -> follower.lag)
                .description("records in Kafka that this reader has not handed over")
                .tag("reader", name)
                .register(registry);
    }

    static TopicFollower start(
            String name,
            KafkaSettings kafka,
            List<String> topics,
            TailStart from,
            Handler handler,
            MeterRegistry registry) {
        TopicFollower follower = new TopicFollower(name, kafka, topics, from, handler, registry);
        follower.thread.start();
        return follower;
    }

    CompletableFuture<Void> caughtUp() {
        return start.reached;
    }

    /** Completes when everything was handed over that Kafka held at the time of the call. */
    CompletableFuture<Void> refresh() {
        Awaited request = new Awaited();
        awaited.add(request);
        return request.reached;
    }

    StageHealth health() {
        return health;
    }

    long lag() {
        return lag;
    }

    @Override
    public void close() {
        wanted = false;
        stopped.countDown();
        try {
            thread.join(700); // usually a few ms
            thread.interrupt();
            thread.join(700);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        registry.remove(lagGauge);
    }

    private void run() {
        while (wanted) {
            Admin admin = Admin.create(kafka.with(Map.of("client.id", name + ".admin", "request.timeout.ms", 5_000)));
            try (KafkaConsumer<byte[], byte[]> consumer = open()) {
                follow(consumer, admin);
            } catch (InterruptException e) {
                LOG.debug("{}: interrupted", name);
            } catch (RuntimeException e) {
                health = new StageHealth(StageHealth.State.RETRYING, String.valueOf(e.getMessage()));
                LOG.warn("{}: reads on in {} ms: {}", name, BACKOFF_MS, e.toString());
            } finally {
                admin.close(Duration.ZERO);
            }
            if (wanted) {
                backOff();
            }
        }
        health = new StageHealth(StageHealth.State.CLOSED, "closed");
    }

    private void backOff() {
        try {
            boolean ending = stopped.await(BACKOFF_MS, TimeUnit.MILLISECONDS);
            LOG.trace("{}: waited, ending: {}", name, ending);
        } catch (InterruptedException e) {
            LOG.debug("{}: woken from waiting", name);
        }
    }

    private KafkaConsumer<byte[], byte[]> open() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("client.id", name);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("fetch.max.wait.ms", 100);
        settings.put("retry.backoff.ms", 20);
        settings.put("reconnect.backoff.max.ms", 1_000);
        return new KafkaConsumer<>(kafka.with(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void follow(KafkaConsumer<byte[], byte[]> opened, Admin admin) {
        List<TopicPartition> partitions = partitions(opened);
        opened.assign(partitions);
        seek(opened, partitions);
        while (wanted) {
            aim(admin, partitions);
            if (handler.hasRoom()) {
                opened.resume(opened.paused());
            } else {
                opened.pause(partitions);
            }
            read(opened);
            tell(opened, partitions);
            awaited.removeIf(this::reached);
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> opened) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            List<PartitionInfo> known = opened.partitionsFor(topic, PATIENCE);
            if (known == null || known.isEmpty()) {
                throw new StageException("Topic " + topic + " does not exist yet");
            }
            known.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return partitions;
    }

    private void seek(KafkaConsumer<byte[], byte[]> opened, Collection<TopicPartition> partitions) {
        if (!positions.keySet().containsAll(partitions)) {
            positions.putAll(firstPositions(opened, partitions));
        }
        partitions.forEach(partition -> opened.seek(partition, positions.getOrDefault(partition, 0L)));
    }

    private Map<TopicPartition, Long> firstPositions(
            KafkaConsumer<byte[], byte[]> opened, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> first = new HashMap<>(opened.beginningOffsets(partitions, PATIENCE));
        Map<TopicPartition, Long> ends = opened.endOffsets(partitions, PATIENCE);
        if (from instanceof TailStart.End) {
            return ends;
        } else if (from instanceof TailStart.LastPerPartition last) {
            ends.forEach((partition, end) -> first.merge(partition, end - last.records(), Math::max));
        } else if (from instanceof TailStart.FromTimestamp time) {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, time.unixMs()));
            Map<TopicPartition, OffsetAndTimestamp> found = opened.offsetsForTimes(times, PATIENCE);
            ends.forEach((partition, end) -> {
                OffsetAndTimestamp place = found.get(partition);
                first.put(partition, place == null ? end : place.offset());
            });
        }
        return first;
    }

    private void aim(Admin admin, Collection<TopicPartition> partitions) {
        if (awaited.stream().allMatch(waiting -> waiting.targets != null)) {
            return;
        }
        List<Awaited> unaimed =
                awaited.stream().filter(waiting -> waiting.targets == null).toList();
        Map<TopicPartition, Long> ends = HighWatermarks.of(admin, partitions, PATIENCE);
        unaimed.forEach(waiting -> waiting.targets = ends);
    }

    private void read(KafkaConsumer<byte[], byte[]> opened) {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        opened.poll(POLL).forEach(batch::add);
        if (!batch.isEmpty()) {
            handler.accept(batch);
        }
        positions.replaceAll((partition, before) -> opened.position(partition, PATIENCE));
    }

    private boolean reached(Awaited waiting) {
        Map<TopicPartition, Long> targets = waiting.targets;
        if (targets == null) {
            return false;
        }
        for (Map.Entry<TopicPartition, Long> target : targets.entrySet()) {
            if (positions.getOrDefault(target.getKey(), 0L) < target.getValue()) {
                return false;
            }
        }
        return waiting.reached.complete(null);
    }

    private void tell(KafkaConsumer<byte[], byte[]> opened, Collection<TopicPartition> partitions) {
        long sum = 0;
        for (TopicPartition partition : partitions) {
            sum += opened.currentLag(partition).orElse(0);
        }
        lag = sum;
        health = new StageHealth(
                start.reached.isDone() ? StageHealth.State.RUNNING : StageHealth.State.RESTORING,
                partitions.size() + " partitions of " + topics);
    }
}
