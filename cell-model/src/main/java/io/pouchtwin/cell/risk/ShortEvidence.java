package io.pouchtwin.cell.risk;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.parameters.PaperFacts;
import java.util.ArrayList;
import java.util.List;

/** One cell of the paper, and what its end or survival says of a {@link ShortLaw}. */
public sealed interface ShortEvidence {
    /** The paper's fact. */
    String fact();

    /** The membrane. */
    Membrane membrane();

    /** In words, for tables. */
    String what();

    /** Logarithm of the probability (density) of what was seen. */
    double logLikelihood(ShortLaw law, Circumstances circumstances);

    /**
     * What was seen, in its own unit: current density [A/m2] or plating time [s]; for a survivor, how long it lasted at least.
     */
    double seen(Circumstances circumstances);

    /** The same quantity, at which by the law a share of such cells has shorted. */
    double quantile(ShortLaw law, Circumstances circumstances, double shorted);

    /** Whether it survived: what was seen is a lower end. */
    boolean censored();

    /**
     * What the paper leaves open of how its cells were tested.
     *
     * @param symmetricAPerM2 current of the symmetric cells that lived for 500, 1800 and more than 6000 h [A/m2]
     * @param rampAPerM2PerS how fast the current was raised [A/m2/s]
     * @param rampHalfCycleS length of a half cycle of the ramp [s]
     * @param coinLoadingKgPerM2 cathode of the coin cells [kg/m2]
     */
    record Circumstances(
            double symmetricAPerM2, double rampAPerM2PerS, double rampHalfCycleS, double coinLoadingKgPerM2) {}

    /**
     * A ramp of the current that ended in a short.
     *
     * @param fact the paper's fact
     * @param membrane the membrane
     * @param criticalAPerM2 where it ended [A/m2]
     */
    record Ramp(String fact, Membrane membrane, double criticalAPerM2) implements ShortEvidence {
        @Override
        public String what() {
            return "ramp to a short";
        }

        @Override
        public double logLikelihood(ShortLaw law, Circumstances c) {
            double exposure = law.exposureOfRamp(membrane, criticalAPerM2, c.rampAPerM2PerS(), c.rampHalfCycleS());
            double hazard = law.hazard(exposure, ShortLaw.REFERENCE_AREA_M2);
            return Elementary.log(hazard * law.lifeShape() * law.rampSharpness()) - hazard;
        }

        @Override
        public double seen(Circumstances c) {
            return criticalAPerM2;
        }

        @Override
        public double quantile(ShortLaw law, Circumstances c, double shorted) {
            double here = law.exposureOfRamp(membrane, criticalAPerM2, c.rampAPerM2PerS(), c.rampHalfCycleS());
            double there = law.exposureAt(shorted, ShortLaw.REFERENCE_AREA_M2);
            return criticalAPerM2 * Elementary.exp(Elementary.log(there / here) / law.rampSharpness());
        }

        @Override
        public boolean censored() {
            return false;
        }
    }

