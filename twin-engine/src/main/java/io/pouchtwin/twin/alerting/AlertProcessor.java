package io.pouchtwin.twin.alerting;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pouchtwin.contracts.RecordHeader;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertWatchState;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.StopRequest;
import io.pouchtwin.stage.Output;
import io.pouchtwin.stage.PartitionProcessor;
import io.pouchtwin.twin.alert.AlertSink;
import io.pouchtwin.twin.alert.AlertThresholds;
import io.pouchtwin.twin.alert.AlertWatch;
import io.pouchtwin.twin.alert.Occasion;
import io.pouchtwin.twin.alert.Place;
import io.pouchtwin.twin.alert.StopPolicy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The watches of the cells of one partition. Alerts, requests to stop, what is remembered and the input's offsets go out
 * in one transaction, so that a crash neither loses nor repeats an alert. Belongs to the stage's thread.
 */
final class AlertProcessor<R> implements PartitionProcessor {
    private final AlertSource<R> source;
    private final Function<String, AlertThresholds> thresholds;
    private final StopPolicy stops;
    private final Function<String, Optional<CellRegistration>> registry;
    private final AlertMetrics metrics;
    private final Map<String, AlertWatch<R>> watches = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    AlertProcessor(
            AlertSource<R> source,
            Function<String, AlertThresholds> thresholds,
            StopPolicy stops,
            Function<String, Optional<CellRegistration>> registry,
            AlertMetrics metrics) {
        this.source = source;
        this.thresholds = thresholds;
        this.stops = stops;
        this.registry = registry;
        this.metrics = metrics;
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value, long nextOffset) {
        String cell = new String(key, StandardCharsets.UTF_8);
        watches.remove(cell);
        if (value != null) {
            try {
                watch(cell).restore(AlertWatchState.parseFrom(value));
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(
                        source.memory() + ": what is remembered of cell " + cell + " cannot be read", e);
            }
        }
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record, Output output) {
        R input;
        try {
            input = source.parser().parse(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "value is not what " + source.input() + " carries: " + e.getMessage(), e);
        }
        Occasion at = source.occasion().apply(input);
        AlertWatch<R> watch = watch(at.cell());
        watch.take(
                input,
                at,
                place(at.cell()),
                thresholds.apply(source.parameterSet().apply(input)),
                new Sink(record, output));
        if (watch.takeChanged()) {
            changed.add(at.cell());
        }
    }

    private AlertWatch<R> watch(String cell) {
        return watches.computeIfAbsent(cell, c -> new AlertWatch<>(source.rules(), source.track(), stops));
    }

    private Place place(String cell) {
        return registry.apply(cell)
                .map(registration -> new Place(registration.getTester(), registration.getChannel()))
                .orElse(Place.UNKNOWN);
    }

    @Override
    public void beforeCommit(Output output) {
        for (String cell : changed) {
            byte @Nullable [] state =
                    watch(cell).save().map(AlertWatchState::toByteArray).orElse(null);
            output.changelog(cell.getBytes(StandardCharsets.UTF_8), state);
        }
        changed.clear();
    }

    private final class Sink implements AlertSink {
        private final ConsumerRecord<byte[], byte[]> origin;
        private final Output output;

        Sink(ConsumerRecord<byte[], byte[]> origin, Output output) {
            this.origin = origin;
            this.output = output;
        }

        @Override
        public void alert(Alert alert) {
            send(Topic.TWIN_ALERT, alert.getCell(), alert.toByteArray());
            metrics.told(alert);
        }

        @Override
        public void stop(StopRequest request) {
            send(Topic.CHANNEL_CONTROL, request.getTester() + "/" + request.getChannel(), request.toByteArray());
            metrics.stopRequested(request);
        }

        private void send(Topic topic, String key, byte[] value) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(topic.topicName(), key.getBytes(StandardCharsets.UTF_8), value);
            Header received = origin.headers().lastHeader(RecordHeader.RECEIVED_UNIX_US);
            if (received != null) {
                record.headers().add(received);
            }
            output.send(record);
        }
    }
}
