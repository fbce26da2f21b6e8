package io.pouchtwin.gateway.emulator;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual tester.
 *
 * @param host address to listen at
 * @param port TCP port, 0 for any free one
 * @param timeZone zone of its wall clock
 * @param speedUp test seconds per second, 0.1 to 10000
 * @param cells one per channel; channel n (from 0) is {@code 27-21-<1 + n/8>-<1 + n%8>}
 * @param firstTestId number of the first test; 0 derives one from the clock, so that a tester whose state was deleted does not reuse old
 *     numbers
 * @param stateDirectory where its state is kept over restarts, null for nowhere
 * @param checkpointPeriod time between two checkpoints
 */
public record VirtualTesterConfig(
        String host,
        int port,
        ZoneId timeZone,
        double speedUp,
        List<VirtualCellConfig> cells,
        int firstTestId,
        @Nullable Path stateDirectory,
        Duration checkpointPeriod) {
    /** Checks every value. */
    public VirtualTesterConfig {
        cells = List.copyOf(cells);
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: " + host + ", expected an address to listen at");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + ", expected 0 to 65535");
        }
        if (!(speedUp >= 0.1 && speedUp <= 10_000)) {
            throw new IllegalArgumentException("speedUp: " + speedUp + ", expected 0.1 to 10000");
        }
        if (cells.isEmpty() || cells.size() > 4096) {
            throw new IllegalArgumentException("cells: " + cells.size() + ", expected 1 to 4096");
        }
        if (firstTestId < 0) {
            throw new IllegalArgumentException("firstTestId: " + firstTestId + ", expected 0 or more");
        }
        if (checkpointPeriod.toMillis() < 100) {
            throw new IllegalArgumentException("checkpointPeriod: " + checkpointPeriod + ", expected 100 ms or more");
        }
    }

    /** The tester's own name of a channel, by its place from 0. */
    public static String channelName(int place) {
        return "27-21-" + (1 + place / 8) + "-" + (1 + place % 8);
    }
}
