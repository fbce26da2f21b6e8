package io.pouchtwin.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.twin.Samples;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines as processes of their own, with the twins of a shipped parameter set, killed in the middle of their work. */
class KilledEnginesTest {
    private static final String DESIGN = "coin-ncm523-ppla";
    private static final int SAMPLES = 240;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @Test
    void statesAreTheBitsOfAnUndisturbedRunThoughEnginesAreKilledAndOthersTakeOver() {
        List<String> cells = cells(6);
        try (EngineWorld world = new EngineWorld(directory.resolve("broker"), 4);
                EngineProcess first = EngineProcess.fork(world.servers(), directory.resolve("first.log"));
                EngineProcess second = EngineProcess.fork(world.servers(), directory.resolve("second.log"))) {
            cells.forEach(cell -> world.register(cell, DESIGN));
            feed(world, cells, 0, 100);
            world.awaitStates(cells.size() * 50);
            first.kill();
            feed(world, cells, 100, 160);
            // Takes over from snapshot and replay: there are too few snapshots to do without.
            world.awaitStates(cells.size() * 160);
            assertThat(world.read(Topic.TWIN_SNAPSHOT).size()).isLessThan(cells.size() * 40);
            second.kill();
            feed(world, cells, 160, SAMPLES);
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            Vertx vertx = Vertx.vertx();
            try (TwinEngine third =
                    TwinEngine.start(EngineProcess.RARE_SNAPSHOTS, world.kafka, vertx, Optional.empty(), meters)) {
                assertUndisturbed(cells, world.awaitStates(cells.size() * SAMPLES));
                assertThat(meters.get("pouchtwin.stage.replayed").counter().count())
                        .isPositive();
                await().atMost(PATIENCE).until(() -> third.health().ready());
            } finally {
                vertx.close().toCompletionStage().toCompletableFuture().join();
            }
        }
    }

    @Test
    void onePartitionAndOneEngineGiveTheSameBits() {
        List<String> cells = cells(3);
        Vertx vertx = Vertx.vertx();
        try (EngineWorld world = new EngineWorld(directory.resolve("broker"), 1);
                TwinEngine alone = TwinEngine.start(
                        EngineConfig.standard(), world.kafka, vertx, Optional.empty(), new SimpleMeterRegistry())) {
            cells.forEach(cell -> world.register(cell, DESIGN));
            feed(world, cells, 0, SAMPLES);
            assertUndisturbed(cells, world.awaitStates(cells.size() * SAMPLES));
            assertThat(alone.health().live()).isTrue();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static List<String> cells(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(k -> "cell-" + k).toList();
    }

    private static List<Sample> samples(int cell) {
        // A coin of 2 mAh or so: the made-up run scaled down from its 1 Ah.
        return Samples.run(30 + cell, SAMPLES, 0.05 + 0.01 * cell).stream()
                .map(sample -> sample.toBuilder()
                        .setCurrentA(sample.getCurrentA() * 1e-3)
                        .setNetChargeAh(sample.getNetChargeAh() * 1e-3)
                        .build())
                .toList();
    }

    private static void feed(EngineWorld world, List<String> cells, int from, int to) {
        for (int at = from; at < to; at += 5) {
            for (int c = 0; c < cells.size(); c++) {
                world.send(cells.get(c), samples(c).subList(at, Math.min(to, at + 5)));
            }
        }
    }

    private static void assertUndisturbed(List<String> cells, List<ConsumerRecord<byte[], byte[]>> states) {
        for (int c = 0; c < cells.size(); c++) {
            List<ByteString> expected =
                    EngineWorld.undisturbed(ReducedCellModels.shipped(), DESIGN, cells.get(c), samples(c));
            assertThat(EngineWorld.valuesOf(states, cells.get(c)))
                    .as(cells.get(c))
                    .isEqualTo(expected);
        }
    }
}
