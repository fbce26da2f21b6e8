package io.pouchtwin.cell.reduced;

/**
 * How long the next sub-step may be: short after a change of current, then longer, and never longer than what moves a small share of the cell's charge.
 *
 * <p>A function of tester time and reported current alone, so that all members of an ensemble, however many, take the same sub-steps, and a replay takes them again.
 */
final class SubStepPlan {
    /** Shortest sub-step after a change of current, unless the step itself is shorter [s]. */
    static final double SHORTEST_S = 0.1;
    /** At rest no sub-step is longer than it may be so long after the change [s]. */
    static final double LONGEST_AFTER_S = 120;
    /** However large the current, no sub-step need be shorter for its sake [s]. */
    static final double LONG_ENOUGH_S = 1;
    /** A current that moves by more than this share of itself (or of a fiftieth of 1 C) has changed [1]. */
    static final double CHANGE_SHARE = 0.05;
    /** More sub-steps than this are not taken for one step; they get longer instead. */
    static final int MOST = 5_000;

    private final double nominalChargeC;
    private final double chargeShare;
    private final double growth;

    /** For a cell of this charge [C], with the options' sub-steps. */
    SubStepPlan(double nominalChargeC, ReducedOptions options) {
        this.nominalChargeC = nominalChargeC;
        this.chargeShare = options.chargePerSubStep();
        this.growth = options.growth();
    }

    /** Whether a current [A] is another one than before. */
    boolean changed(double beforeA, double nowA) {
        double scale = Math.max(Math.max(Math.abs(beforeA), Math.abs(nowA)), 0.02 * nominalChargeC / 3600);
        return Math.abs(nowA - beforeA) > CHANGE_SHARE * scale;
    }

    /**
     * Length of the next sub-step [s].
     *
     * @param remainingS what is left of the step, above 0 [s]
     * @param stepS length of the whole step [s]
     * @param sinceChangeS time since the current changed [s]
     * @param currentA reported current [A]
     */
    double next(double remainingS, double stepS, double sinceChangeS, double currentA) {
        double limited = chargeShare * nominalChargeC / Math.max(Math.abs(currentA), 1e-3 * nominalChargeC / 3600);
        double byCharge = Math.max(LONG_ENOUGH_S, limited);
        double allowed = Math.min(byCharge, Math.max(SHORTEST_S, growth * Math.min(LONGEST_AFTER_S, sinceChangeS)));
        double length = Math.max(allowed, stepS / MOST);
        // no sliver at the end: two equal halves rather than a long and a tiny one
        return remainingS <= length ? remainingS : Math.min(length, Math.max(0.5 * remainingS, 0.5 * length));
    }
}
