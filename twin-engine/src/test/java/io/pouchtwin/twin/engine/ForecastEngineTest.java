package io.pouchtwin.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.BusAddress;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.ForecastRequest;
import io.pouchtwin.twin.forecast.DesignKnowledge;
import io.pouchtwin.twin.forecast.Forecaster;
import io.pouchtwin.twin.forecast.ShortRule;
import io.pouchtwin.twin.forecast.validation.TwelveCycles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forecaster on a real broker: forecasts at the ends of cycles, across a restart, and on request. */
class ForecastEngineTest {
    private static final String CELL = "one";
    private static final int BEFORE = 7;
    private static final long PATIENCE_MS = 180_000;

    @TempDir
    static Path directory;

    private static EngineWorld world;
    private static Vertx vertx;
    private static List<ForecastBasis> cycles = List.of();

    @BeforeAll
    static void start() {
        world = new EngineWorld(directory, 2);
        vertx = Vertx.vertx();
        cycles = TwelveCycles.bases().stream()
                .map(basis -> basis.toBuilder().setCell(CELL).build())
                .toList();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        world.close();
    }

    @Test
    void forecastsAreTheBitsOfAnUndisturbedForecasterThoughTheEngineWasRestartedAndRequestsAreAnswered()
            throws InvalidProtocolBufferException {
        Forecaster undisturbed = Forecaster.begin(
                CELL,
                DesignKnowledge.shipped().apply(cycles.get(0).getParameterSet()).orElseThrow(),
                ShortRule.standard());
        List<ByteString> expected = new ArrayList<>();
        int beforeTheRestart = 0;
        for (ForecastBasis basis : cycles) {
            undisturbed.accept(basis, List.of()).ifPresent(forecast -> expected.add(forecast.toByteString()));
            beforeTheRestart = basis.getCycleCount() == BEFORE ? expected.size() : beforeTheRestart;
        }
        assertThat(beforeTheRestart).isPositive();
        assertThat(nobodyAnswers()).isEqualTo(ReplyFailure.NO_HANDLERS);

        try (ForecastEngine first = engine()) {
            send(cycles.subList(0, BEFORE));
            world.send(
                    Topic.FORECAST_BASIS,
                    "odd",
                    cycles.get(0).toBuilder()
                            .setCell("odd")
                            .setParameterSet("perpetuum")
                            .build());
            awaitForecasts(beforeTheRestart);
            assertThat(first.health().live()).isTrue();
        }
        assertThat(nobodyAnswers()).isEqualTo(ReplyFailure.NO_HANDLERS);
        send(cycles.subList(BEFORE, cycles.size()));
        try (ForecastEngine second = engine()) {
            List<ConsumerRecord<byte[], byte[]>> forecasts = awaitForecasts(expected.size());
            assertThat(EngineWorld.valuesOf(forecasts, CELL)).isEqualTo(expected);
            Forecast last = Forecast.parseFrom(expected.get(expected.size() - 1));
            assertThat(last.getCellRecord().getScored()).isGreaterThan(5);
            assertThat(second.health().live()).isTrue();
            answersRequests(undisturbed, last);
        }
    }

    private static void answersRequests(Forecaster undisturbed, Forecast running)
            throws InvalidProtocolBufferException {
        ForecastRequest warm = ForecastRequest.newBuilder()
                .setCell(CELL)
                .setAmbientDegc(45)
                .setChargeCurrentA(running.getProgramme().getChargeCurrentA() / 2)
                .build();
        // the commit that a request is answered from comes after the record that a reader sees
        await().atMost(Duration.ofSeconds(20)).until(() -> answered(warm) == null);
        Forecast answer = Forecast.parseFrom(wait(ask(warm)).body().getBytes());
        assertThat(answer).isEqualTo(undisturbed.whatIf(warm).orElseThrow());
        assertThat(answer.getWhatIf()).isTrue();
        assertThat(answer.getProgramme().getAmbientDegc()).isEqualTo(45);
        assertThat(answer.getTo80Percent()).isNotEqualTo(running.getTo80Percent());
        assertThat(answer.getCellRecord().getCoverage90()).isBetween(0.0, 1.0);

        ReplyException tooFast = refused(ForecastRequest.newBuilder()
                .setCell(CELL)
                .setChargeCurrentA(1000)
                .build());
        assertThat(tooFast.failureCode()).isEqualTo(BusAddress.SENSELESS);
        assertThat(tooFast).hasMessageContaining("charge_current_a: 1000.0, expected at most");
        ReplyException tooHigh = refused(
                ForecastRequest.newBuilder().setCell(CELL).setVoltageMaxV(4.9).build());
        assertThat(tooHigh).hasMessageContaining("voltage_max_v: 4.9, expected at most");
        tooManyAtOnceAreRefusedAndTheOthersAnswered(warm);
    }

    private static void tooManyAtOnceAreRefusedAndTheOthersAnswered(ForecastRequest request) {
        List<Future<Message<Buffer>>> all = new ArrayList<>();
        for (int k = 0; k < 20; k++) {
            all.add(ask(request));
        }
        wait(Future.join(all).otherwiseEmpty());
        assertThat(all).filteredOn(Future::succeeded).hasSizeGreaterThanOrEqualTo(16);
        assertThat(all)
                .filteredOn(Future::failed)
                .isNotEmpty()
                .allSatisfy(one ->
                        assertThat(((ReplyException) one.cause()).failureCode()).isEqualTo(BusAddress.TOO_MANY));
    }

    private static ReplyFailure nobodyAnswers() {
        return refused(ForecastRequest.newBuilder().setCell(CELL).build()).failureType();
    }

    private static ReplyException refused(ForecastRequest request) {
        return Objects.requireNonNull(answered(request), "was answered");
    }

    /** What went wrong with a request; null if nothing did. */
    private static @Nullable ReplyException answered(ForecastRequest request) {
        try {
            wait(ask(request));
            return null;
        } catch (CompletionException e) {
            return (ReplyException) e.getCause();
        }
    }

    private static Future<Message<Buffer>> ask(ForecastRequest request) {
        return vertx.eventBus()
                .request(
                        BusAddress.forecastRequest(request.getCell()),
                        Buffer.buffer(request.toByteArray()),
                        new DeliveryOptions().setSendTimeout(PATIENCE_MS));
    }

    private static <T> T wait(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static ForecastEngine engine() {
        return ForecastEngine.start(EngineConfig.standard(), world.kafka, vertx, new SimpleMeterRegistry());
    }

    private static void send(List<ForecastBasis> bases) {
        bases.forEach(basis -> world.send(Topic.FORECAST_BASIS, CELL, basis));
    }

    private static List<ConsumerRecord<byte[], byte[]>> awaitForecasts(int count) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> world.read(Topic.TWIN_FORECAST), records -> records.size() >= count);
    }
}
