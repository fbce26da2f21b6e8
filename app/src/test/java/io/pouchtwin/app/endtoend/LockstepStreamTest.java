package io.pouchtwin.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.pouchtwin.api.ApiConfig;
import io.pouchtwin.api.StreamingApi;
import io.pouchtwin.app.DemoPlan;
import io.pouchtwin.app.config.KafkaConfig;
import io.pouchtwin.app.roles.Roles;
import io.pouchtwin.app.roles.RunningSystem;
import io.pouchtwin.gateway.GatewayConfig;
import io.pouchtwin.gateway.TesterConfig;
import io.pouchtwin.gateway.emulator.VirtualTester;
import io.pouchtwin.ingest.IngestConfig;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.twin.engine.EngineConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole flow over real protocols: a tester's TCP port at one end, a subscriber's HTTP stream at the other. */
class LockstepStreamTest {

    private static final int CELLS = 3;

    /** Points after which the cable is pulled, and points that have to come once it is plugged in for good. */
    private static final int SOME_POINTS = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @Test
    void everySampleReachesTheStreamOnceAndInOrderThoughTheCableIsPulledTwice() throws Exception {
        try (RunningSystem system = new RunningSystem(new PrintStream(PrintStream.nullOutputStream()))) {
            EmbeddedKafka broker = system.start(
                    "Kafka",
                    () -> EmbeddedKafka.start(BrokerSettings.local(directory.resolve("broker"), 0)),
                    EmbeddedKafka::close);
            Roles roles = new Roles(system, KafkaConfig.defaults().at(broker.bootstrapServers()));
            DemoPlan plan = new DemoPlan(CELLS, 300);
            VirtualTester tester = system.start(
                    "tester",
                    () -> RunningSystem.await(
                            VirtualTester.start(plan.tester(directory.resolve("tester")), roles.vertx())),
                    t -> RunningSystem.await(t.close()));
            CuttableProxy cable =
                    system.start("cable", () -> new CuttableProxy(roles.vertx(), tester.port()), CuttableProxy::close);
            roles.ingest(IngestConfig.defaults());
            roles.engine(EngineConfig.standard());
            StreamingApi api = roles.api(ApiConfig.defaults().withPort(0));
            GatewayConfig gateway = through(plan.gateway(tester.port()), cable.port());
            List<String> cells =
                    gateway.cells().stream().map(cell -> cell.cell()).toList();

            try (StreamReader stream = new StreamReader("http://127.0.0.1:" + api.port() + "/api/v1/stream")) {
                roles.gateway(gateway);
                pullAndPlug(cable, tester, stream, cells.get(0));
                pullAndPlug(cable, tester, stream, cells.get(0));
                awaitMore(stream, cells.get(0));

                assertThat(cable.connections()).isGreaterThanOrEqualTo(3);
                assertThat(stream.otherEvents()).isEmpty();
                for (int place = 0; place < CELLS; place++) {
                    List<JsonNode> states = stream.statesOf(cells.get(place));
                    assertThat(states).hasSizeGreaterThan(2 * SOME_POINTS);
                    assertSameAsStored(states, TesterMemory.read(tester.port(), 1, place + 1, states.size()));
                }
            }
        }
    }

    /** Pulls the cable, and plugs it in again only when the tester has gone on logging meanwhile. */
    private static void pullAndPlug(CuttableProxy cable, VirtualTester tester, StreamReader stream, String cell) {
        awaitMore(stream, cell);
        cable.pull();
        long stored = tester.stored(tester.channels().get(0));
        await().atMost(PATIENCE).until(() -> tester.stored(tester.channels().get(0)) >= stored + 30);
        cable.plug();
    }

    private static void awaitMore(StreamReader stream, String cell) {
        int before = stream.statesOf(cell).size();
        await().atMost(PATIENCE).until(() -> stream.statesOf(cell).size() >= before + SOME_POINTS);
    }

    private static void assertSameAsStored(List<JsonNode> states, List<TesterMemory.Point> stored) {
        assertThat(states.stream().map(s -> s.path("sequence").asLong()).toList())
                .as("sequence numbers: from 1, ascending, no gap, no duplicate")
                .isEqualTo(LongStream.rangeClosed(1, states.size()).boxed().toList());
        for (int i = 0; i < stored.size(); i++) {
            JsonNode state = states.get(i);
            assertThat(state.path("voltage_measured_v").asDouble())
                    .isEqualTo(stored.get(i).voltageV());
            assertThat(state.path("current_a").asDouble())
                    .isEqualTo(stored.get(i).currentA());
            double predicted = state.path("voltage_predicted_v").path("value").asDouble();
            assertThat(state.path("innovation_v").asDouble())
                    .isEqualTo(stored.get(i).voltageV() - predicted);
        }
    }

    private static GatewayConfig through(GatewayConfig direct, int port) {
        TesterConfig tester = direct.testers().get(0);
        return new GatewayConfig(
                List.of(TesterConfig.neware(tester.name(), tester.host(), port, tester.timeZone())
                        .withPollPeriod(Duration.ofMillis(100))
                        .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofMillis(500))),
                direct.cells());
    }
}
