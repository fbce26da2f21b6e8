package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.RemainingLife;
import java.util.Optional;

/** A knee ahead: in the median of the ensemble's futures, capacity begins to fall steeply within the horizon. */
final class KneeAhead implements Rule<Forecast> {
    /** An open alert stays open until the knee is so many times the horizon away [1]. */
    private static final double HOLD_HORIZONS = 1.5;

    @Override
    public String code() {
        return "knee-ahead";
    }

    @Override
    public Judgement judge(Forecast forecast, CellMemory memory, AlertThresholds thresholds) {
        AlertThresholds.LifeThresholds limits = thresholds.life();
        Optional<Judgement> silent = Lives.silent(forecast);
        if (silent.isPresent()) {
            return silent.get();
        }
        RemainingLife knee = forecast.getToKnee();
        double median = knee.getCycles().getP50();
        if (knee.getShareWithinHorizon() < 0.5 || !(median <= HOLD_HORIZONS * limits.kneeHorizonCycles())) {
            return Judgement.CALM;
        }
        return new Judgement(
                median <= limits.kneeHorizonCycles() ? AlertLevel.WARNING : AlertLevel.NONE,
                AlertLevel.WARNING,
                Evidence.now(
                                "Capacity will begin to fall steeply",
                                "cycles until the fade steepens",
                                "cycles",
                                median,
                                knee.getCycles().getP05(),
                                knee.getCycles().getP95(),
                                limits.kneeHorizonCycles(),
                                "The spare lithium ends, or polarisation brings the charge to its voltage limit early.",
                                "Look at the forecast of this cell: which quantity turns first. Decide whether the test is to go on past the knee.")
                        .inCycles(knee.getHorizonCycles()));
    }
}
