package io.pouchtwin.twin.forecast;

import io.pouchtwin.contracts.v1.Between;
import io.pouchtwin.contracts.v1.ShortJudgement;
import io.pouchtwin.contracts.v1.SoftShort;
import java.util.ArrayList;
import java.util.List;

/**
 * When a short is critical, when a warning: a pure function of the evidence for a soft short and of the probability of a short within a horizon.
 *
 * <ul>
 *   <li>critical: a soft short is called (two independent signs), or even the lower end of the probability's interval is at or above {@code criticalFrom};
 *   <li>warning: one sign speaks, or the lower end is at or above {@code warnFrom};
 *   <li>nothing otherwise. The middle of the index alone decides nothing: with so few shorts behind it, it orders cells.
 * </ul>
 *
 * @param horizonH how far ahead a short is asked for [h]
 * @param warnFrom lower end of the probability's 90 % interval from which to warn [1]
 * @param criticalFrom the same for critical [1]
 * @param signFrom level at which a sign of a soft short speaks [1]
 */
public record ShortRule(double horizonH, double warnFrom, double criticalFrom, double signFrom) {
    /** A soft short was called. */
    public static final String SOFT_SHORT_CALLED = "soft-short-called";
    /** More charge goes in than comes out, beyond the cell's habit. */
    public static final String CHARGE_BALANCE = "charge-balance";
    /** Voltage falls at rest as it did not before. */
    public static final String REST_DRIFT = "rest-drift";
    /** The index says so even at its lower end. */
    public static final String SHORT_PROBABILITY = "short-probability";

    /** Checks the ranges. */
    public ShortRule {
        require(horizonH > 0, "horizonH", horizonH, "hours above 0");
        require(warnFrom > 0 && warnFrom <= criticalFrom, "warnFrom", warnFrom, "above 0, at most criticalFrom");
        require(criticalFrom <= 1, "criticalFrom", criticalFrom, "at most 1");
        require(signFrom > 0, "signFrom", signFrom, "above 0");
    }

    private static void require(boolean holds, String field, double value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": " + value + ", expected " + expected);
        }
    }

    /** A day ahead; one in ten to warn, even odds for critical, both at the lower end. */
    public static ShortRule standard() {
        return new ShortRule(24, 0.1, 0.5, 1);
    }

    /**
     * Judges.
     *
     * @param evidence for a soft short; the default instance where the tester counts no charge
     * @param probability of a short within the horizon, with its 90 % interval
     */
    public ShortJudgement judge(SoftShort evidence, Between probability) {
        List<String> reasons = new ArrayList<>();
        ShortJudgement.Level level = ShortJudgement.Level.NONE;
        if (probability.getLow() >= warnFrom) {
            reasons.add(SHORT_PROBABILITY);
            level = probability.getLow() >= criticalFrom ? ShortJudgement.Level.CRITICAL : ShortJudgement.Level.WARNING;
        }
        if (evidence.getChargeBalanceLevel() >= signFrom) {
            reasons.add(CHARGE_BALANCE);
        }
        if (evidence.getRestDriftLevel() >= signFrom) {
            reasons.add(REST_DRIFT);
        }
        if (!reasons.isEmpty() && level == ShortJudgement.Level.NONE) {
            level = ShortJudgement.Level.WARNING;
        }
        if (evidence.getCalled()) {
            reasons.add(0, SOFT_SHORT_CALLED);
            level = ShortJudgement.Level.CRITICAL;
        }
        return ShortJudgement.newBuilder()
                .setLevel(level)
                .addAllReason(reasons)
                .setHorizonH(horizonH)
                .setProbability(probability)
                .build();
    }
}
