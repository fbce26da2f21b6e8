package io.pouchtwin.twin.forecast;

import io.pouchtwin.cell.risk.DendriteMargin;
import io.pouchtwin.cell.risk.InterfaceStability;
import io.pouchtwin.cell.risk.InterfaceStability.Pores;
import io.pouchtwin.cell.risk.LimitingCurrent;
import io.pouchtwin.cell.risk.PlatingLoad;
import io.pouchtwin.cell.risk.ShortOutlook;
import io.pouchtwin.contracts.v1.AgeingRates;
import io.pouchtwin.contracts.v1.Between;
import io.pouchtwin.contracts.v1.DendriteRisk;
import io.pouchtwin.contracts.v1.FailureProbability;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.ForecastPoint;
import io.pouchtwin.contracts.v1.Quantiles;
import io.pouchtwin.contracts.v1.RemainingLife;
import io.pouchtwin.contracts.v1.Stability;
import io.pouchtwin.twin.ensemble.RowStatistics;
import java.util.Arrays;

/** Turns a {@link LifeAhead} into the message: the door at which SI becomes the field's units. */
final class ForecastText {
    private static final double COULOMB_PER_AH = 3600;
    private static final double END_OF_LIFE = 0.8;
    private static final double MILLIAMPERE_PER_CM2 = 0.1;
    /** Horizons within which the probability of failure is given [cycle]. */
    private static final int[] HORIZONS = {10, 50, 200};

    private final DesignKnowledge design;
    private final AgeingLearner learner;
    private final LifeAhead life;
    private final double hoursPerCycle;
    private final double referenceC;
    private final int cycles;

    ForecastText(
            DesignKnowledge design,
            AgeingLearner learner,
            LifeAhead life,
            double hoursPerCycle,
            double referenceC,
            int cycles) {
        this.design = design;
        this.learner = learner;
        this.life = life;
        this.hoursPerCycle = hoursPerCycle;
        this.referenceC = referenceC;
        this.cycles = cycles;
    }

    static Between between(DendriteMargin.Range range) {
        return Between.newBuilder()
                .setValue(range.middle())
                .setLow(Math.min(range.low(), range.middle()))
                .setHigh(Math.max(range.high(), range.middle()))
                .build();
    }

    Forecast.Builder fill(
            ForecastBasis basis, Programme programme, ShortOutlook shorts, PlatingLoad load, ShortRule rule) {
        double[] toEnd = life.below(END_OF_LIFE * referenceC);
        double[] toExhaustion = life.exhausted();
        double[] toKnee = Knee.cycles(life.cycle, life.capacityC);
        Forecast.Builder forecast = Forecast.newBuilder()
                .setCell(basis.getCell())
                .setTestRun(basis.getTestRun())
                .setCycleCount(basis.getCycleCount())
                .setLastSequence(basis.getLastSequence())
                .setStepCount(basis.getStepCount())
                .setTestTimeS(basis.getEndTestTimeS())
                .setParameterSet(basis.getParameterSet())
                .setMembers(basis.getMembers())
                .setProgramme(programme.message(basis.getAreaCm2()))
                .setTo80Percent(remaining(toEnd))
                .setToLithiumExhaustion(remaining(toExhaustion))
                .setToKnee(remaining(toKnee))
                .setReferenceCapacityAh(referenceC / COULOMB_PER_AH)
                .setDendrite(dendrite(basis, shorts, load));
        if (basis.hasEndUnixTimeS()) {
            forecast.setUnixTimeS(basis.getEndUnixTimeS());
        }
        for (int n = 0; n < life.cycle.length; n++) {
            forecast.addPoints(point(n, basis, shorts, load));
        }
        for (int horizon : HORIZONS) {
            forecast.addFailure(failure(horizon, toEnd, toExhaustion, shorts, load));
        }
        forecast.addFailure(failure(rule.horizonH() / hoursPerCycle, toEnd, toExhaustion, shorts, load));
        return forecast;
    }

    private ForecastPoint point(int node, ForecastBasis basis, ShortOutlook shorts, PlatingLoad load) {
        double ahead = life.cycle[node];
        double[] resistance = new double[life.addedOhmM2[node].length];
        for (int j = 0; j < resistance.length; j++) {
            double grown = life.addedOhmM2[node][j] - life.addedOhmM2[0][j];
            resistance[j] = basis.getResistanceHealth().getValue()
                    + basis.getResistanceHealth().getSigma() * spread(j)
                    + grown / design.smallCurrentResistanceOhmM2();
        }
        double platingS = ahead * life.meanChargeShare[node] * load.platingS();
        return ForecastPoint.newBuilder()
                .setCycle(basis.getCycleCount() + ahead)
                .setElapsedH(ahead * hoursPerCycle)
                .setCapacityAh(Spread.of(life.discharges(ahead)).message(1 / COULOMB_PER_AH))
                .setResistanceHealth(Spread.of(resistance).message(1))
                .setLithiumShare(Spread.of(life.lithiumCPerM2[node]).message(1 / design.foilCPerM2()))
                .setShortProbability(quantiles(shorts.probability(load, platingS)))
                .build();
    }

