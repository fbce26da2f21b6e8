package io.pouchtwin.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.RecordHeader;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.Samples;
import io.pouchtwin.twin.StraightLineCell;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell on a real broker. */
class TwinEngineTest {
    private static final int PARTITIONS = 2;
    private static final List<String> CELLS = List.of("one", "two", "three");

    @TempDir
    static Path directory;

    private static EngineWorld world;
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        world = new EngineWorld(directory, PARTITIONS);
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        world.close();
    }

    @Test
    void theTopicHoldsTheBitsOfAnUndisturbedRunThoughTheEngineWasRestarted() {
        Map<String, TwinState> live = new ConcurrentHashMap<>();
        for (String cell : CELLS) {
            world.register(cell, "straight-line");
        }
        vertx.eventBus()
                .<Buffer>consumer(
                        TwinEngine.liveAddress(),
                        message -> parseAll(message.body()).forEach(state -> live.put(state.getCell(), state)));
        world.register("odd", "perpetuum");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();

        TwinEngine first = engine(meters);
        feed(0, 100);
        world.send("odd", Samples.run(1, 3, 0.05));
        world.send("nobody", Samples.run(1, 3, 0.05));
        world.awaitStates(CELLS.size() * 100);
        first.close();
        feed(100, 150);
        TwinEngine second = engine(meters);
        feed(150, 200);
        List<ConsumerRecord<byte[], byte[]>> states = world.awaitStates(CELLS.size() * 200);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(live.values())
                        .extracting(TwinState::getSequence)
                        .containsExactly(200L, 200L, 200L));
        second.close();

        for (int c = 0; c < CELLS.size(); c++) {
            assertThat(EngineWorld.valuesOf(states, CELLS.get(c)))
                    .isEqualTo(EngineWorld.undisturbed(
                            StraightLineCell.models(), "straight-line", CELLS.get(c), samples(c)));
        }
        assertThat(states)
                .allSatisfy(record -> assertThat(record.headers().lastHeader(RecordHeader.RECEIVED_UNIX_US))
                        .isNotNull());
        List<Rejected> rejected = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : world.read(Topic.TELEMETRY_REJECTED)) {
            rejected.add(parseRejected(record.value()));
        }
        assertThat(rejected)
                .extracting(Rejected::getCode)
                .containsExactlyInAnyOrder("design-unknown", "design-unknown");
        assertThat(rejected).extracting(Rejected::getCell).containsExactlyInAnyOrder("odd", "nobody");
        assertThat(meters.get("pouchtwin.twin.samples").counter().count()).isGreaterThanOrEqualTo(600);
        assertThat(meters.get("pouchtwin.twin.rejected")
                        .tag("reason", "design-unknown")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(2);
    }

    private static TwinEngine engine(SimpleMeterRegistry meters) {
        return TwinEngine.start(
                EngineConfig.standard(),
                world.kafka,
                new LiveStates(vertx, Optional.empty(), meters),
                meters,
                StraightLineCell.models());
    }

    private static List<Sample> samples(int cell) {
        return Samples.run(20 + cell, 200, 0.04 + 0.02 * cell);
    }

    private static void feed(int from, int to) {
        for (int at = from; at < to; at += 7) {
            for (int c = 0; c < CELLS.size(); c++) {
                world.send(CELLS.get(c), samples(c).subList(at, Math.min(to, at + 7)));
            }
        }
    }

    private static List<TwinState> parseAll(Buffer message) {
        List<TwinState> states = new ArrayList<>();
        InputStream in = new ByteArrayInputStream(message.getBytes());
        try {
            for (TwinState state = TwinState.parseDelimitedFrom(in);
                    state != null;
                    state = TwinState.parseDelimitedFrom(in)) {
                states.add(state);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return states;
    }

    private static Rejected parseRejected(byte[] bytes) {
        try {
            return Rejected.parseFrom(bytes);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