    /**
     * Cycling under one load, until a short or until the test ended.
     *
     * @param fact the paper's fact
     * @param membrane the membrane
     * @param what in words
     * @param kind how the load follows from the circumstances
     * @param first current density [A/m2] or, for coins, C-rate
     * @param second charge per half cycle [C/m2] or, for coins, discharge capacity [C/kg]
     * @param areaM2 electrode area [m2]
     * @param length time of plating [s] or, for coins and pouches, cycles
     * @param censored whether it ended without a short
     */
    record Cycling(
            String fact,
            Membrane membrane,
            String what,
            Kind kind,
            double first,
            double second,
            double areaM2,
            double length,
            boolean censored)
            implements ShortEvidence {
        /** How the load is given. */
        public enum Kind {
            /** Lithium against lithium at an unknown current, half cycles of an hour. */
            SYMMETRIC,
            /** Lithium against lithium at a stated current and charge. */
            STATED,
            /** A coin cell of unknown loading. */
            COIN
        }

        private static final double ONE_C_A_PER_KG = 200;
        private static final double HOUR_S = 3600;

        PlatingLoad load(Circumstances c) {
            double current = switch (kind) {
                case SYMMETRIC -> c.symmetricAPerM2();
                case STATED -> first;
                case COIN -> first * ONE_C_A_PER_KG * c.coinLoadingKgPerM2();
            };
            double charge = switch (kind) {
                case SYMMETRIC -> current * HOUR_S;
                case STATED -> second;
                case COIN -> second * c.coinLoadingKgPerM2();
            };
            return new PlatingLoad(current, charge, ShortLaw.REFERENCE_K, areaM2);
        }

        @Override
        public double seen(Circumstances c) {
            return kind == Kind.COIN ? length * load(c).platingS() : length;
        }

        @Override
        public double logLikelihood(ShortLaw law, Circumstances c) {
            PlatingLoad load = load(c);
            double hazard = law.hazard(law.exposureRate(membrane, load) * seen(c), areaM2);
            return censored ? -hazard : Elementary.log(hazard * law.lifeShape()) - hazard;
        }

        @Override
        public double quantile(ShortLaw law, Circumstances c, double shorted) {
            return law.exposureAt(shorted, areaM2) / law.exposureRate(membrane, load(c));
        }
    }

    /** Everything the paper says of shorts and of cells that had none. */
    static List<ShortEvidence> ofPaper(PaperFacts facts) {
        List<ShortEvidence> all = new ArrayList<>();
        for (Membrane m : Membrane.values()) {
            all.add(new Ramp("ccd." + m, m, facts.si("ccd." + m)));
        }
        for (Membrane m : Membrane.values()) {
            boolean survived = m == Membrane.PPLA;
            all.add(new Cycling(
                    "symlife." + m,
                    m,
                    survived ? "symmetric cell, no short" : "symmetric cell, short",
                    Cycling.Kind.SYMMETRIC,
                    0,
                    0,
                    ShortLaw.REFERENCE_AREA_M2,
                    hours(facts, "symlife." + m),
                    survived));
        }
        all.add(new Cycling(
                "symlife05.PPLA",
                Membrane.PPLA,
                "symmetric cell at 0.5 mA/cm2 and 0.5 mAh/cm2, no short",
                Cycling.Kind.STATED,
                5,
                0.5 * ShortLaw.REFERENCE_CHARGE_C_PER_M2,
                ShortLaw.REFERENCE_AREA_M2,
                hours(facts, "symlife05.PPLA"),
                true));
        // capacities: mean of begin and end, from the rate table and the printed retentions [mAh/g]
        all.add(coin("ret.PPLA.1C", Membrane.PPLA, 1, 153, 500));
        all.add(coin("ret.PPLA.5C", Membrane.PPLA, 5, 104, 1000));
        all.add(coin("ret.PPLA.10C", Membrane.PPLA, 10, 77, 1300));
        all.add(coin("ret.PPL.1C", Membrane.PPL, 1, 120, 500));
        // the paper does not say what ended this cell: it had no short until then
        all.add(coin("fail.PL.1C", Membrane.PL, 1, 120, 110));
        double pouchCharge = 0.95 * 4.03 * ShortLaw.REFERENCE_CHARGE_C_PER_M2;
        all.add(new Cycling(
                "pouch523.ret",
                Membrane.PPLA,
                "pouch at 0.2 C, 100 cycles, no short",
                Cycling.Kind.STATED,
                8.8,
                pouchCharge,
                297e-4,
                100 * pouchCharge / 8.8,
                true));
        return all;
    }

    private static Cycling coin(String fact, Membrane membrane, double rate, double capacityMahPerG, double cycles) {
        return new Cycling(
                fact,
                membrane,
                String.format("coin at %.0f C, %.0f cycles, no short", rate, cycles),
                Cycling.Kind.COIN,
                rate,
                capacityMahPerG * 3600,
                ShortLaw.REFERENCE_AREA_M2,
                cycles,
                true);
    }

    private static double hours(PaperFacts facts, String id) {
        return Double.parseDouble(facts.find(id)
                        .orElseThrow(() -> new IllegalStateException("no fact " + id))
                        .value())
                * 3600;
    }
}
