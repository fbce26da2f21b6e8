package io.pouchtwin.app.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pouchtwin.app.config.AppConfig;
import io.pouchtwin.app.config.ClusterConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterTest {
    private final List<Cluster> joined = new ArrayList<>();

    @AfterEach
    void leave() throws Exception {
        for (Cluster cluster : joined) {
            RunningSystem.await(cluster.vertx().close());
        }
    }

    @Test
    void twoProcessesWithoutMembersNeverMeetThoughTheyHaveOneNameAndAskForOnePort() throws Exception {
        Cluster one = join(ClusterConfig.defaults());
        Cluster other = join(ClusterConfig.defaults());
        one.hazelcast().getMap("seen").set("by", "one");
        assertThat(one.hazelcast().getCluster().getMembers()).hasSize(1);
        assertThat(other.hazelcast().getCluster().getMembers()).hasSize(1);
        assertThat(other.hazelcast().getMap("seen").get("by")).isNull();
        InetSocketAddress address =
                one.hazelcast().getCluster().getLocalMember().getSocketAddress();
        assertThat(address.getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void membersShareMapsAndEventsAndOneMayLeave() throws Exception {
        int first = freePort();
        int second = freePort();
        String members = "127.0.0.1:" + first + ", 127.0.0.1:" + second;
        Cluster one = join(new ClusterConfig("lab", "127.0.0.1", first, members, Map.of()));
        Cluster other = join(new ClusterConfig("lab", "127.0.0.1", second, members, Map.of()));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> other.hazelcast().getCluster().getMembers().size() == 2);

        AtomicReference<String> heard = new AtomicReference<>("");
        RunningSystem.await(other.vertx()
                .eventBus()
                .<Buffer>consumer("news", message -> heard.set(message.body().toString()))
                .completion());
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            one.vertx().eventBus().publish("news", Buffer.buffer("from one"));
            return "from one".equals(heard.get());
        });

        one.hazelcast().getMap("shared").set("key", "value");
        RunningSystem.await(one.vertx().close());
        joined.remove(one);
        assertThat(other.hazelcast().getMap("shared").get("key"))
                .as("a backup was kept")
                .isEqualTo("value");
    }

    @Test
    void aMemberThatIsNoAddressIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClusterConfig("lab", "127.0.0.1", 5701, "rack-1:5701,rack 2", Map.of()))
                .withMessageContaining("\"rack 2\", expected host or host:port");
    }

    @Test
    void hazelcastsOwnSettingsReachItButForTheProgramsOwn() throws Exception {
        AppConfig config = AppConfig.read(
                null,
                Map.of(),
                List.of("cluster.properties={hazelcast.max.no.heartbeat.seconds: \"20\"}", "cluster.port=0"));
        Cluster cluster = join(config.cluster());
        assertThat(cluster.hazelcast().getConfig().getProperty("hazelcast.max.no.heartbeat.seconds"))
                .isEqualTo("20");
        assertThatThrownBy(() -> AppConfig.read(
                        null, Map.of(), List.of("cluster.properties={hazelcast.socket.bind.any: \"true\"}")))
                .hasMessageContaining("hazelcast.socket.bind.any");
        assertThatThrownBy(() -> AppConfig.read(null, Map.of(), List.of("cluster.properties={heartbeat: \"20\"}")))
                .hasMessageContaining("heartbeat");
    }

    private Cluster join(ClusterConfig config) throws Exception {
        Cluster cluster = RunningSystem.await(Cluster.join(config, new VertxOptions(), Vertx.builder()));
        joined.add(cluster);
        return cluster;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
