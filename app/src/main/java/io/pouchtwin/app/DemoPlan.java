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
import io.pouchtwin.twin.alerting.AlertsConfig;
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
    private static final double DISCHARGE_C_RATE = 5;

    /** Current ranges of the channels, in multiples of 1 C. */
    private static final double RANGE_C = 10;

    /** The designs that the demo shows, in turn: the fast-charging pouch first. */
    private static final List<String> DESIGNS =
            List.of("pouch-5c-ncm523-ppla", "coin-ncm523-ppla", "pouch-5c-ncm523-ppla", "pouch-5c-ncm523-ppla");

    /** How long the demo's tests are meant to go on: what happens to its cells happens well before [cycles]. */
    private static final double PLANNED_CYCLES = 200;

    /** From how many cycles to 80 % on the demo warns: half of its tests, while a lab with longer ones warns later [cycles]. */
    private static final double END_OF_LIFE_WARNING_CYCLES = 100;

    /**
     * What happens to a cell, and what the page says of it so that a newcomer knows where to look.
     *
     * @param story what goes wrong
     * @param held whether its charge ends at a held voltage; without that a growing resistance costs capacity at once
     * @param note for the page
     */
    private record Fate(Storyline story, boolean held, String note) {
        static final Fate WELL = new Fate(Storyline.HEALTHY, true, "Stays well: no alert is meant to come.");
    }

    /**
     * Not every cell stays well: by place, what happens to it. All of it happens within fifteen hours of test time, which are five minutes at the default speed. The soft short begins after 4 h, grows, and is hard 5.5 h later. The fifth
     * cell was made without spare lithium, so that all it has is what its first charge leaves, and loses 3 % of what it plates: it is empty after some ten cycles. The third has aged before its test, and its film goes on growing about as fast as its twin can follow.
     */
    private static final List<Fate> FATES = List.of(
            Fate.WELL,
            Fate.WELL,
            new Fate(
                    Storyline.agedFilm(20, 1.5),
                    false,
                    "Ages by resistance: watch the forecast of its remaining life narrow from the fourth cycle on; a warning, from 4 h of test time on, that 80 % are less than 100 cycles away."),
            new Fate(
                    Storyline.growingShort(4 * 3600, 4e-6, 0.8, 5.5),
                    true,
                    "Develops a soft short after 4 h of test time: warning, then critical, hours before it is hard at 9.5 h."),
            new Fate(
                    Storyline.shortOfLithium(0.001, 0.97),
                    true,
                    "Runs out of lithium after some ten cycles: nothing shows it before; then its twin says so, before 80 % are left."),
            Fate.WELL,
            Fate.WELL,
            Fate.WELL);

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
                    programme(design.window(), fate(place).held()),
                    LOGGING,
                    Instrument.sixteenBit(RANGE_C * capacityAh, place + 1),
                    fate(place).story()));
        }
        return new VirtualTesterConfig(
                "127.0.0.1", 0, ZONE, speedUp, virtual, 0, stateDirectory, Duration.ofSeconds(5));
    }

    private static Programme programme(CellParameters.Window window, boolean held) {
        return held
                ? Programme.fastCharge(
                        CHARGE_C_RATE, window.voltageMaxV(), DISCHARGE_C_RATE, window.voltageMinV(), REST_S, CYCLES)
                : Programme.constantCurrent(
                        CHARGE_C_RATE, window.voltageMaxV(), DISCHARGE_C_RATE, window.voltageMinV(), REST_S, CYCLES);
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
                        fate(place).note()))
                .toList();
        return new GatewayConfig(
                List.of(TesterConfig.neware(
                        TESTER, "127.0.0.1", port, ZONE, Polling.USUAL.every(Duration.ofMillis(500)), Timeouts.USUAL)),
                registered);
    }

    /** A line for each of the first cells to which something happens. */
    public List<String> whatToLookAt() {
        return IntStream.range(0, Math.min(cells, FATES.size()))
                .filter(place -> !fate(place).equals(Fate.WELL))
                .mapToObj(place -> name(place) + "  " + fate(place).note())
                .toList();
    }

    /** When to tell, where the configuration says nothing else: links lead to this demo's page, and its tests are meant to be short. */
    public AlertsConfig alerts(AlertsConfig configured, String page) {
        AlertsConfig usual = AlertsConfig.standard();
        AlertsConfig linked = configured.pageUrl().equals(usual.pageUrl()) ? configured.withPageUrl(page) : configured;
        return configured.thresholds().equals(usual.thresholds())
                ? linked.withThresholds(usual.thresholds().forTest(PLANNED_CYCLES, END_OF_LIFE_WARNING_CYCLES))
                : linked;
    }

    private static Fate fate(int place) {
        return FATES.get(place % FATES.size());
    }

    private static String design(int place) {
        return DESIGNS.get(place % DESIGNS.size());
    }

    private static String name(int place) {
        return String.format("%s-%03d", design(place).startsWith("coin") ? "coin" : "pouch", place + 1);
    }
}
