package io.pouchtwin.gateway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualTesterRestartTest {
    private static final String FIRST = "27-21-1-1";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        wait(vertx.close());
    }

    @Test
    void aSecondStartContinuesWhereTheFirstWasClosed(@TempDir Path directory) throws Exception {
        VirtualTester first = start(directory, 2, Duration.ofSeconds(60));
        await().until(() -> first.stored(FIRST) > 200);
        wait(first.close());
        byte[] before = Files.readAllBytes(directory.resolve(FIRST + ".rows"));
        VirtualTester second = start(directory, 2, Duration.ofSeconds(60));
        long stored = before.length / Row.BYTES;
        await().until(() -> second.stored(FIRST) > stored + 100);
        wait(second.close());
        byte[] after = Files.readAllBytes(directory.resolve(FIRST + ".rows"));
        assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
        assertContinuous(after);
    }

    @Test
    void afterAKillTheSamePointsAreMadeAgain(@TempDir Path directory) throws Exception {
        VirtualTester first = start(directory, 2, Duration.ofMillis(100));
        Path state = directory.resolve("tester.state");
        await().until(() -> Files.exists(state) && first.stored(FIRST) > 300);
        wait(first.kill());
        byte[] before = Files.readAllBytes(directory.resolve(FIRST + ".rows"));
        VirtualTester second = start(directory, 2, Duration.ofMillis(100));
        await().until(() -> second.stored(FIRST) > before.length / Row.BYTES + 100);
        wait(second.close());
        byte[] after = Files.readAllBytes(directory.resolve(FIRST + ".rows"));
        assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
        assertContinuous(after);
    }

    @Test
    void aChannelThatIsNewBeginsAnewAndLeavesTheOthers(@TempDir Path directory) throws Exception {
        VirtualTester first = start(directory, 1, Duration.ofSeconds(60));
        await().until(() -> first.stored(FIRST) > 200);
        wait(first.close());
        byte[] before = Files.readAllBytes(directory.resolve(FIRST + ".rows"));
        VirtualTester second = start(directory, 3, Duration.ofSeconds(60));
        await().until(() -> second.stored("27-21-1-3") > 50);
        wait(second.close());
        assertThat(Arrays.copyOf(Files.readAllBytes(directory.resolve(FIRST + ".rows")), before.length))
                .isEqualTo(before);
    }

    private static void assertContinuous(byte[] rows) {
        ByteBuffer bytes = ByteBuffer.wrap(rows);
        List<Row> all = new ArrayList<>();
        while (bytes.hasRemaining()) {
            all.add(Row.read(bytes));
        }
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).testerTimeMs() - all.get(i - 1).testerTimeMs())
                    .isBetween(0L, 30_000L);
        }
    }

    private VirtualTester start(Path directory, int channels, Duration checkpointPeriod) throws Exception {
        List<VirtualCellConfig> cells = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            cells.add(new VirtualCellConfig(
                    "linear",
                    "cell " + i,
                    i,
                    1.2,
                    300,
                    Programme.fastCharge(5, 4.2, 1, 3.0, 120, 1_000_000),
                    LoggingPlan.USUAL,
                    Instrument.sixteenBit(12, 7),
                    Storyline.HEALTHY));
        }
        return wait(VirtualTester.start(
                new VirtualTesterConfig(
                        "127.0.0.1", 0, ZoneId.of("UTC"), 10_000, cells, 0, directory, checkpointPeriod),
                vertx,
                LinearCell::of,
                System::nanoTime));
    }

    private static <T> T wait(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
