package io.pouchtwin.ingest;

import com.google.protobuf.MessageLite;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.ingest.segment.Fault;
import io.pouchtwin.ingest.segment.RejectCode;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.Stage;
import io.pouchtwin.stage.StageConfig;
import io.pouchtwin.stage.StageHealth;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The ingest role: from {@code telemetry.raw} to {@code telemetry.clean}, {@code telemetry.rejected} and {@code cycle.summary}, exactly once. What it puts out is a function of the rows
 * and of the cell registry at the time a run begins.
 *
 * <p>The topics have to exist, {@code ingest.state} with as many partitions as {@code telemetry.raw}.
 */
public final class Ingest implements AutoCloseable {
    private final CellRegistry registry;
    private final Stage stage;

    private Ingest(CellRegistry registry, Stage stage) {
        this.registry = registry;
        this.stage = stage;
    }

    /** Starts its threads and returns at once; {@link #health()} tells when it does its work. */
    public static Ingest start(IngestConfig config, KafkaSettings kafka, MeterRegistry meters) {
        CellRegistry registry = new CellRegistry(kafka, meters);
        IngestTally.Meters counters = new IngestTally.Meters(meters);
        StageConfig stageConfig = StageConfig.of(
                        config.group(), kafka, Topic.TELEMETRY_RAW.topicName(), Topic.INGEST_STATE.topicName())
                .withThreads(config.threads())
                .withBatches(config.maxPollRecords(), config.commitEvery());
        Stage stage = Stage.start(
                stageConfig, partition -> new IngestProcessor(registry, counters), Ingest::deadLetter, meters);
        return new Ingest(registry, stage);
    }

    /** How it is. */
    public StageHealth health() {
        StageHealth work = stage.health();
        return work.ready() ? registry.health() : work;
    }

    /** Raw batches in Kafka that are not processed yet. */
    public long lag() {
        return stage.lag();
    }

    /** Ends after the transaction in hand, within 2 s. */
    @Override
    public void close() {
        stage.close();
        registry.close();
    }

    static String channelKey(String tester, String channel) {
        return tester + "/" + channel;
    }

    /** An output made of an input record; it carries that record's time, not the present one. */
    static ProducerRecord<byte[], byte[]> record(
            Topic topic, ConsumerRecord<byte[], byte[]> origin, String key, MessageLite value) {
        @Nullable Long timestamp = origin.timestamp() >= 0 ? origin.timestamp() : null;
        return new ProducerRecord<>(
                topic.topicName(), null, timestamp, key.getBytes(StandardCharsets.UTF_8), value.toByteArray());
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(
            ConsumerRecord<byte[], byte[]> record, RuntimeException problem) {
        Fault fault = new Fault(
                RejectCode.UNEXPECTED_FAILURE,
                "Ingest could not process this record, by a fault of its own (" + problem
                        + "). The channel goes on. Please report it with the record's bytes.",
                "value",
                "",
                "");
        return Rejections.ofBytes(record, fault);
    }
}
