package io.pouchtwin.twin.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.ForecasterState;
import io.pouchtwin.contracts.v1.ScoreSums;
import io.pouchtwin.stage.Output;
import io.pouchtwin.stage.PartitionProcessor;
import io.pouchtwin.twin.forecast.DesignKnowledge;
import io.pouchtwin.twin.forecast.Forecaster;
import io.pouchtwin.twin.forecast.ShortRule;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forecasters of the cells of one partition: ends of cycles in, a forecast for each out, what was learnt in the same transaction. Belongs to the stage's thread. */
final class ForecastProcessor implements PartitionProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastProcessor.class);

    private final Function<String, Optional<DesignKnowledge>> designs;
    private final ShortRule rule;
    private final ForecastRequests requests;
    private final Timer time;
    private final Counter unknown;
    private final Map<String, byte[]> saved = new HashMap<>();
    private final Map<String, Forecaster> forecasters = new HashMap<>();
    private final Map<String, ScoreSums> sums = new LinkedHashMap<>();
    private final Set<String> moved = new LinkedHashSet<>();
    private final Map<String, ForecasterState> changed = new HashMap<>();
    private final Set<String> served = new LinkedHashSet<>();

    ForecastProcessor(
            Function<String, Optional<DesignKnowledge>> designs,
            ShortRule rule,
            ForecastRequests requests,
            MeterRegistry meters) {
        this.designs = designs;
        this.rule = rule;
        this.requests = requests;
        this.time = Timer.builder("pouchtwin.forecast.time")
                .description("time to learn from a cycle, to score and to forecast")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        this.unknown = Counter.builder("pouchtwin.forecast.design.unknown")
                .description("cycles of cells whose design nothing is known of; no forecast is made")
                .register(meters);
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value, long nextOffset) {
        String cell = new String(key, StandardCharsets.UTF_8);
        if (value == null) {
            saved.remove(cell);
            sums.remove(cell);
            return;
        }
        saved.put(cell, value);
        try {
            sums.put(cell, ForecasterState.parseFrom(value).getSums());
        } catch (InvalidProtocolBufferException e) {
            LOG.error("what was learnt of cell {} cannot be read: {}", cell, e.getMessage());
        }
    }

    @Override
    public void restored() {
        saved.forEach((cell, value) -> {
            try {
                serve(cell, ForecasterState.parseFrom(value));
            } catch (InvalidProtocolBufferException e) {
                LOG.error("forecasts of cell {} cannot be asked for: {}", cell, e.getMessage());
            }
        });
    }

    private void serve(String cell, ForecasterState state) {
        served.add(cell);
        requests.offer(cell, state);
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record, Output output) {
        ForecastBasis basis;
        try {
            basis = ForecastBasis.parseFrom(record.value() == null ? new byte[0] : record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("value is not a ForecastBasis; see forecast.proto", e);
        }
        String cell = basis.getCell();
        Optional<DesignKnowledge> design = designs.apply(basis.getParameterSet());
        if (design.isEmpty()) {
            unknown.increment();
            return;
        }
        long from = System.nanoTime();
        Forecaster forecaster = forecasters.computeIfAbsent(cell, name -> take(name, basis, design.get()));
        sums.remove(cell);
        forecaster
                .accept(basis, sums.values())
                .ifPresent(forecast -> output.send(
                        new ProducerRecord<>(Topic.TWIN_FORECAST.topicName(), record.key(), forecast.toByteArray())));
        sums.put(cell, forecaster.sums());
        moved.add(cell);
        time.record(System.nanoTime() - from, TimeUnit.NANOSECONDS);
    }

    private Forecaster take(String cell, ForecastBasis basis, DesignKnowledge design) {
        byte[] state = saved.remove(cell);
        if (state != null) {
            try {
                ForecasterState message = ForecasterState.parseFrom(state);
                if (message.getLastBasis().getParameterSet().equals(basis.getParameterSet())) {
                    return Forecaster.restore(message, design, rule);
                }
                LOG.warn("cell {} is of another design now; its forecaster begins anew", cell);
            } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
                LOG.error("forecaster of cell {} begins anew: {}", cell, e.getMessage());
            }
        }
        return Forecaster.begin(cell, design, rule);
    }

    /** A record that the program failed on may have left its forecaster half moved: it begins anew. */
    @Override
    public void undo(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() != null) {
            String cell = new String(record.key(), StandardCharsets.UTF_8);
            forecasters.remove(cell);
            sums.remove(cell);
            moved.add(cell);
        }
    }

    @Override
    public void beforeCommit(Output output) {
        for (String cell : moved) {
            Forecaster forecaster = forecasters.get(cell);
            byte[] key = cell.getBytes(StandardCharsets.UTF_8);
            if (forecaster == null) {
                output.changelog(key, null);
            } else {
                ForecasterState state = forecaster.save();
                changed.put(cell, state);
                output.changelog(key, state.toByteArray());
            }
        }
        moved.clear();
    }

    @Override
    public void afterCommit() {
        changed.forEach(this::serve);
        changed.clear();
    }

    @Override
    public void close() {
        served.forEach(requests::withdraw);
    }
}
