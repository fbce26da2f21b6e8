package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.RemainingLife;
import java.util.Optional;

/** Eighty per cent of the capacity are near. */
final class EndOfLifeAhead implements Rule<Forecast> {
    /** An open alert stays open until the median is so many times the threshold away [1]. */
    private static final double HOLD_THRESHOLDS = 1.3;

    @Override
    public String code() {
        return "end-of-life-ahead";
    }

    @Override
    public Judgement judge(Forecast forecast, CellMemory memory, AlertThresholds thresholds) {
        AlertThresholds.LifeThresholds limits = thresholds.life();
        Optional<Judgement> silent = Lives.silent(forecast);
        if (silent.isPresent()) {
            return silent.get();
        }
        if (!forecast.hasTo80Percent()) {
            return Judgement.CALM;
        }
        RemainingLife life = forecast.getTo80Percent();
        double median = life.getCycles().getP50();
        if (life.getShareWithinHorizon() < 0.5 || !(median <= HOLD_THRESHOLDS * limits.endOfLifeWarningCycles())) {
            return Judgement.CALM;
        }
        AlertLevel raise = median <= limits.endOfLifeCriticalCycles()
                ? AlertLevel.CRITICAL
                : median <= limits.endOfLifeWarningCycles() ? AlertLevel.WARNING : AlertLevel.NONE;
        boolean resistance = forecast.getPointsCount() > 0
                && forecast.getPoints(0).getResistanceHealth().getP50() > 1.5;
        return new Judgement(
                raise,
                raise == AlertLevel.CRITICAL ? raise : AlertLevel.WARNING,
                Evidence.now(
                                "80 % of the capacity are near",
                                "cycles to 80 % of the first capacity",
                                "cycles",
                                median,
                                life.getCycles().getP05(),
                                life.getCycles().getP95(),
                                raise == AlertLevel.CRITICAL
                                        ? limits.endOfLifeCriticalCycles()
                                        : limits.endOfLifeWarningCycles(),
                                resistance
                                        ? "Resistance has grown: the charge meets its voltage limit ever earlier."
                                        : "Active material or lithium is lost with each cycle.",
                                "Plan the end of the test, or look at a gentler programme in the forecast of this cell.")
                        .inCycles(life.getHorizonCycles()));
    }
}
