package io.pouchtwin.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LatestStatesTest {
    private static final HazelcastInstance HAZELCAST = start();
    private final LatestStates latest = new LatestStates(HAZELCAST);

    private static HazelcastInstance start() {
        Config config = new Config()
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.logging.type", "slf4j")
                .addMapConfig(LatestStates.mapConfig());
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getJetConfig().setEnabled(false);
        return Hazelcast.newHazelcastInstance(config);
    }

    @AfterAll
    static void stop() {
        HAZELCAST.shutdown();
    }

    @Test
    void aLateWriterCannotPutAnOldStateOverANewOne() {
        latest.put(Map.of("late", state(7, "new"), "other", state(3, "other")));
        latest.put(Map.of("late", state(5, "old"), "other", state(4, "newer")));
        assertThat(latest.get("late")).contains(ByteString.copyFromUtf8("new"));
        assertThat(latest.all()).containsEntry("other", ByteString.copyFromUtf8("newer"));
        assertThat(latest.get("nobody")).isEmpty();
    }

    @Test
    void whatIsOfferedAppearsAndOfSeveralTheNewestStays() {
        Vertx vertx = Vertx.vertx();
        try (LiveStates live = new LiveStates(vertx, Optional.of(latest), new SimpleMeterRegistry())) {
            for (int k = 1; k <= 2_000; k++) {
                live.offer("cell-" + k % 700, state(k, "state " + k));
                live.publish();
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(latest.get("cell-599")).contains(ByteString.copyFromUtf8("state 1999")));
            assertThat(latest.get("cell-1")).contains(ByteString.copyFromUtf8("state 1401"));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static LiveState state(long offset, String text) {
        return new LiveState(offset, ByteString.copyFromUtf8(text));
    }
}
