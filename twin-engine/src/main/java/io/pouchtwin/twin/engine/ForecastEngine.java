package io.pouchtwin.twin.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.Stage;
import io.pouchtwin.stage.StageConfig;
import io.pouchtwin.stage.StageHealth;
import io.pouchtwin.twin.forecast.DesignKnowledge;
import io.pouchtwin.twin.forecast.ShortRule;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes forecasts beside the twins: a Kafka stage of its own from forecast.basis to twin.forecast whose state is kept in forecast.state, with one thread. The twins do not wait for it; it has all the time until the next cycle ends.
 *
 * <p>Answers requests for forecasts under other programmes on Vert.x's event bus, on one thread more ({@link ForecastRequests}).
 */
public final class ForecastEngine implements AutoCloseable {
    /** Name of the consumer group. */
    public static final String GROUP = "forecaster";

    private static final Logger LOG = LoggerFactory.getLogger(ForecastEngine.class);

    private final Stage stage;
    private final ForecastRequests requests;

    private ForecastEngine(Stage stage, ForecastRequests requests) {
        this.stage = stage;
        this.requests = requests;
    }

    /**
     * Starts the forecaster and returns at once.
     *
     * @param config what to run with
     * @param kafka where the topics are
     * @param vertx on whose event bus requests come; not closed here
     * @param meters where metrics are registered
     */
    public static ForecastEngine start(EngineConfig config, KafkaSettings kafka, Vertx vertx, MeterRegistry meters) {
        Function<String, Optional<DesignKnowledge>> designs = DesignKnowledge.shipped();
        ForecastRequests requests = new ForecastRequests(vertx, designs, ShortRule.standard());
        StageConfig stageConfig = StageConfig.of(
                        GROUP, kafka, Topic.FORECAST_BASIS.topicName(), Topic.FORECAST_STATE.topicName())
                .withTimeouts(config.transactionTimeout(), config.sessionTimeout());
        Stage stage = Stage.start(
                stageConfig,
                partition -> new ForecastProcessor(designs, ShortRule.standard(), requests, meters),
                ForecastEngine::deadLetter,
                meters);
        return new ForecastEngine(stage, requests);
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(
            ConsumerRecord<byte[], byte[]> record, RuntimeException problem) {
        String cell = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        LOG.error("no forecast of cell {}: {}", cell, Objects.toString(problem.getMessage(), problem.toString()));
        return Rejections.ofBasis(cell, record, problem);
    }

    /** How the forecaster is. */
    public StageHealth health() {
        return stage.health();
    }

    /** Ends after the transaction in hand. */
    @Override
    public void close() {
        stage.close();
        requests.close();
    }
}
