package io.pouchtwin.gateway.emulator;

/**
 * What goes wrong in a virtual cell, in the tester's own time.
 *
 * @param leak a soft short that grows
 * @param film on the lithium, besides what its design has
 * @param lithium how much lithium the cell was made with and how it loses it
 */
public record Storyline(Leak leak, Film film, Lithium lithium) {
    /** A healthy cell. */
    public static final Storyline HEALTHY = new Storyline(Leak.NONE, Film.NONE, Lithium.OF_THE_DESIGN);

    private static final double SECONDS_PER_HOUR = 3600;

    /**
     * A soft short.
     *
     * @param fromS when it begins, s since the tester was first switched on; infinite for never
     * @param conductanceSiemensPerCm2 how much it leaks at first, S/cm2
     * @param doublingHours hours of test time in which the leak doubles; infinite for a constant one
     * @param hardAfterHours hours of test time after which it is a hard short, through which everything goes; infinite for never
     */
    public record Leak(double fromS, double conductanceSiemensPerCm2, double doublingHours, double hardAfterHours) {
        /** No leak. */
        public static final Leak NONE =
                new Leak(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

        /** What a hard short leaks: a cell at 4 V that drives 40 mA/cm2 through it is empty within minutes. */
        static final double HARD_SIEMENS_PER_CM2 = 1e-2;

        /** Checks every value. */
        public Leak {
            require(fromS >= 0, "leak.fromS", fromS, "0 or more seconds");
            require(
                    conductanceSiemensPerCm2 >= 0 && conductanceSiemensPerCm2 < 100,
                    "leak.conductanceSiemensPerCm2",
                    conductanceSiemensPerCm2,
                    "0 to 100 S/cm2");
            require(doublingHours > 0, "leak.doublingHours", doublingHours, "more than 0 hours");
            require(hardAfterHours > 0, "leak.hardAfterHours", hardAfterHours, "more than 0 hours");
        }

        /** Leak at a time, S/cm2. */
        double siemensPerCm2(double testerTimeS) {
            if (testerTimeS < fromS) {
                return 0;
            }
            double hours = (testerTimeS - fromS) / SECONDS_PER_HOUR;
            if (hours >= hardAfterHours) {
                return HARD_SIEMENS_PER_CM2;
            }
            return Math.min(HARD_SIEMENS_PER_CM2, conductanceSiemensPerCm2 * Math.pow(2, hours / doublingHours));
        }
    }

    /**
     * A film that a cell has beyond its design's.
     *
     * @param atStartOhmCm2 what it brings from its life before the test, ohm cm2
     * @param growthOhmCm2PerHour growth in test time, ohm cm2 per hour
     */
    public record Film(double atStartOhmCm2, double growthOhmCm2PerHour) {
        /** None. */
        public static final Film NONE = new Film(0, 0);

        /** Checks both values. */
        public Film {
            require(
                    atStartOhmCm2 >= 0 && atStartOhmCm2 < 1e4,
                    "film.atStartOhmCm2",
                    atStartOhmCm2,
                    "0 to 10000 ohm cm2");
            require(
                    growthOhmCm2PerHour >= 0 && growthOhmCm2PerHour < 1e4,
                    "film.growthOhmCm2PerHour",
                    growthOhmCm2PerHour,
                    "0 to 10000 ohm cm2 per hour");
        }

        /** Film at a time, ohm cm2. */
        double ohmCm2(double testerTimeS) {
            return atStartOhmCm2 + growthOhmCm2PerHour * testerTimeS / SECONDS_PER_HOUR;
        }
    }

    /**
     * Lithium of a cell.
     *
     * @param share spare lithium that the cell was made with, as a share of its design's
     * @param efficiency share of plated lithium that can be stripped again; NaN for the design's own
     */
    public record Lithium(double share, double efficiency) {
        /** As its design says. */
        public static final Lithium OF_THE_DESIGN = new Lithium(1, Double.NaN);

        /** Checks both values. */
        public Lithium {
            require(share > 0 && share <= 1, "lithium.share", share, "0 to 1");
            require(
                    Double.isNaN(efficiency) || (efficiency > 0.5 && efficiency <= 1),
                    "lithium.efficiency",
                    efficiency,
                    "0.5 to 1, or NaN");
        }
    }

    /** A cell with a soft short that stays as it is. */
    public static Storyline softShort(double fromS, double conductanceSPerCm2) {
        return new Storyline(
                new Leak(fromS, conductanceSPerCm2, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY),
                Film.NONE,
                Lithium.OF_THE_DESIGN);
    }

    /** A cell with a soft short that grows and becomes a hard one. */
    public static Storyline growingShort(
            double fromS, double conductanceSPerCm2, double doublingHours, double hardAfterHours) {
        return new Storyline(
                new Leak(fromS, conductanceSPerCm2, doublingHours, hardAfterHours), Film.NONE, Lithium.OF_THE_DESIGN);
    }

    /** A cell whose film grows. */
    public static Storyline growingFilm(double ohmCm2PerHour) {
        return new Storyline(Leak.NONE, new Film(0, ohmCm2PerHour), Lithium.OF_THE_DESIGN);
    }

    /** A cell that has aged before its test, and goes on. */
    public static Storyline agedFilm(double atStartOhmCm2, double ohmCm2PerHour) {
        return new Storyline(Leak.NONE, new Film(atStartOhmCm2, ohmCm2PerHour), Lithium.OF_THE_DESIGN);
    }

    /** A cell that runs out of lithium. */
    public static Storyline shortOfLithium(double share, double efficiency) {
        return new Storyline(Leak.NONE, Film.NONE, new Lithium(share, efficiency));
    }

    /** Leak at a time, S/cm2. */
    public double leakSiemensPerCm2(double testerTimeS) {
        return leak.siemensPerCm2(testerTimeS);
    }

    /** Film resistance on top of a new cell's at a time, ohm cm2. */
    public double addedFilmOhmCm2(double testerTimeS) {
        return film.ohmCm2(testerTimeS);
    }

    private static void require(boolean holds, String key, double value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(key + ": " + value + ", expected " + expected);
        }
    }
}