    private double spread(int member) {
        double[] growth = learner.row(AgeingLearner.GROWTH);
        double mean = RowStatistics.mean(growth);
        double sigma = RowStatistics.sigma(growth, mean);
        return sigma > 0 ? (growth[member] - mean) / sigma : 0;
    }

    private static Quantiles quantiles(DendriteMargin.Range range) {
        return Quantiles.newBuilder()
                .setP05(range.low())
                .setP25(0.5 * (range.low() + range.middle()))
                .setP50(range.middle())
                .setP75(0.5 * (range.middle() + range.high()))
                .setP95(range.high())
                .build();
    }

    private RemainingLife remaining(double[] when) {
        double[] held = Arrays.stream(when).map(c -> Math.min(c, cycles)).toArray();
        Spread spread = Spread.of(held);
        return RemainingLife.newBuilder()
                .setShareWithinHorizon(Spread.of(when).shareUpTo(cycles))
                .setHorizonCycles(cycles)
                .setCycles(spread.message(1))
                .setHours(spread.message(hoursPerCycle))
                .build();
    }

    private FailureProbability failure(
            double horizon, double[] toEnd, double[] toExhaustion, ShortOutlook shorts, PlatingLoad load) {
        return FailureProbability.newBuilder()
                .setCycles(horizon)
                .setHours(horizon * hoursPerCycle)
                .setCapacity(Spread.of(toEnd).shareUpTo(horizon))
                .setLithiumExhaustion(Spread.of(toExhaustion).shareUpTo(horizon))
                .setShort(quantiles(shorts.probability(load, horizon * load.platingS())))
                .build();
    }

    private DendriteRisk dendrite(ForecastBasis basis, ShortOutlook shorts, PlatingLoad load) {
        double limiting = LimitingCurrent.of(design.parameters(), load.temperatureK());
        DendriteMargin margin = DendriteMargin.of(design.membrane(), load, design.shortLaws(), limiting);
        InterfaceStability.Outcome stable = design.stability(load.currentDensity(), load.temperatureK())
                .over(load.currentDensity(), load.chargePerHalfCycleCPerM2(), Pores.of(design.membrane()));
        DendriteRisk.Builder risk = DendriteRisk.newBuilder()
                .setCurrentOverCritical(between(margin.currentOverCritical()))
                .setCurrentDensityMaCm2(MILLIAMPERE_PER_CM2 * load.currentDensity())
                .setEffectiveCriticalMaCm2(scaled(between(margin.effectiveCriticalAPerM2()), MILLIAMPERE_PER_CM2))
                .setShareOfLimitingCurrent(margin.shareOfLimitingCurrent())
                .setStability(Stability.newBuilder()
                        .setGrowthExponent(stable.growthExponent())
                        .setWorstWavelengthUm(1e6 * stable.wavelengthM())
                        .setPeakOverMeanCurrent(stable.peakOverMean())
                        .setVerdict(
                                switch (stable.verdict()) {
                                    case EVEN -> Stability.Verdict.EVEN;
                                    case UNEVEN -> Stability.Verdict.UNEVEN;
                                    case RUNAWAY -> Stability.Verdict.RUNAWAY;
                                }))
                .setDamage(between(shorts.damage()))
                .setIsIndex(true)
                .setWarning(margin.warning());
        if (basis.hasSoftShort()) {
            risk.setSoftShort(basis.getSoftShort());
        }
        return risk.build();
    }

    private static Between scaled(Between b, double unit) {
        return Between.newBuilder()
                .setValue(unit * b.getValue())
                .setLow(unit * b.getLow())
                .setHigh(unit * b.getHigh())
                .build();
    }

    AgeingRates rates(double[] lithiumLoss, int cyclesLearnt) {
        double[] loss =
                Arrays.stream(learner.row(AgeingLearner.LOSS)).map(d -> -d).toArray();
        return AgeingRates.newBuilder()
                .setResistancePerCycle(
                        Spread.of(learner.row(AgeingLearner.GROWTH)).between(1 / design.smallCurrentResistanceOhmM2()))
                .setCathodeLossPerCycle(Spread.of(loss).between(1))
                .setLithiumLossShare(Spread.of(lithiumLoss).between(1))
                .setLearntFromCycles(cyclesLearnt)
                .build();
    }
}
