package io.pouchtwin.app;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.gateway.CellConfig;
import io.pouchtwin.gateway.GatewayConfig;
import io.pouchtwin.gateway.Polling;
import io.pouchtwin.gateway.TesterConfig;
import io.pouchtwin.gateway.Timeouts;
import io.pouchtwin.gateway.emulator.Instrument;
import io.pouchtwin.gateway.emulator.LoggingPlan;
import io.pouchtwin.gateway.emulator.Programme;
import io.pouchtwin.gateway.emulator.Storyline;
import io.pouchtwin.gateway.emulator.VirtualCellConfig;
import io.pouchtwin.gateway.emulator.VirtualTesterConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The demo's cells, their tester and the gateway's view of both.
 *
 * @param cells how many cells, 1 to 512
 * @param speedUp test seconds per second, 1 to 1000
 */
public record DemoPlan(int cells, double speedUp) {

    private static final String TESTER = "demo";
    private static final ZoneId ZONE = ZoneId.of("UTC");
    private static final int MOST_CELLS = 512;
    private static final double FASTEST = 1000;

    /** Points each 5 s under current, each 30 s at rest, and each 20 mV. */
    private static final LoggingPlan LOGGING = new LoggingPlan(5, 30, 0.02);

    private static final double REST_S = 300;
    private static final int CYCLES = 100_000;
    private static final double SQUARE_CM_PER_SQUARE_M = 1e4;
    private static final double COULOMB_PER_AMPERE_HOUR = 3600;
    private static final double CHARGE_C_RATE = 5;
    private static final double DISCHARGE_C_RATE = 3;

    /** Current ranges of the channels, in multiples of 1 C. */
    private static final double RANGE_C = 10;

    /** The designs that the demo shows, in turn: the fast-charging pouch first. */
    private static final List<String> DESIGNS =
            List.of("pouch-5c-ncm523-ppla", "coin-ncm523-ppla", "pouch-5c-ncm523-ppla", "pouch-5c-ncm523-ppla");

    /**
     * Not every cell stays well: by place, what happens to it. The third ages by resistance, the fourth develops a soft short
     * that becomes a hard one, the fifth runs out of lithium; the times are such that all of it happens within ten hours of
     * test time, which are five minutes at the default speed.
     */
    private static final List<Storyline> STORIES = List.of(
            Storyline.HEALTHY,
            Storyline.HEALTHY,
            Storyline.growingFilm(4),
            Storyline.growingShort(2.8 * 3600, 4e-6, 0.8, 5.5),
            Storyline.shortOfLithium(0.1, 0.95),
            Storyline.HEALTHY,
            Storyline.HEALTHY,
            Storyline.HEALTHY);

    /** Checks both values. */
    public DemoPlan {
        if (cells < 1 || cells > MOST_CELLS) {
            throw new IllegalArgumentException("--cells: " + cells + ", expected 1 to " + MOST_CELLS);
        }
        if (!(speedUp >= 1 && speedUp <= FASTEST)) {
            throw new IllegalArgumentException("--speedup: " + speedUp + ", expected 1 to " + (int) FASTEST);
        }
    }

    /** The virtual tester with its cells, each drawn from its design's spread. */
    public VirtualTesterConfig tester(Path stateDirectory) {
        List<VirtualCellConfig> virtual = new ArrayList<>();
        for (int place = 0; place < cells; place++) {
            CellParameters design = ParameterLibrary.shipped().cell(design(place));
            double capacityAh = design.nominalCapacityC() / COULOMB_PER_AMPERE_HOUR;
            virtual.add(new VirtualCellConfig(
                    design(place),
                    name(place),
                    place + 1,
                    capacityAh,
                    design.areaM2() * SQUARE_CM_PER_SQUARE_M,
                    Programme.fastCharge(
                            CHARGE_C_RATE,
                            design.window().voltageMaxV(),
                            DISCHARGE_C_RATE,
                            design.window().voltageMinV(),
                            REST_S,
                            CYCLES),
                    LOGGING,
                    Instrument.sixteenBit(RANGE_C * capacityAh, place + 1),
                    STORIES.get(place % STORIES.size())));
        }
        return new VirtualTesterConfig(
                "127.0.0.1", 0, ZONE, speedUp, virtual, 0, stateDirectory, Duration.ofSeconds(5));
    }

    /** The gateway that reads the tester at a port. */
    public GatewayConfig gateway(int port) {
        List<CellConfig> registered = IntStream.range(0, cells)
                .mapToObj(place -> new CellConfig(
                        TESTER,
                        VirtualTesterConfig.channelName(place),
                        name(place),
                        design(place),
                        ParameterLibrary.shipped().cell(design(place)).nominalCapacityC() / COULOMB_PER_AMPERE_HOUR,
                        0,
                        "demo",
                        ""))
                .toList();
        return new GatewayConfig(
                List.of(TesterConfig.neware(
                        TESTER, "127.0.0.1", port, ZONE, Polling.USUAL.every(Duration.ofMillis(500)), Timeouts.USUAL)),
                registered);
    }

    private static String design(int place) {
        return DESIGNS.get(place % DESIGNS.size());
    }

    private static String name(int place) {
        return String.format("%s-%03d", design(place).startsWith("coin") ? "coin" : "pouch", place + 1);
    }
}
