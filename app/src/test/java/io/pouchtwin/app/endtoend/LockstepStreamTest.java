package io.pouchtwin.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.pouchtwin.contracts.v1.TwinState;
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
        try (WholeSystem whole = new WholeSystem(directory, CELLS);
                StreamReader stream = whole.subscribe()) {
            List<String> cells = whole.cells();
            whole.startGateway();
            pullAndPlug(whole, stream);
            pullAndPlug(whole, stream);
            awaitMore(stream, cells.get(0));

            assertThat(whole.cable.connections()).isGreaterThanOrEqualTo(3);
            assertThat(stream.otherEvents()).isEmpty();
            for (int place = 0; place < CELLS; place++) {
                List<JsonNode> states = stream.statesOf(cells.get(place));
                assertInLiveView(whole, cells.get(place), states.size());
                assertThat(states).hasSizeGreaterThan(2 * SOME_POINTS);
                assertSameAsStored(states, TesterMemory.read(whole.tester.port(), 1, place + 1, states.size()));
            }
        }
    }

    /** Any node could ask for the same. */
    private static void assertInLiveView(WholeSystem whole, String cell, int sequence) {
        await().atMost(PATIENCE)
                .until(() -> TwinState.parseFrom(whole.roles
                                        .latest()
                                        .orElseThrow()
                                        .get(cell)
                                        .orElse(ByteString.EMPTY))
                                .getSequence()
                        >= sequence);
    }

    /** Pulls the cable, and plugs it in again only when the tester has gone on logging meanwhile. */
    private static void pullAndPlug(WholeSystem whole, StreamReader stream) {
        awaitMore(stream, whole.cells().get(0));
        whole.cable.pull();
        String channel = whole.tester.channels().get(0);
        long stored = whole.tester.stored(channel);
        await().atMost(PATIENCE).until(() -> whole.tester.stored(channel) >= stored + 30);
        whole.cable.plug();
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
}
