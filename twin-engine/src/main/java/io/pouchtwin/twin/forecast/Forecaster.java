package io.pouchtwin.twin.forecast;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.risk.PlatingLoad;
import io.pouchtwin.cell.risk.ShortOutlook;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.ForecastRequest;
import io.pouchtwin.contracts.v1.ForecasterState;
import io.pouchtwin.contracts.v1.ScoreSums;
import io.pouchtwin.contracts.v1.ShortJudgement;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.twin.cycle.CycleScatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts of one cell: takes in the end of each cycle, learns from it, scores what was due, and says what comes.
 *
 * <p>A function of the cycles taken in alone; what {@link #save} wrote continues to the bit. Belongs to one thread.
 */
public final class Forecaster {
    /** Version of the saved state. */
    public static final int STATE_VERSION = 3;
    /** How far a forecast looks unless asked otherwise [cycle]. */
    public static final int USUAL_CYCLES = 1000;

    private static final int MOST_CYCLES = 5000;
    private static final double ZERO_CELSIUS_K = 273.15;
    private static final double COULOMB_PER_AH = 3600;
    /** A discharge of less than this share of the reference is no measurement of capacity: a broken cycle, or a short [1]. */
    private static final double NO_DISCHARGE = 0.3;

    /** Belief in exhausted lithium from which discharges no longer teach the rates [1]. */
    private static final double EXHAUSTED_FROM = 0.3;

    /** What single discharges of such cells depart by from their smooth course, of the reference charge [1]. */
    private static final double USUAL_SCATTER = 0.001;

    private final String cell;
    private final DesignKnowledge design;
    private final ShortRule rule;
    private final ScoreBook scores = new ScoreBook();
    private final ShortOutlook shorts;
    private @Nullable Learnt learnt;
    private ForecastBasis last = ForecastBasis.getDefaultInstance();
    private double criticalSinceS = Double.NaN;
    private boolean hardShort;

    /** Everything that exists once the first complete cycle was seen. */
    private static final class Learnt {
        final Map<MemberParameter, double[]> members;
        final Programme learntUnder;
        final double learntTemperatureK;
        final double referenceC;
        final AgeingLearner learner;
        final InventoryBelief lithium;
        final CycleScatter scatter = new CycleScatter(USUAL_SCATTER);
        final LoadScaling scaling;
        final ForecastBasis first;
        ForecastBasis programmeBasis;
        Programme running;
        CapacityResponse response;
        int cycle;
        int cyclesLearnt;
        double cycleDurationS;

        Learnt(Forecaster of, ForecastBasis first) {
            this.first = first;
            programmeBasis = first;
            members = MemberRows.byParameter(first.getParameterList(), first.getMemberValues(), first.getMembers());
            learntUnder = Programme.running(first);
            learntTemperatureK = first.getMeanTemperatureDegc() + ZERO_CELSIUS_K;
            referenceC = first.getDischargeAh() * COULOMB_PER_AH;
            double area = of.areaM2();
            learner = new AgeingLearner(
                    of.cell, first.getMembers(), area / learntUnder.dischargeA(), of.design.cathodeLossPerCycle());
            lithium = new InventoryBelief(
                    of.cell,
                    of.design.lithiumLoss(),
                    of.design.lithiumLossSigma(),
                    of.design.foilCPerM2(),
                    first.getCycleCount() <= 3);
            scatter.see(first.getCycleCount(), 1);
            scaling = new LoadScaling(
                    of.design.laws(first.getMembers()),
                    area,
                    of.design.parameters().requireCathode().arealChargeCPerM2(),
                    learntUnder,
                    referenceC,
                    learntTemperatureK);
            running = learntUnder;
            response = table(of, running, learntTemperatureK);
            cycle = first.getCycleCount();
        }

        int learningLength() {
            return AgeingLearner.ROWS * learner.row(0).length
                    + CycleScatter.SAVED_LENGTH
                    + InventoryBelief.SAVED_LENGTH;
        }

        double[] saveLearning() {
            double[] learning = new double[learningLength()];
            int lithiumAt = learning.length - InventoryBelief.SAVED_LENGTH;
            learner.save(learning, 0);
            scatter.save(learning, lithiumAt - CycleScatter.SAVED_LENGTH);
            lithium.save(learning, lithiumAt);
            return learning;
        }

        void restoreLearning(double[] learning) {
            int lithiumAt = learning.length - InventoryBelief.SAVED_LENGTH;
            learner.restore(learning, 0);
            scatter.restore(learning, lithiumAt - CycleScatter.SAVED_LENGTH);
            lithium.restore(learning, lithiumAt);
        }

        CapacityResponse table(Forecaster of, Programme programme, double temperatureK) {
            int n = learner.row(0).length;
            return CapacityResponse.of(of.design.coarse(), n, members, programme, temperatureK);
        }
    }

    private Forecaster(String cell, DesignKnowledge design, ShortRule rule) {
        this.cell = cell;
        this.design = design;
        this.rule = rule;
        this.shorts = new ShortOutlook(design.membrane(), design.parameters().areaM2(), design.shortLaws());
    }

    /** Of a cell that was not seen yet. */
    public static Forecaster begin(String cell, DesignKnowledge design, ShortRule rule) {
        return new Forecaster(cell, design, rule);
    }

    private double areaM2() {
        return design.parameters().areaM2();
    }

    /**
     * Takes in a cycle that ended; a forecast comes from the second complete one on.
     *
     * @param others what the other cells' forecasts have shown, to be served beside
     */
    public Optional<Forecast> accept(ForecastBasis basis, Iterable<ScoreSums> others) {
        if (basis.getChargeAh() > 0 && basis.getChargeCurrentA() > 0) {
            PlatingLoad load = load(basis, basis.getChargeCurrentA(), basis.getChargeAh() * COULOMB_PER_AH);
            shorts.add(load, load.platingS());
        }
        judgeShort(basis);
        last = basis;
        if (!basis.getComplete() || basis.getDischargeCurrentA() <= 0 || basis.getMembers() == 0) {
            return Optional.empty();
        }
        Learnt now = learnt;
        if (now == null) {
            learnt = new Learnt(this, basis);
            learnt.cycleDurationS = basis.getEndTestTimeS() - basis.getStartTestTimeS();
            return Optional.empty();
        }
        double dischargeC = basis.getDischargeAh() * COULOMB_PER_AH;
        if (dischargeC < NO_DISCHARGE * now.referenceC) {
            return Optional.empty();
        }
        learn(now, basis, dischargeC);
        LifeAhead life = lifeAhead(now, now.running, temperatureK(basis), USUAL_CYCLES, now.response);
        Forecast.Builder forecast = describe(now, basis, now.running, life, USUAL_CYCLES);
        // a discharge of a cell that is shorting says nothing of its capacity: what is due is not scored, nothing new
        // is
        if (forecast.getShortJudgement().getLevel() == ShortJudgement.Level.CRITICAL) {
            scores.withdraw();
        } else {
            scores.came(basis.getCycleCount(), dischargeC / now.referenceC);
            scores.made(
                    basis.getCycleCount(),
                    life,
                    now.referenceC,
                    forecast.getTo80Percent().getCycles(),
                    USUAL_CYCLES);
        }
        ScoreSums all = ScoreBook.together(List.of(ScoreBook.together(others), scores.sums()));
        return Optional.of(forecast.setCellRecord(ScoreBook.record(scores.sums()))
                .setOverallRecord(ScoreBook.record(all))
                .build());
    }

    private void judgeShort(ForecastBasis basis) {
        if (basis.getSoftShort().getCalled() && Double.isNaN(criticalSinceS)) {
            criticalSinceS = basis.getEndTestTimeS();
        }
        Learnt now = learnt;
        boolean gone = now != null
                && basis.getDischargeAh() * COULOMB_PER_AH < 0.05 * now.referenceC
                && basis.getChargeAh() * COULOMB_PER_AH > 1.5 * now.referenceC;
        if (gone && !hardShort) {
            hardShort = true;
            double lead = Double.isNaN(criticalSinceS) ? 0 : (basis.getEndTestTimeS() - criticalSinceS) / 3600;
            scores.shorted(lead);
        }
    }

    private void learn(Learnt now, ForecastBasis basis, double dischargeC) {
        Programme running = Programme.running(basis);
        double temperature = temperatureK(basis);
        if (!running.like(now.running)) {
            now.running = running;
            now.programmeBasis =
                    basis.toBuilder().clearParameter().clearMemberValues().build();
            now.response = now.table(this, running, temperature);
            now.learner.newTable(basis.getCycleCount());
            now.scatter.forgetLast();
        }
        double cycles = Math.max(0, basis.getCycleCount() - now.cycle);
        int n = now.learner.row(0).length;
        double[] growth = new double[n];
        double[] loss = new double[n];
        for (int j = 0; j < n; j++) {
            growth[j] = now.scaling.growth(j, running, dischargeC, temperature);
            loss[j] = now.scaling.loss(
                    j, running, dischargeC, Elementary.exp(now.learner.row(AgeingLearner.LOG_ACTIVE)[j]), temperature);
        }
        now.learner.pass(cycles, growth, loss, basis.getCycleCount());
        now.lithium.plate(cycles * basis.getChargeAh() * COULOMB_PER_AH / areaM2());
        double[] expected = now.learner.expected(now.response, now.referenceC);
        double share = dischargeC / now.referenceC;
        double referencePerArea = now.referenceC / areaM2();
        if (now.cyclesLearnt >= 3) {
            now.lithium.see((expected[0] - share) * referencePerArea, expected[1] * referencePerArea, referencePerArea);
        }
        if (now.lithium.exhausted() < EXHAUSTED_FROM) {
            double meanVoltage = basis.getDischargeEnergyWh() / basis.getDischargeAh();
            now.scatter.see(basis.getCycleCount(), share);
            now.learner.see(now.response, share, now.scatter.sigma(), meanVoltage, now.referenceC, true);
        }
        now.cycle = basis.getCycleCount();
        now.cyclesLearnt++;
        now.cycleDurationS = (basis.getEndTestTimeS() - basis.getStartTestTimeS());
    }

    private static double temperatureK(ForecastBasis basis) {
        return basis.getMeanTemperatureDegc() + ZERO_CELSIUS_K;
    }

    private LifeAhead lifeAhead(
            Learnt now, Programme programme, double temperatureK, int cycles, CapacityResponse response) {
        int futures = now.learner.row(0).length * LifeAhead.LITHIUM_PER_MEMBER;
        return LifeAhead.of(
                new LifeAhead.From(
                        now.learner,
                        response,
                        now.scaling,
                        now.lithium.sample(futures),
                        programme,
                        temperatureK,
                        areaM2(),
                        now.referenceC,
                        now.scatter.sigma()),
                cycles);
    }

    private Forecast.Builder describe(
            Learnt now, ForecastBasis basis, Programme programme, LifeAhead life, int cycles) {
        double perHour = now.cycleDurationS / 3600;
        ForecastText text = new ForecastText(design, now.learner, life, perHour, now.referenceC, cycles);
        double plated = Math.min(basis.getChargeAh(), basis.getDischargeAh()) * COULOMB_PER_AH;
        PlatingLoad load = load(basis, programme.chargeA(), plated);
        ShortJudgement judgement = judge(basis, load, perHour);
        return text.fill(basis, programme, shorts, load, rule)
                .setShortJudgement(judgement)
                .setRates(text.rates(now.lithium.sample(256).loss(), now.cyclesLearnt))
                .setTrusted(basis.getTrust() == TrustState.TRUST_STATE_TRUSTED && now.cyclesLearnt >= 3);
    }

    private ShortJudgement judge(ForecastBasis basis, PlatingLoad load, double cycleH) {
        double cycles = rule.horizonH() / Math.max(cycleH, 1e-3);
        return rule.judge(
                basis.getSoftShort(), ForecastText.between(shorts.probability(load, cycles * load.platingS())));
    }

    private PlatingLoad load(ForecastBasis basis, double currentA, double chargeC) {
        return new PlatingLoad(currentA / areaM2(), Math.max(1, chargeC / areaM2()), temperatureK(basis), areaM2());
    }

    /**
     * A forecast from the last cycle under another programme; nothing is learnt and nothing scored.
     *
     * @throws IllegalArgumentException where the programme asked for makes no sense
     */
    public Optional<Forecast> whatIf(ForecastRequest request) {
        Learnt now = learnt;
        if (now == null) {
            return Optional.empty();
        }
        int cycles = request.hasCycles() ? request.getCycles() : USUAL_CYCLES;
        if (cycles < 1 || cycles > MOST_CYCLES) {
            throw new IllegalArgumentException("cycles: " + cycles + ", expected 1 to " + MOST_CYCLES);
        }
        Programme asked = now.running.with(request);
        Programme.requireWithin(
                request, design.parameters().window(), design.parameters().nominalCapacityC());
        boolean other = !asked.like(now.running);
        double warmer = asked.ambientK() - now.running.ambientK();
        double temperature = temperatureK(last) + warmer;
        CapacityResponse response = other ? now.table(this, asked, temperature) : now.response;
        LifeAhead life = lifeAhead(now, asked, temperature, cycles, response);
        return Optional.of(describe(now, last, asked, life, cycles)
                .setWhatIf(other)
                .setCellRecord(ScoreBook.record(scores.sums()))
                .build());
    }

    /** What this cell's forecasts have shown. */
    public ScoreSums sums() {
        return scores.sums();
    }

    /** Everything that the next call depends on. */
    public ForecasterState save() {
        ForecasterState.Builder state = ForecasterState.newBuilder()
                .setVersion(STATE_VERSION)
                .setCell(cell)
                .setLastBasis(last);
        scores.save(state);
        if (!Double.isNaN(criticalSinceS)) {
            state.setCriticalSinceTestTimeS(criticalSinceS);
        }
        double[] exposure = shorts.save();
        state.setExposure(MemberRows.pack(List.of(exposure), exposure.length));
        Learnt now = learnt;
        if (now != null) {
            double[] learning = now.saveLearning();
            state.setLearning(MemberRows.pack(List.of(learning), learning.length))
                    .setFirstBasis(now.first)
                    .setProgrammeBasis(now.programmeBasis)
                    .setLastLearntCycle(now.cycle)
                    .setCyclesLearnt(now.cyclesLearnt)
                    .setCycleDurationS(now.cycleDurationS)
                    .setReferenceCapacityAh(now.referenceC / COULOMB_PER_AH);
        }
        return state.build();
    }

    /**
     * The forecaster that {@link #save} was taken of.
     *
     * @throws IllegalArgumentException where the state is of another version
     */
    public static Forecaster restore(ForecasterState state, DesignKnowledge design, ShortRule rule) {
        if (state.getVersion() != STATE_VERSION) {
            throw new IllegalArgumentException(
                    "version: " + state.getVersion() + ", expected " + STATE_VERSION + "; the forecaster begins anew");
        }
        Forecaster forecaster = begin(state.getCell(), design, rule);
        forecaster.last = state.getLastBasis();
        forecaster.scores.restore(state);
        forecaster.hardShort = state.getSums().hasShortLeadTimeH();
        forecaster.criticalSinceS = state.hasCriticalSinceTestTimeS() ? state.getCriticalSinceTestTimeS() : Double.NaN;
        forecaster.shorts.restore(MemberRows.unpack(state.getExposure()));
        if (state.hasFirstBasis()) {
            Learnt now = new Learnt(forecaster, state.getFirstBasis());
            now.restoreLearning(MemberRows.unpack(state.getLearning()));
            now.programmeBasis = state.getProgrammeBasis();
            now.running = Programme.running(now.programmeBasis);
            if (!now.running.equals(now.learntUnder)) {
                now.response = now.table(forecaster, now.running, temperatureK(now.programmeBasis));
            }
            now.cycle = state.getLastLearntCycle();
            now.cyclesLearnt = state.getCyclesLearnt();
            now.cycleDurationS = state.getCycleDurationS();
            forecaster.learnt = now;
        }
        return forecaster;
    }
}
