package io.pouchtwin.cell.ageing;

/**
 * What changes from cycle to cycle. Also used for changes of it, where each component is a difference.
 *
 * @param filmChargeCPerM2 lithium bound in the grown film [C/m2]
 * @param deadChargeCPerM2 dead lithium [C/m2]
 * @param lithiumBalanceCPerM2 spare lithium; negative: deficit [C/m2]
 * @param contactExcess share of a fresh assembly's excess contact resistance that is left [1]
 * @param contactUtilisation share of the lithium's area that takes part [1]
 * @param activeFraction share of the cathode's active material that is left [1]
 * @param electrolyteLeft share of the consumable electrolyte that is left [1]
 * @param damage towards a short; 1 is a typical cell's end [1]
 */
public record SlowState(
        double filmChargeCPerM2,
        double deadChargeCPerM2,
        double lithiumBalanceCPerM2,
        double contactExcess,
        double contactUtilisation,
        double activeFraction,
        double electrolyteLeft,
        double damage) {
    /** A new cell with this much spare lithium [C/m2]. */
    public static SlowState fresh(double foilCPerM2) {
        return new SlowState(0, 0, foilCPerM2, 1, 1, 1, 1, 0);
    }

    /** This plus {@code cycles} times a change per cycle, shares held within their bounds. */
    public SlowState plus(SlowState perCycle, double cycles) {
        return new SlowState(
                Math.max(0, Math.fma(cycles, perCycle.filmChargeCPerM2, filmChargeCPerM2)),
                Math.max(0, Math.fma(cycles, perCycle.deadChargeCPerM2, deadChargeCPerM2)),
                Math.fma(cycles, perCycle.lithiumBalanceCPerM2, lithiumBalanceCPerM2),
                share(Math.fma(cycles, perCycle.contactExcess, contactExcess)),
                Math.max(1e-3, share(Math.fma(cycles, perCycle.contactUtilisation, contactUtilisation))),
                Math.max(1e-3, share(Math.fma(cycles, perCycle.activeFraction, activeFraction))),
                share(Math.fma(cycles, perCycle.electrolyteLeft, electrolyteLeft)),
                Math.max(0, Math.fma(cycles, perCycle.damage, damage)));
    }

    /** The same with another share of the excess contact resistance left. */
    SlowState withContactExcess(double other) {
        return new SlowState(
                filmChargeCPerM2,
                deadChargeCPerM2,
                lithiumBalanceCPerM2,
                other,
                contactUtilisation,
                activeFraction,
                electrolyteLeft,
                damage);
    }

    /** Component-wise mean of two changes. */
    static SlowState mean(SlowState a, SlowState b) {
        return new SlowState(
                0.5 * (a.filmChargeCPerM2 + b.filmChargeCPerM2),
                0.5 * (a.deadChargeCPerM2 + b.deadChargeCPerM2),
                0.5 * (a.lithiumBalanceCPerM2 + b.lithiumBalanceCPerM2),
                0.5 * (a.contactExcess + b.contactExcess),
                0.5 * (a.contactUtilisation + b.contactUtilisation),
                0.5 * (a.activeFraction + b.activeFraction),
                0.5 * (a.electrolyteLeft + b.electrolyteLeft),
                0.5 * (a.damage + b.damage));
    }

    /** The later of two changes, continued by a share of the difference. */
    static SlowState extrapolated(SlowState before, SlowState now, double share) {
        return new SlowState(
                now.filmChargeCPerM2 + share * (now.filmChargeCPerM2 - before.filmChargeCPerM2),
                now.deadChargeCPerM2 + share * (now.deadChargeCPerM2 - before.deadChargeCPerM2),
                now.lithiumBalanceCPerM2 + share * (now.lithiumBalanceCPerM2 - before.lithiumBalanceCPerM2),
                now.contactExcess + share * (now.contactExcess - before.contactExcess),
                now.contactUtilisation + share * (now.contactUtilisation - before.contactUtilisation),
                now.activeFraction + share * (now.activeFraction - before.activeFraction),
                now.electrolyteLeft + share * (now.electrolyteLeft - before.electrolyteLeft),
                now.damage + share * (now.damage - before.damage));
    }

    private static double share(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
