package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.WallState;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The tester's wall clock as time since 1970 UTC. Testers write local time without a zone; the hour that comes twice in autumn is told apart by the elapsed time since the sample
 * before. Where the wall clock and the elapsed time of two successive samples disagree by more than 2 s (clocks are written in whole seconds) plus 0.1 %, the sample is flagged.
 */
final class WallClock {
    private static final double TOLERANCE_S = 2;
    private static final double RELATIVE_TOLERANCE = 0.001;

    private static final DateTimeFormatter WRITTEN = new DateTimeFormatterBuilder()
            .appendPattern("[uuuu-MM-dd][uuuu/MM/dd]")
            .appendPattern("['T'][' ']")
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    private boolean begun;
    private double unixTimeS;
    private double testTimeS;
    private boolean disagrees;

    /**
     * Reads the clock of an accepted sample.
     *
     * @param zone rules of the tester's zone; null: the zone is not known
     * @return seconds since 1970-01-01 UTC; empty where the tester tells none that can be understood
     */
    OptionalDouble read(RawSample sample, double sampleTestTimeS, @Nullable ZoneRules zone) {
        disagrees = false;
        boolean told = sample.hasUnixTimeS() || !sample.getWallTime().isEmpty();
        if (!told) {
            return OptionalDouble.empty();
        }
        double expectedS = begun ? unixTimeS + (sampleTestTimeS - testTimeS) : Double.NEGATIVE_INFINITY;
        double readS = sample.hasUnixTimeS() ? sample.getUnixTimeS() : parse(sample.getWallTime(), zone, expectedS);
        if (!Double.isFinite(readS)) {
            disagrees = true;
            return OptionalDouble.empty();
        }
        double toleranceS = TOLERANCE_S + RELATIVE_TOLERANCE * (sampleTestTimeS - testTimeS);
        disagrees = begun && Math.abs(readS - expectedS) > toleranceS;
        begun = true;
        unixTimeS = readS;
        testTimeS = sampleTestTimeS;
        return OptionalDouble.of(readS);
    }

    /** Whether the last reading could not be understood or disagrees with the elapsed time. */
    boolean disagrees() {
        return disagrees;
    }

    /** NaN where it can not be told. Of two moments that are written the same, the one nearer to what is expected; the earlier where nothing is. */
    private static double parse(String written, @Nullable ZoneRules zone, double expectedS) {
        if (zone == null) {
            return Double.NaN;
        }
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(written.strip(), WRITTEN);
        } catch (DateTimeParseException e) {
            return Double.NaN;
        }
        List<ZoneOffset> offsets = zone.getValidOffsets(local);
        if (offsets.isEmpty()) {
            return seconds(local, zone.getTransition(local).getOffsetBefore());
        }
        double first = seconds(local, offsets.get(0));
        if (offsets.size() == 1) {
            return first;
        }
        double second = seconds(local, offsets.get(1));
        return Math.abs(second - expectedS) < Math.abs(first - expectedS) ? second : first;
    }

    private static double seconds(LocalDateTime local, ZoneOffset offset) {
        Instant instant = local.toInstant(offset);
        return instant.getEpochSecond() + instant.getNano() * 1e-9;
    }

    WallState save() {
        return WallState.newBuilder()
                .setBegun(begun)
                .setUnixTimeS(unixTimeS)
                .setTestTimeS(testTimeS)
                .build();
    }

    static WallClock load(WallState state) {
        WallClock clock = new WallClock();
        clock.begun = state.getBegun();
        clock.unixTimeS = state.getUnixTimeS();
        clock.testTimeS = state.getTestTimeS();
        return clock;
    }
}
