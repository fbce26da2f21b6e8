package io.pouchtwin.twin.forecast.validation;

import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.ForecastRecord;
import io.pouchtwin.contracts.v1.Quantiles;
import io.pouchtwin.contracts.v1.ShortJudgement;
import io.pouchtwin.twin.forecast.DesignKnowledge;
import io.pouchtwin.twin.forecast.Forecaster;
import io.pouchtwin.twin.forecast.ShortRule;
import java.util.ArrayList;
import java.util.List;

/**
 * How the forecasts of one life came out.
 *
 * @param record the life
 * @param forecasts all of them
 * @param endCycle cycle at which the discharge first fell below 80 %; 0: never
 * @param own the forecaster's own record: capacities ahead
 * @param remaining forecasts of the remaining life, made from the fifth complete cycle on, that came due
 * @param remainingInside how many of them held in their 90 % interval
 * @param atHalfLife error of the median over the truth, from the forecast nearest to half of the life; NaN: the life did not end
 * @param criticalAtH when the short was first judged critical, by samples or forecasts; infinite for never [h]
 */
record LifeScore(
        LifeRecord record,
        List<Forecast> forecasts,
        int endCycle,
        ForecastRecord own,
        int remaining,
        int remainingInside,
        AtHalfLife atHalfLife,
        double criticalAtH) {
    private static final double END_OF_LIFE = 0.8;

    /**
     * The forecast of the remaining life that was made nearest to half of the life.
     *
     * @param truth cycles that remained; NaN where the life did not end
     * @param forecast what was expected
     */
    record AtHalfLife(double truth, Quantiles forecast) {
        /** Whether there is anything to score. */
        boolean exists() {
            return !Double.isNaN(truth);
        }

        /** Error of the median over the truth. */
        double error() {
            return (forecast.getP50() - truth) / truth;
        }

        /** Whether the truth lies in the 90 % interval. */
        boolean inside() {
            return forecast.getP05() <= truth && truth <= forecast.getP95();
        }
    }

    /** What is known of all cells of this life's design. */
    static DesignKnowledge knowledge(Fate fate) {
        return DesignKnowledge.of(fate.design(), ParameterLibrary.shipped().cell(fate.design()));
    }

    /** Forecasts along a life. */
    static LifeScore of(LifeRecord life, DesignKnowledge knowledge) {
        Forecaster forecaster =
                Forecaster.begin(life.fate().mode().name() + life.seed(), knowledge, ShortRule.standard());
        List<Forecast> forecasts = new ArrayList<>();
        double critical = life.calledAtH();
        for (ForecastBasis basis : life.bases()) {
            Forecast forecast = forecaster.accept(basis, List.of()).orElse(null);
            if (forecast != null) {
                forecasts.add(forecast);
                if (forecast.getShortJudgement().getLevel() == ShortJudgement.Level.CRITICAL) {
                    critical = Math.min(critical, basis.getEndTestTimeS() / 3600);
                }
            }
        }
        ForecastRecord own = forecasts.isEmpty()
                ? ForecastRecord.getDefaultInstance()
                : forecasts.get(forecasts.size() - 1).getCellRecord();
        int end = life.fate().mode() == Fate.Mode.SHORT ? 0 : endCycle(life, forecasts);
        int due = 0;
        int inside = 0;
        AtHalfLife half = new AtHalfLife(Double.NaN, Quantiles.getDefaultInstance());
        double nearest = Double.POSITIVE_INFINITY;
        for (Forecast f : forecasts) {
            double truth = end - (double) f.getCycleCount();
            if (end == 0 || truth < 1 || f.getRates().getLearntFromCycles() < 5) {
                continue;
            }
            AtHalfLife one = new AtHalfLife(truth, f.getTo80Percent().getCycles());
            due++;
            inside += one.inside() ? 1 : 0;
            double away = Math.abs(f.getCycleCount() - 0.5 * end);
            if (away < nearest) {
                nearest = away;
                half = one;
            }
        }
        return new LifeScore(life, forecasts, end, own, due, inside, half, critical);
    }

    private static int endCycle(LifeRecord life, List<Forecast> forecasts) {
        if (forecasts.isEmpty()) {
            return 0;
        }
        double floor = END_OF_LIFE * forecasts.get(0).getReferenceCapacityAh();
        for (ForecastBasis basis : life.bases()) {
            if (basis.getComplete() && basis.getDischargeAh() < floor) {
                return basis.getCycleCount();
            }
        }
        return 0;
    }
}
