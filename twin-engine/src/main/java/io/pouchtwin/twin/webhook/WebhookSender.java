package io.pouchtwin.twin.webhook;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pouchtwin.contracts.RecordHeader;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.stage.KafkaSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one receiver, in order per cell, on a thread of its own: a receiver that does not answer holds up nobody else.
 *
 * <p>An alert counts as told when the receiver has answered with 2xx, and the place in the outbox is sent to Kafka at once after that; the next alert does not wait for Kafka's answer.
 * A process that dies between the two sends the same message again with the same {@code webhook-id}; nothing else does, and
 * nothing is ever left out before {@link WebhookConfig#giveUpAfter}.
 */
public final class WebhookSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long FIRST_PAUSE_MS = 500;
    private static final int SUCCESS = 200;
    private static final int REDIRECT = 300;

    private final WebhookConfig config;
    private final String pageUrl;
    private final KafkaSettings kafka;
    private final Clock clock;
    private final Counter delivered;
    private final Counter failed;
    private final Counter givenUp;
    private final Timer age;
    private final HttpClient http;
    private final Thread thread;
    private final Deque<ConsumerRecord<byte[], byte[]>> backlog = new ArrayDeque<>();
    /** Offsets that the receiver has answered to, for the case that Kafka is away just then: they are not sent again. */
    private final Map<TopicPartition, Long> told = new HashMap<>();
    /** Places that Kafka has not confirmed yet. */
    private final Map<TopicPartition, OffsetAndMetadata> unconfirmed = new HashMap<>();

    private boolean placeRefused;
    private volatile boolean wanted = true;

    private WebhookSender(
            WebhookConfig config, String pageUrl, KafkaSettings kafka, Clock clock, MeterRegistry meters) {
        this.config = config;
        this.pageUrl = pageUrl;
        this.kafka = kafka;
        this.clock = clock;
        this.delivered = counter(meters, "delivered", "messages that the receiver took");
        this.failed = counter(meters, "failed", "attempts that failed");
        this.givenUp = counter(meters, "given.up", "messages left out after the time for giving up");
        this.age = Timer.builder("pouchtwin.webhook.age")
                .description("from the gateway's reception of a sample to the receiver's answer")
                .tag("receiver", config.name())
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.thread = new Thread(this::run, "webhook-" + config.name());
    }

    private Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder("pouchtwin.webhook." + name)
                .description(description)
                .tag("receiver", config.name())
                .register(meters);
    }

    /** Starts telling a receiver of the alerts that follow its place in the outbox; a new receiver begins at its end. */
    public static WebhookSender start(
            WebhookConfig config, String pageUrl, KafkaSettings kafka, Clock clock, MeterRegistry meters) {
        WebhookSender sender = new WebhookSender(config, pageUrl, kafka, clock, meters);
        sender.thread.start();
        return sender;
    }

    private void run() {
        long pauseMs = FIRST_PAUSE_MS;
        while (wanted) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                backlog.clear();
                unconfirmed.clear();
                consumer.subscribe(List.of(Topic.TWIN_ALERT.topicName()), new Places(consumer));
                while (wanted) {
                    consumer.poll(POLL).forEach(backlog::add);
                    while (wanted && !backlog.isEmpty()) {
                        deliver(consumer, backlog.element());
                    }
                    if (placeRefused) {
                        placeRefused = false;
                        consumer.commitAsync(Map.copyOf(unconfirmed), this::placed);
                    }
                    pauseMs = FIRST_PAUSE_MS;
                }
                consumer.commitSync(Map.copyOf(unconfirmed));
            } catch (WakeupException | InterruptException e) {
                LOG.debug("webhook {}: stopped", config.name());
            } catch (KafkaException e) {
                LOG.warn("webhook {}: Kafka failed, beginning again: {}", config.name(), e.toString());
                pauseMs = sleep(pauseMs);
            }
        }
    }

    /** Until the receiver has it, the time is over, or the partition is somebody else's. */
    private void deliver(KafkaConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> record) {
        Alert alert;
        try {
            alert = Alert.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("{}-{}@{} is not an Alert", record.topic(), record.partition(), record.offset());
            done(consumer, record);
            return;
        }
        boolean answered = told.getOrDefault(partition(record), -1L) >= record.offset();
        if (answered || !WebhookMessage.tells(alert, config.criticalOnly())) {
            done(consumer, record);
            return;
        }
        WebhookMessage message = WebhookMessage.of(alert, pageUrl);
        long longestMs = config.longestPause().toMillis();
        long pauseMs = Math.min(FIRST_PAUSE_MS, longestMs);
        while (wanted && backlog.peek() == record) {
            String problem = attempt(message);
            if (problem.isEmpty()) {
                told.put(partition(record), record.offset());
                delivered.increment();
                recordAge(record);
                done(consumer, record);
                return;
            }
            failed.increment();
            if (clock.millis() - record.timestamp() > config.giveUpAfter().toMillis()) {
                givenUp.increment();
                LOG.error("webhook {}: {} is left out, {}", config.name(), message.id(), problem);
                done(consumer, record);
                return;
            }
            LOG.warn("webhook {}: {} not delivered, trying again: {}", config.name(), message.id(), problem);
            waitInGroup(consumer, (long)
                    (pauseMs * (0.5 + ThreadLocalRandom.current().nextDouble())));
            pauseMs = Math.min(2 * pauseMs, longestMs);
        }
    }

    /** One attempt; returns what was wrong, or nothing. */
    private String attempt(WebhookMessage message) {
        long now = TimeUnit.MILLISECONDS.toSeconds(clock.millis());
        HttpRequest request = HttpRequest.newBuilder(URI.create(config.url()))
                .timeout(config.timeout())
                .header("content-type", "application/json")
                .header("user-agent", "pouchtwin")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", Signature.of(config.secret(), message.id(), now, message.body()))
                .POST(HttpRequest.BodyPublishers.ofString(message.body()))
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status >= SUCCESS && status < REDIRECT ? "" : "the receiver answered " + status;
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            wanted = false;
            return "interrupted";
        }
    }

    /** The place moves past a record. */
    private void done(KafkaConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> record) {
        OffsetAndMetadata place = new OffsetAndMetadata(record.offset() + 1);
        unconfirmed.put(partition(record), place);
        // under load Kafka takes as long to confirm as everything else that an alert waits for
        consumer.commitAsync(Map.of(partition(record), place), this::placed);
        if (backlog.peek() == record) {
            backlog.remove();
        }
    }

    /** Kafka's answer, on the sender's own thread. */
    private void placed(Map<TopicPartition, OffsetAndMetadata> places, @Nullable Exception failure) {
        if (failure == null) {
            places.forEach(unconfirmed::remove);
        } else {
            LOG.debug("webhook {}: place not written, trying again: {}", config.name(), failure.toString());
            placeRefused = true;
        }
    }

    /** Waits without leaving the group. */
    private void waitInGroup(KafkaConsumer<byte[], byte[]> consumer, long milliseconds) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        while (wanted && System.nanoTime() < end) {
            consumer.pause(consumer.assignment());
            // a partition that was assigned just now is not paused yet
            consumer.poll(POLL).forEach(backlog::add);
        }
        consumer.resume(consumer.paused());
    }

    private void recordAge(ConsumerRecord<byte[], byte[]> record) {
        Header received = record.headers().lastHeader(RecordHeader.RECEIVED_UNIX_US);
        if (received != null && received.value().length == Long.BYTES) {
            long us = ByteBuffer.wrap(received.value()).getLong();
            age.record(Math.max(0, clock.millis() * 1000 - us), TimeUnit.MICROSECONDS);
        }
    }

    private long sleep(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            wanted = false;
        }
        return Math.min(2 * milliseconds, config.longestPause().toMillis());
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("group.id", "webhook." + config.name());
        settings.put("client.id", "webhook." + config.name());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "latest");
        settings.put("fetch.max.wait.ms", 50);
        settings.put("reconnect.backoff.max.ms", 1_000);
        settings.put("default.api.timeout.ms", 10_000);
        return new KafkaConsumer<>(kafka.with(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Where to begin, and what to drop when partitions move. */
    private final class Places implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> consumer;

        Places(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        /** A new receiver's place is written down at once: from then on nothing is missed, whatever happens. */
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
            Set<TopicPartition> fresh = new HashSet<>(partitions);
            fresh.removeIf(partition -> committed.get(partition) != null);
            Map<TopicPartition, OffsetAndMetadata> places = new HashMap<>();
            consumer.endOffsets(fresh).forEach((partition, end) -> {
                consumer.seek(partition, end);
                places.put(partition, new OffsetAndMetadata(end));
            });
            if (!places.isEmpty()) {
                consumer.commitSync(places);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            backlog.removeIf(record -> partitions.contains(partition(record)));
            Map<TopicPartition, OffsetAndMetadata> leaving = new HashMap<>(unconfirmed);
            leaving.keySet().retainAll(partitions);
            consumer.commitSync(leaving);
            unconfirmed.keySet().removeAll(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            backlog.removeIf(record -> partitions.contains(partition(record)));
            unconfirmed.keySet().removeAll(partitions);
        }
    }

    /** Asks the thread to end after the attempt in hand. */
    public void stop() {
        wanted = false;
    }

    /** Ends; what was not answered with 2xx is sent after the next start. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(config.timeout().plusSeconds(1).toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
