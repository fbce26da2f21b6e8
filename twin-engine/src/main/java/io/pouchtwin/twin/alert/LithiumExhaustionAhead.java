package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.RemainingLife;
import java.util.Optional;

/** Lithium that runs out before the planned end of the test. */
final class LithiumExhaustionAhead implements Rule<Forecast> {
    /** An open alert stays open until the probability has fallen to this share of the threshold [1]. */
    private static final double HOLD_SHARE = 0.7;

    /**
     * Within so few cycles nothing but a discharge that fell short makes an end likely [cycles]: what a design's cells lose is known so roughly that some share of them ends within any longer stretch, and every cell would be warned of in turn.
     */
    private static final double SUSPICION_CYCLES = 5;

    @Override
    public String code() {
        return "lithium-exhaustion-ahead";
    }

    private static final String CAUSE =
            "Each cycle loses lithium to the film; once the spare is gone capacity falls with every cycle.";

    private static final String ACTION =
            "Plan the test's end, or a foil with more lithium for the next cell. The interval is wide until the knee shows: voltage tells little of lithium.";

    @Override
    public Judgement judge(Forecast forecast, CellMemory memory, AlertThresholds thresholds) {
        AlertThresholds.LifeThresholds limits = thresholds.life();
        double left = limits.plannedCycles() - forecast.getCycleCount();
        Optional<Judgement> silent = Lives.silent(forecast);
        if (silent.isPresent()) {
            return silent.get();
        }
        if (!forecast.hasToLithiumExhaustion() || left <= 0) {
            return Judgement.CALM;
        }
        RemainingLife life = forecast.getToLithiumExhaustion();
        double horizon = Math.min(left, life.getHorizonCycles());
        double probability = within(life, horizon);
        double soon = within(life, Math.min(left, SUSPICION_CYCLES));
        double strength =
                Math.max(probability / limits.exhaustionProbability(), soon / limits.exhaustionNearProbability());
        if (!(strength >= HOLD_SHARE)) {
            return Judgement.CALM;
        }
        boolean told = strength >= 1;
        boolean near = probability >= limits.exhaustionProbability()
                && life.getCycles().getP50() <= limits.exhaustionCriticalCycles();
        boolean gone = near && life.getCycles().getP50() <= 0;
        AlertLevel raise = near ? AlertLevel.CRITICAL : told ? AlertLevel.WARNING : AlertLevel.NONE;
        boolean suspected = probability < limits.exhaustionProbability();
        return new Judgement(
                raise,
                near ? AlertLevel.CRITICAL : AlertLevel.WARNING,
                suspected
                        ? suspicion(soon, limits.exhaustionNearProbability(), Math.min(left, SUSPICION_CYCLES))
                        : exhaustion(life, gone, near ? limits.exhaustionCriticalCycles() : left, horizon));
    }

    private static Evidence suspicion(double probability, double threshold, double horizonCycles) {
        return Evidence.now(
                        "Lithium may run out soon: the last discharges fall short",
                        "probability that the spare lithium is used up",
                        "1",
                        probability,
                        Double.NaN,
                        Double.NaN,
                        threshold,
                        CAUSE,
                        ACTION)
                .inCycles(horizonCycles);
    }

    private static Evidence exhaustion(RemainingLife life, boolean gone, double threshold, double horizonCycles) {
        return Evidence.now(
                        gone ? "The spare lithium has run out" : "Lithium runs out before the planned end of the test",
                        "cycles until the spare lithium is used up",
                        "cycles",
                        life.getCycles().getP50(),
                        life.getCycles().getP05(),
                        life.getCycles().getP95(),
                        threshold,
                        gone
                                ? "Discharges end for want of lithium: from here on capacity falls by what each cycle loses."
                                : CAUSE,
                        ACTION)
                .inCycles(horizonCycles);
    }

    private static double within(RemainingLife life, double cycles) {
        return Math.min(QuantileCurve.probabilityBelow(life.getCycles(), cycles), life.getShareWithinHorizon());
    }
}
