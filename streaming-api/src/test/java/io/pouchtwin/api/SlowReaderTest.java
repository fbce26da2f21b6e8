package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowReaderTest {
    private static final int STATES = 20_000;
    private static final int BATCH = 500;

    private ApiFixture api;

    @BeforeEach
    void start() {
        api = new ApiFixture();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aReaderThatDoesNotReadIsToldWhatItMissedAndOthersGetEverything() throws IOException {
        api.feed("A01", "run-1", 1, 1);
        try (Socket slow = new Socket();
                EventStream other = api.stream("/api/v1/cells/A01/stream")) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port()));
            slow.setSoTimeout(15_000);
            slow.getOutputStream()
                    .write("GET /api/v1/cells/A01/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8));
            assertThat(nextEvent(lines).data().getLong("sequence")).isEqualTo(1);
            other.states(1);

            // about 40 MB, far more than the sockets' buffers and the write queue hold; the other reader keeps pace
            // batch by batch
            for (int from = 2; from <= STATES; from += BATCH) {
                int to = Math.min(STATES, from + BATCH - 1);
                api.feed("A01", "run-1", from, to);
                assertThat(other.states(to - from + 1).get(to - from).data().getLong("sequence"))
                        .isEqualTo(to);
            }

            long covered = 1;
            long skipped = 0;
            while (covered < STATES) {
                Named event = nextEvent(lines);
                if (event.name().equals("conflated")) {
                    assertThat(event.data().getString("reason")).isEqualTo("slow-reader");
                    assertThat(event.data().getString("from")).isEqualTo("run-1:" + (covered + 1));
                    skipped += event.data().getLong("skipped");
                    covered += event.data().getLong("skipped");
                    assertThat(event.data().getString("to")).isEqualTo("run-1:" + covered);
                } else if (event.name().equals("state")) {
                    covered++;
                    assertThat(event.data().getLong("sequence")).isEqualTo(covered);
                }
            }
            assertThat(skipped).isGreaterThan(STATES / 2);
            assertThat(api.get("/metrics").body())
                    .contains("pouchtwin_api_conflated_total{reason=\"slow-reader\"} " + (double) skipped);
        }
    }

    private record Named(String name, JsonObject data) {}

    /** The next event out of a chunked HTTP response; chunk sizes are lines that are not part of an event. */
    private static Named nextEvent(BufferedReader lines) throws IOException {
        String name = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ") && !name.equals("heartbeat")) {
                return new Named(name, new JsonObject(line.substring(6)));
            }
        }
        throw new AssertionError("the stream ended");
    }
}
