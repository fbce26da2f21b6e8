package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.FailureProbability;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.Quantiles;
import io.pouchtwin.contracts.v1.ShortJudgement;
import io.pouchtwin.twin.forecast.ShortRule;
import java.util.Comparator;
import java.util.Optional;

/**
 * A short to come. The forecast judges by everything that speaks for a short; its probability within the horizon is held
 * against the thresholds besides, by the lower end of its interval: an index that knows little, whose interval goes from
 * nothing to everything, does not cry wolf. What speaks against the current itself is in the forecast's dendrite warning.
 */
final class ShortAhead implements Rule<Forecast> {
    /** An open alert stays open until the probability has fallen to this share of the threshold [1]. */
    private static final double HOLD_SHARE = 0.5;

    @Override
    public String code() {
        return "short-ahead";
    }

    @Override
    public boolean mayStop() {
        return true;
    }

    @Override
    public Judgement judge(Forecast forecast, CellMemory memory, AlertThresholds thresholds) {
        AlertThresholds.ShortAheadThresholds limits = thresholds.shortAhead();
        Optional<FailureProbability> within = forecast.getFailureList().stream()
                .filter(FailureProbability::hasShort)
                .min(Comparator.comparingDouble(f -> Math.abs(f.getCycles() - limits.horizonCycles())));
        Quantiles probability = within.map(FailureProbability::getShort).orElse(Quantiles.getDefaultInstance());
        AlertLevel raise = worse(judged(forecast.getShortJudgement()), level(probability, limits, 1));
        AlertLevel hold = worse(raise, level(probability, limits, HOLD_SHARE));
        if (hold == AlertLevel.NONE) {
            return Judgement.CALM;
        }
        double cycles = within.map(FailureProbability::getCycles).orElse(limits.horizonCycles());
        String warning = forecast.getDendrite().getWarning();
        return new Judgement(
                raise,
                hold,
                Evidence.now(
                                raise == AlertLevel.CRITICAL
                                        ? "A short is near"
                                        : "A short within the horizon is likely",
                                forecast.getDendrite().getIsIndex()
                                        ? "short probability within the horizon (an index: it orders cells)"
                                        : "short probability within the horizon",
                                "",
                                probability.getP50(),
                                probability.getP05(),
                                probability.getP95(),
                                raise == AlertLevel.CRITICAL
                                        ? limits.criticalProbability()
                                        : limits.warningProbability(),
                                "Lithium grows through the membrane: " + reasons(forecast.getShortJudgement())
                                        + (warning.isEmpty() ? "" : ". " + warning),
                                raise == AlertLevel.CRITICAL
                                        ? "Plan to stop the cell before the horizon; watch its rests and its charge balance."
                                        : "Lower the charging current, or watch the cell's rests and its charge balance.")
                        .inCycles(cycles));
    }

    private static AlertLevel level(Quantiles probability, AlertThresholds.ShortAheadThresholds limits, double share) {
        if (probability.getP05() >= share * limits.criticalProbability()) {
            return AlertLevel.CRITICAL;
        }
        return probability.getP05() >= share * limits.warningProbability() ? AlertLevel.WARNING : AlertLevel.NONE;
    }

    private static AlertLevel judged(ShortJudgement judgement) {
        return switch (judgement.getLevel()) {
            case CRITICAL -> AlertLevel.CRITICAL;
            // a single sign of a soft short is told by the rule that looks at every state, once
            case WARNING ->
                judgement.getReasonList().contains(ShortRule.SHORT_PROBABILITY) ? AlertLevel.WARNING : AlertLevel.NONE;
            default -> AlertLevel.NONE;
        };
    }

    private static AlertLevel worse(AlertLevel one, AlertLevel other) {
        return one.atLeast(other) ? one : other;
    }

    private static String reasons(ShortJudgement judgement) {
        return judgement.getReasonList().isEmpty()
                ? "the accumulated damage says so"
                : String.join(", ", judgement.getReasonList());
    }
}
