package io.pouchtwin.twin.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.pouchtwin.contracts.v1.CellSilence;
import io.pouchtwin.contracts.v1.DendriteRisk;
import io.pouchtwin.contracts.v1.FailureProbability;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.Freshness;
import io.pouchtwin.contracts.v1.Quantiles;
import io.pouchtwin.contracts.v1.RemainingLife;
import io.pouchtwin.contracts.v1.ShortJudgement;
import io.pouchtwin.contracts.v1.ShortSign;
import io.pouchtwin.contracts.v1.SoftShort;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.forecast.ShortRule;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final AlertThresholds STANDARD = AlertThresholds.standard();
    private static final DesignFacts UNCOOLED = new DesignFacts(2.8, 4.3, Double.POSITIVE_INFINITY);
    private static final CellMemory NOTHING = new CellMemory(new Trail(), 0);

    @Test
    void temperatureLooksAheadAlongItsSlopeButNotBeyondTheEndOfTheCharge() {
        // 0.1 K/s for 300 s
        TemperatureAhead rule = new TemperatureAhead(design -> Optional.of(UNCOOLED));
        Trail trail = warming(3.8, 0, StepType.STEP_TYPE_CC_CHARGE);
        Judgement far = rule.judge(warming(10, 3.8), new CellMemory(trail, 0), STANDARD);
        assertThat(far.raise()).isEqualTo(AlertLevel.CRITICAL);
        assertThat(evidence(far).value()).isCloseTo(70, offset(0.01));
        // the charge ends after 0.38 Ah * 0.1 / 1.9 A = 72 s
        TwinState nearlyFull =
                warming(10, 3.8).toBuilder().setSoc(States.estimate(0.9, 0.01)).build();
        assertThat(evidence(rule.judge(nearlyFull, new CellMemory(trail, 0), STANDARD))
                        .horizonS())
                .isCloseTo(72, offset(0.01));
        // 4 mV/s from 4.16 V to the limit at 4.3 V: 35 s
        Trail rising = warming(3.76, 0.04, StepType.STEP_TYPE_CC_CHARGE);
        assertThat(evidence(rule.judge(warming(10, 4.16), new CellMemory(rising, 0), STANDARD))
                        .horizonS())
                .isCloseTo(35, offset(0.01));
    }

    @Test
    void aChargeThatIsHeldAtItsLimitGoesOnToMakeHeatBeyondIt() {
        TemperatureAhead rule = new TemperatureAhead(design -> Optional.of(UNCOOLED));
        TwinState nearLimit = warming(10, 4.16).toBuilder()
                .setCycleCount(2)
                .setSoc(States.estimate(0.8, 0.01))
                .build();
        // the charge was held in the cycle before: 35 s to the limit, then half of the 144 s - 35 s that are missing
        Trail rising = warming(3.76, 0.04, StepType.STEP_TYPE_CV_CHARGE);
        assertThat(evidence(rule.judge(nearLimit, new CellMemory(rising, 0), STANDARD))
                        .horizonS())
                .isCloseTo(89.5, offset(0.01));
        // and in the hold itself half of what is missing, whichever way the voltage's noise goes
        TwinState holding = nearLimit.toBuilder()
                .setStepType(StepType.STEP_TYPE_CV_CHARGE)
                .setVoltageMeasuredV(4.3)
                .build();
        assertThat(evidence(rule.judge(holding, new CellMemory(rising, 0), STANDARD))
                        .horizonS())
                .isCloseTo(72, offset(0.01));
    }

    @Test
    void aDesignThatIsCooledComesToAnEndAndTheIntervalReachesToOneThatIsNot() {
        Trail trail = warming(3.8, 0, StepType.STEP_TYPE_CC_CHARGE);
        TemperatureAhead rule = new TemperatureAhead(design -> Optional.of(new DesignFacts(2.8, 4.3, 100)));
        Judgement judged = rule.judge(warming(10, 3.8), new CellMemory(trail, 0), STANDARD);
        // 40 degC + 0.1 K/s * 100 s * (1 - exp(-3))
        assertThat(evidence(judged).value()).isCloseTo(49.50, offset(0.01));
        assertThat(judged.raise()).isEqualTo(AlertLevel.WARNING);
        assertThat(evidence(judged).high()).isGreaterThan(70);
    }

    /** A state of a cell that warms by 1 K each 10 s and charges with half of its charge to come. */
    private static TwinState warming(int sequence, double voltageV) {
        return States.well(sequence)
                .setTemperatureMeasuredDegc(30 + sequence)
                .setVoltageMeasuredV(voltageV)
                .build();
    }

    /** Ten such states, behind one of the type. */
    private static Trail warming(double voltageV, double voltsEach, StepType first) {
        Trail trail = new Trail();
        trail.take(warming(0, voltageV).toBuilder()
                .setStepType(first)
                .setStepCount(99)
                .build());
        for (int i = 1; i <= 10; i++) {
            trail.take(warming(i, voltageV + voltsEach * i));
        }
        return trail;
    }

    @Test
    void aTemperatureThatNobodyMeasuresAndATwinThatIsLostPredictsIsNotKnown() {
        TemperatureAhead rule = new TemperatureAhead(design -> Optional.empty());
        TwinState.Builder hot = States.well(1).clearTemperatureMeasuredDegc();
        hot.setTemperaturePredictedDegc(States.estimate(70, 1));
        assertThat(rule.judge(hot.build(), NOTHING, STANDARD).raise()).isEqualTo(AlertLevel.CRITICAL);
        hot.setTrust(TrustState.TRUST_STATE_DIVERGED);
        assertThat(rule.judge(hot.build(), NOTHING, STANDARD)).isEqualTo(Judgement.UNKNOWN);
        assertThat(rule.judge(hot.setTemperatureMeasuredDegc(70).build(), NOTHING, STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.CRITICAL);
    }

    @Test
    void aVoltageThatEndsItsStepAtTheWindowIsNoLimitAhead() {
        LimitAhead rule = new LimitAhead(design -> Optional.of(UNCOOLED));
        assertThat(rule.judge(States.well(1).setVoltageMeasuredV(4.305).build(), NOTHING, STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.NONE);
        assertThat(rule.judge(States.well(1).setVoltageMeasuredV(4.33).build(), NOTHING, STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.WARNING);
        assertThat(rule.judge(States.well(1).setVoltageMeasuredV(4.36).build(), NOTHING, STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.CRITICAL);
        // below the lower end while charging is where a deeply discharged cell begins
        assertThat(rule.judge(States.well(1).setVoltageMeasuredV(2.5).build(), NOTHING, STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.NONE);
        assertThat(rule.judge(
                                States.well(1)
                                        .setCurrentA(-1)
                                        .setVoltageMeasuredV(2.7)
                                        .build(),
                                NOTHING,
                                STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.CRITICAL);
    }

    @Test
    void readingsThatHangAndTestersThatAreSilentAreTold() {
        assertThat(new FrozenReading()
                        .judge(
                                States.well(1)
                                        .setFreshness(Freshness.FRESHNESS_FROZEN)
                                        .build(),
                                NOTHING,
                                STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.WARNING);
        assertThat(new FrozenReading()
                        .judge(
                                States.well(1)
                                        .setFreshness(Freshness.FRESHNESS_FROZEN)
                                        .setTrust(TrustState.TRUST_STATE_DIVERGED)
                                        .build(),
                                NOTHING,
                                STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.NONE);
        assertThat(new FrozenReading()
                        .judge(
                                States.well(1)
                                        .setFreshness(Freshness.FRESHNESS_FROZEN)
                                        .setSoftShort(States.signs(2, 2, true))
                                        .build(),
                                NOTHING,
                                STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.NONE);
        assertThat(silence(59)).isEqualTo(AlertLevel.NONE);
        assertThat(silence(61)).isEqualTo(AlertLevel.WARNING);
        assertThat(silence(601)).isEqualTo(AlertLevel.CRITICAL);
    }

    @Test
    void aSoftShortIsToldWithTheLeakAndItsInterval() {
        ShortSign leak = ShortSign.newBuilder()
                .setValue(0.004)
                .setLow(0.003)
                .setHigh(0.005)
                .setSpeaksFrom(0.002)
                .build();
        ShortSign fall = ShortSign.newBuilder()
                .setValue(7)
                .setLow(6)
                .setHigh(8)
                .setSpeaksFrom(3)
                .build();
        SoftShort.Builder signs = SoftShort.newBuilder().setLeakCurrentA(leak).setRestFallMvPerH(fall);
        Evidence balance = softShort(signs.setChargeBalanceLevel(2).setRestDriftLevel(0.5));
        assertThat(balance.unit()).isEqualTo("mA");
        assertThat(balance.value()).isEqualTo(4);
        assertThat(balance.low()).isEqualTo(3);
        assertThat(balance.high()).isEqualTo(5);
        assertThat(balance.threshold()).isEqualTo(2);
        Evidence drift = softShort(signs.setChargeBalanceLevel(0.5).setRestDriftLevel(2));
        assertThat(drift.unit()).isEqualTo("mV/h");
        assertThat(drift.low()).isEqualTo(6);
        // of a short that is called the leak is what counts
        assertThat(softShort(signs.setCalled(true)).unit()).isEqualTo("mA");
    }

    private static Evidence softShort(SoftShort.Builder signs) {
        return evidence(
                new SoftShortRule().judge(States.well(1).setSoftShort(signs).build(), NOTHING, STANDARD));
    }

    @Test
    void aTwinThatIsLostForLongIsCriticalUnlessAShortExplainsIt() {
        CellMemory hours = new CellMemory(new Trail(), 7200);
        TwinState lost =
                States.well(1).setTrust(TrustState.TRUST_STATE_DIVERGED).build();
        assertThat(new TrustRule().judge(lost, hours, STANDARD).raise()).isEqualTo(AlertLevel.CRITICAL);
        TwinState shorted =
                lost.toBuilder().setSoftShort(States.signs(2, 2, true)).build();
        assertThat(new TrustRule().judge(shorted, hours, STANDARD).raise()).isEqualTo(AlertLevel.WARNING);
    }

    private static AlertLevel silence(double seconds) {
        return new SilenceRule()
                .judge(CellSilence.newBuilder().setSilentForS(seconds).build(), NOTHING, STANDARD)
                .raise();
    }

    @Test
    void anIndexThatKnowsNothingIsSilentAndOneThatIsHighThroughoutIsCritical() {
        assertThat(shortAhead(0.001, 0.01, 0.9)).isEqualTo(AlertLevel.NONE);
        assertThat(shortAhead(0.000001, 0.6, 1)).isEqualTo(AlertLevel.NONE);
        assertThat(shortAhead(0.2, 0.3, 0.9)).isEqualTo(AlertLevel.WARNING);
        assertThat(shortAhead(0.6, 0.8, 0.95)).isEqualTo(AlertLevel.CRITICAL);
        Forecast oneSign = Forecast.newBuilder()
                .setShortJudgement(ShortJudgement.newBuilder()
                        .setLevel(ShortJudgement.Level.WARNING)
                        .addReason(ShortRule.REST_DRIFT))
                .build();
        assertThat(new ShortAhead().judge(oneSign, NOTHING, STANDARD).raise()).isEqualTo(AlertLevel.NONE);
        Forecast called = Forecast.newBuilder()
                .setShortJudgement(ShortJudgement.newBuilder().setLevel(ShortJudgement.Level.CRITICAL))
                .build();
        assertThat(new ShortAhead().judge(called, NOTHING, STANDARD).raise()).isEqualTo(AlertLevel.CRITICAL);
    }

    private static AlertLevel shortAhead(double low, double median, double high) {
        Forecast forecast = Forecast.newBuilder()
                .addFailure(FailureProbability.newBuilder().setCycles(1000).setShort(quantiles(1, 1, 1)))
                .addFailure(FailureProbability.newBuilder().setCycles(50).setShort(quantiles(low, median, high)))
                .setDendrite(DendriteRisk.newBuilder().setIsIndex(true))
                .build();
        return new ShortAhead().judge(forecast, NOTHING, STANDARD).raise();
    }

    @Test
    void exhaustionIsToldWhereItIsLikelyBeforeThePlannedEndAndCriticalWhereItIsNear() {
        assertThat(exhaustion(900, quantiles(200, 400, 600)).raise()).isEqualTo(AlertLevel.NONE);
        assertThat(exhaustion(100, quantiles(200, 400, 600)).raise()).isEqualTo(AlertLevel.WARNING);
        assertThat(exhaustion(100, quantiles(10, 30, 60)).raise()).isEqualTo(AlertLevel.CRITICAL);
        // some share of a design's cells ends within any stretch; that alone is no news
        assertThat(exhaustion(900, quantiles(20, 300, 1000)).raise()).isEqualTo(AlertLevel.NONE);
        // the first discharge that falls short: most still speaks for a cell as designed
        assertThat(exhaustion(10, quantiles(3, 1000, 1000)).raise()).isEqualTo(AlertLevel.WARNING);
    }

    private static Judgement exhaustion(int cycle, Quantiles cycles) {
        Forecast forecast = Forecast.newBuilder()
                .setTrusted(true)
                .setCycleCount(cycle)
                .setToLithiumExhaustion(RemainingLife.newBuilder()
                        .setShareWithinHorizon(1)
                        .setHorizonCycles(1000)
                        .setCycles(cycles))
                .build();
        return new LithiumExhaustionAhead().judge(forecast, NOTHING, STANDARD);
    }

    @Test
    void aKneeIsToldWhereTheMedianFutureHasItNearWithTheIntervalOfItsCycle() {
        assertThat(knee(quantiles(20, 60, 400)).raise()).isEqualTo(AlertLevel.NONE);
        Judgement near = knee(quantiles(20, 40, 400));
        assertThat(near.raise()).isEqualTo(AlertLevel.WARNING);
        assertThat(evidence(near).value()).isEqualTo(40);
        assertThat(evidence(near).low()).isEqualTo(20);
        assertThat(evidence(near).high()).isEqualTo(400);
    }

    private static Judgement knee(Quantiles cycles) {
        Forecast forecast = Forecast.newBuilder()
                .setTrusted(true)
                .setToKnee(RemainingLife.newBuilder()
                        .setShareWithinHorizon(1)
                        .setHorizonCycles(1000)
                        .setCycles(cycles))
                .build();
        return new KneeAhead().judge(forecast, NOTHING, STANDARD);
    }

    @Test
    void theEndOfLifeIsToldWhenItIsNearAndNeverByATwinThatIsNotTrusted() {
        Forecast.Builder forecast = Forecast.newBuilder()
                .setTo80Percent(RemainingLife.newBuilder()
                        .setShareWithinHorizon(1)
                        .setHorizonCycles(1000)
                        .setCycles(quantiles(20, 40, 80)));
        EndOfLifeAhead rule = new EndOfLifeAhead();
        // not even that it has become better: what was told before stays
        assertThat(rule.judge(forecast.build(), NOTHING, STANDARD)).isEqualTo(Judgement.UNKNOWN);
        assertThat(rule.judge(forecast.setTrusted(true).build(), NOTHING, STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.WARNING);
    }

    @Test
    void aCellThatShortsIsToldOfItsShortAndNotOfItsLife() {
        Forecast.Builder forecast = Forecast.newBuilder()
                .setTrusted(true)
                .setToLithiumExhaustion(near())
                .setTo80Percent(near());
        assertThat(new EndOfLifeAhead()
                        .judge(forecast.build(), NOTHING, STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.CRITICAL);
        forecast.setShortJudgement(ShortJudgement.newBuilder().setLevel(ShortJudgement.Level.CRITICAL));
        assertThat(new EndOfLifeAhead()
                        .judge(forecast.build(), NOTHING, STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.NONE);
        assertThat(new LithiumExhaustionAhead()
                        .judge(forecast.build(), NOTHING, STANDARD)
                        .raise())
                .isEqualTo(AlertLevel.NONE);
        assertThat(new ShortAhead().judge(forecast.build(), NOTHING, STANDARD).raise())
                .isEqualTo(AlertLevel.CRITICAL);
    }

    private static RemainingLife near() {
        return RemainingLife.newBuilder()
                .setShareWithinHorizon(1)
                .setHorizonCycles(1000)
                .setCycles(quantiles(1, 2, 3))
                .build();
    }

    private static Quantiles quantiles(double low, double median, double high) {
        return Quantiles.newBuilder()
                .setP05(low)
                .setP25((low + median) / 2)
                .setP50(median)
                .setP75((median + high) / 2)
                .setP95(high)
                .build();
    }

    private static Evidence evidence(Judgement judgement) {
        return Optional.ofNullable(judgement.evidence()).orElseThrow();
    }
}
