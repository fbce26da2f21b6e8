package io.pouchtwin.gateway.emulator;

/**
 * What goes wrong in a virtual cell, in the tester's own time.
 *
 * @param leakFromS when a soft short begins, s since the tester was first switched on; infinite for never
 * @param leakConductanceSiemensPerCm2 how much it leaks at first, S/cm2
 * @param leakGrowthPerHour relative growth of the leak per hour of test time, 0 for constant
 * @param filmGrowthOhmCm2PerHour growth of the film on lithium, ohm cm2 per hour of test time
 */
public record Storyline(
        double leakFromS,
        double leakConductanceSiemensPerCm2,
        double leakGrowthPerHour,
        double filmGrowthOhmCm2PerHour) {
    /** A healthy cell. */
    public static final Storyline HEALTHY = new Storyline(Double.POSITIVE_INFINITY, 0, 0, 0);

    private static final double SECONDS_PER_HOUR = 3600;

    /** Checks every value. */
    public Storyline {
        require(leakFromS >= 0, "leakFromS", leakFromS, "0 or more seconds");
        require(
                leakConductanceSiemensPerCm2 >= 0 && leakConductanceSiemensPerCm2 < 100,
                "leakConductanceSiemensPerCm2",
                leakConductanceSiemensPerCm2,
                "0 to 100 S/cm2");
        require(
                leakGrowthPerHour >= 0 && leakGrowthPerHour < 1e3,
                "leakGrowthPerHour",
                leakGrowthPerHour,
                "0 to 1000 per hour");
        require(
                filmGrowthOhmCm2PerHour >= 0 && filmGrowthOhmCm2PerHour < 1e4,
                "filmGrowthOhmCm2PerHour",
                filmGrowthOhmCm2PerHour,
                "0 to 10000 ohm cm2 per hour");
    }

    /** A cell with a soft short. */
    public static Storyline softShort(double fromS, double conductanceSPerCm2) {
        return new Storyline(fromS, conductanceSPerCm2, 0, 0);
    }

    /** A cell whose film grows. */
    public static Storyline growingFilm(double ohmCm2PerHour) {
        return new Storyline(Double.POSITIVE_INFINITY, 0, 0, ohmCm2PerHour);
    }

    /** Leak at a time, S/cm2. */
    public double leakSiemensPerCm2(double testerTimeS) {
        if (testerTimeS < leakFromS) {
            return 0;
        }
        return leakConductanceSiemensPerCm2 * (1 + leakGrowthPerHour * (testerTimeS - leakFromS) / SECONDS_PER_HOUR);
    }

    /** Film resistance on top of a new cell's at a time, ohm cm2. */
    public double addedFilmOhmCm2(double testerTimeS) {
        return filmGrowthOhmCm2PerHour * testerTimeS / SECONDS_PER_HOUR;
    }

    private static void require(boolean holds, String key, double value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(key + ": " + value + ", expected " + expected);
        }
    }
}
