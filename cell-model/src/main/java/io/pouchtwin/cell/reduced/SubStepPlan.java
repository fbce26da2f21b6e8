package io.pouchtwin.cell.reduced;

/**
 * How long the next sub-step may be: short after a change of current, then longer, and never longer than what moves a small share of the cell's charge.
 *
 * <p>A function of tester time and reported current alone, so that all members of an ensemble, however many, take the same sub-steps, and a replay takes them again.
 */
final class SubStepPlan {
    /** Shortest sub-step after a change of current, unless the step itself is shorter [s]. */
    static final double SHORTEST_S = 0.1;
    /** Sub-step over the time since the current changed [1]. */
    static final double GROWTH = 0.5;
    /** Longest sub-step at rest [s]. */
    static final double LONGEST_S = 60;
    /** However large the current, no sub-step need be shorter for its sake [s]. */
    static final double LONG_ENOUGH_S = 1;
    /** A current that moves by more than this share of itself (or of a fiftieth of 1 C) has changed [1]. */
    static final double CHANGE_SHARE = 0.05;
    /** More sub-steps than this are not taken for one step; they get longer instead. */
    static final int MOST = 5_000;

    private final double nominalChargeC;
    private final double chargeShare;

    /** With the share of the nominal charge that may pass in a sub-step [1]. */
    SubStepPlan(double nominalChargeC, double chargeShare) {
        this.nominalChargeC = nominalChargeC;
        this.chargeShare = chargeShare;
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
        double allowed = Math.min(Math.min(LONGEST_S, byCharge), Math.max(SHORTEST_S, GROWTH * sinceChangeS));
        double length = Math.max(allowed, stepS / MOST);
        // no sliver at the end: two equal halves rather than a long and a tiny one
        return remainingS <= length ? remainingS : Math.min(length, Math.max(0.5 * remainingS, 0.5 * length));
    }
}
