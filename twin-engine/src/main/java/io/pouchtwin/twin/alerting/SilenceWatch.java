package io.pouchtwin.twin.alerting;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.contracts.RecordHeader;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CellSilence;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TailReader;
import io.pouchtwin.stage.TailStart;
import io.pouchtwin.twin.alert.AlertThresholds.SilenceThresholds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place of the alerts with a clock: notices that a cell's tester is not heard, and writes it to {@code
 * cell.silence} each time a threshold is passed, and when the cell is heard again. Several of these may run and say the
 * same; the rule that reads the topic takes it once. All on one thread of its own.
 */
final class SilenceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);
    private static final long CONTACTS_BACK = 2_000;
    private static final long MOST_IN_FLIGHT = 20_000;
    private static final double MICROS = 1e6;
    private static final double MILLIS = 1e3;

    private final SilenceThresholds thresholds;
    private final Clock clock;
    private final double startedUnixS;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "alerts.silence-watch"));
    private final Map<String, Heard> cells = new HashMap<>();
    private final TailReader reader;

    /** What is known of a cell. */
    private static final class Heard {
        private CellSilence last = CellSilence.getDefaultInstance();
        private boolean ended;
        private int toldLevel = -1;
    }

    private SilenceWatch(SilenceThresholds thresholds, KafkaSettings kafka, Clock clock, MeterRegistry meters) {
        this.thresholds = thresholds;
        this.clock = clock;
        this.startedUnixS = clock.millis() / MILLIS;
        this.producer = new KafkaProducer<>(
                kafka.with(Map.of("acks", "all", "client.id", "alerts.silence-watch", "max.block.ms", 5_000)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.reader = TailReader.start(
                "alerts.contacts",
                kafka,
                List.of(Topic.TELEMETRY_CLEAN.topicName()),
                new TailStart.LastPerPartition(CONTACTS_BACK),
                MOST_IN_FLIGHT,
                batch -> CompletableFuture.runAsync(() -> batch.forEach(this::hear), thread),
                meters);
    }

    static SilenceWatch start(SilenceThresholds thresholds, KafkaSettings kafka, Clock clock, MeterRegistry meters) {
        SilenceWatch watch = new SilenceWatch(thresholds, kafka, clock, meters);
        long periodMs = Duration.ofSeconds(1).toMillis();
        var unused = watch.thread.scheduleWithFixedDelay(watch::look, periodMs, periodMs, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        CleanBatch batch;
        try {
            batch = CleanBatch.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("{}-{}@{} is not a CleanBatch", record.topic(), record.partition(), record.offset());
            return;
        }
        Heard heard = cells.computeIfAbsent(batch.getCell(), cell -> new Heard());
        CellSilence.Builder last = heard.last.toBuilder()
                .setCell(batch.getCell())
                .setTestRun(batch.getTestRun())
                .setLastContactUnixS(contactUnixS(record));
        if (batch.getSamplesCount() > 0) {
            Sample newest = batch.getSamples(batch.getSamplesCount() - 1);
            last.setLastSequence(newest.getSequence())
                    .setLastTestTimeS(newest.getTestTimeS())
                    .setStepCount(newest.getStepCount())
                    .setStepType(newest.getStepType())
                    .setCycleCount(newest.getCycleCount());
        }
        heard.last = last.build();
        heard.ended = batch.getRunComplete();
    }

    /** Says what has changed for each cell. */
    private void look() {
        try {
            double now = clock.millis() / MILLIS;
            // while this reader itself is behind or cut off, it knows nothing of testers
            if (reader.health().ready() && reader.caughtUp().isDone() && reader.lag() < MOST_IN_FLIGHT) {
                cells.values().forEach(heard -> look(heard, now));
            }
        } catch (RuntimeException e) {
            LOG.warn("silences could not be looked for, trying again: {}", e.toString());
        }
    }

    private void look(Heard heard, double now) {
        double contact = heard.last.getLastContactUnixS();
        double waited = heard.ended ? 0 : now - Math.max(contact, startedUnixS);
        int level = waited >= thresholds.criticalS() ? 2 : waited >= thresholds.warningS() ? 1 : 0;
        if (level == heard.toldLevel) {
            return;
        }
        CellSilence silence = heard.last.toBuilder()
                .setSilentForS(level == 0 ? 0 : now - contact)
                .setAtUnixS(now)
                .build();
        byte[] key = silence.getCell().getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(
                new ProducerRecord<>(Topic.CELL_SILENCE.topicName(), key, silence.toByteArray()),
                (metadata, failure) -> {
                    if (failure != null) {
                        LOG.warn("silence of cell {} could not be written: {}", silence.getCell(), failure.toString());
                        thread.execute(() -> heard.toldLevel = -1);
                    }
                });
        heard.toldLevel = level;
    }

    private static double contactUnixS(ConsumerRecord<byte[], byte[]> record) {
        Header received = record.headers().lastHeader(RecordHeader.RECEIVED_UNIX_US);
        boolean said = received != null && received.value() != null && received.value().length == Long.BYTES;
        return said ? ByteBuffer.wrap(received.value()).getLong() / MICROS : record.timestamp() / MILLIS;
    }

    @Override
    public void close() {
        reader.close();
        thread.shutdownNow();
        producer.close(Duration.ofMillis(500));
    }
}
