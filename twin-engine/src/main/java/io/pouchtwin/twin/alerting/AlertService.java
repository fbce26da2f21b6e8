package io.pouchtwin.twin.alerting;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.stage.CompactedTable;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.Stage;
import io.pouchtwin.stage.StageConfig;
import io.pouchtwin.stage.StageHealth;
import io.pouchtwin.twin.webhook.WebhookConfig;
import io.pouchtwin.twin.webhook.WebhookSender;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The running alerts: a stage for each kind of input, the watch for silences, and the webhooks. Any number of these
 * processes share the work. The topics have to exist.
 */
public final class AlertService implements AutoCloseable {
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 64 * 1024;

    private final CompactedTable<CellRegistration> registry;
    private final List<Stage> stages = new ArrayList<>();
    private final SilenceWatch silences;
    private final List<WebhookSender> webhooks = new ArrayList<>();

    private AlertService(AlertsConfig config, KafkaSettings kafka, MeterRegistry meters, Clock clock) {
        registry = CompactedTable.start(
                "alerts.registry", kafka, Topic.CELL_REGISTRY.topicName(), CellRegistration::parseFrom, meters);
        AlertMetrics metrics = new AlertMetrics(meters);
        stages.add(stage(AlertSource.states(), config, kafka, metrics, meters));
        stages.add(stage(AlertSource.forecasts(), config, kafka, metrics, meters));
        stages.add(stage(AlertSource.silences(), config, kafka, metrics, meters));
        silences = SilenceWatch.start(config.thresholds().silence(), kafka, clock, meters);
        for (WebhookConfig webhook : config.webhooks()) {
            webhooks.add(WebhookSender.start(webhook, config.pageUrl(), kafka, clock, meters));
        }
    }

    /** Starts everything and returns at once; {@link #health()} tells when it does its work. */
    public static AlertService start(AlertsConfig config, KafkaSettings kafka, MeterRegistry meters) {
        return start(config, kafka, meters, Clock.systemUTC());
    }

    static AlertService start(AlertsConfig config, KafkaSettings kafka, MeterRegistry meters, Clock clock) {
        return new AlertService(config, kafka, meters, clock);
    }

    private <R> Stage stage(
            AlertSource<R> source,
            AlertsConfig config,
            KafkaSettings kafka,
            AlertMetrics metrics,
            MeterRegistry meters) {
        return Stage.start(
                StageConfig.of(
                        source.name(),
                        kafka,
                        source.input().topicName(),
                        source.memory().topicName()),
                partition -> new AlertProcessor<>(
                        source, config.byDesign(), config.protectiveStop(), this::registration, metrics),
                AlertService::deadLetter,
                meters);
    }

    /** A registration is in Kafka before the cell's first sample is; the table may only not have read it yet. */
    private Optional<CellRegistration> registration(String cell) {
        if (!registry.ready().isDone()) {
            registry.refresh(REGISTRY_PATIENCE);
        }
        return registry.get(cell);
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(
            ConsumerRecord<byte[], byte[]> record, RuntimeException problem) {
        byte[] key = record.key() == null ? new byte[0] : record.key();
        byte[] value = record.value() == null ? new byte[0] : record.value();
        Rejected rejected = Rejected.newBuilder()
                .setCell(new String(key, StandardCharsets.UTF_8))
                .setOrigin(record.topic() + "-" + record.partition() + "@" + record.offset())
                .setCode("alerts-error")
                .setReason(Objects.toString(
                        problem.getMessage(), problem.getClass().getName()))
                .setRaw(ByteString.copyFrom(value, 0, Math.min(value.length, MOST_BYTES)))
                .build();
        return new ProducerRecord<>(Topic.TELEMETRY_REJECTED.topicName(), key, rejected.toByteArray());
    }

    /** How the stages are: the worst of them. A receiver of webhooks that does not answer is no illness of this process. */
    public StageHealth health() {
        return stages.stream()
                .map(Stage::health)
                .max(Comparator.comparing(StageHealth::state))
                .orElseThrow();
    }

    /** Input records that wait for their rules. */
    public long lag() {
        return stages.stream().mapToLong(Stage::lag).sum();
    }

    /** Ends after the transactions in hand, within some seconds. */
    @Override
    public void close() {
        silences.close();
        webhooks.forEach(WebhookSender::stop);
        stages.parallelStream().forEach(Stage::close);
        webhooks.forEach(WebhookSender::close);
        registry.close();
    }
}
