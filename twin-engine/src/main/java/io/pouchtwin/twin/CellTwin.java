package io.pouchtwin.twin;

import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.Freshness;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinSnapshot;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.TwinOutcome.Restart;
import io.pouchtwin.twin.cycle.CycleRecord;
import io.pouchtwin.twin.cycle.FreshnessWatch;
import io.pouchtwin.twin.ensemble.CellDesign;
import io.pouchtwin.twin.ensemble.EnsembleModel;
import io.pouchtwin.twin.ensemble.Interval;
import io.pouchtwin.twin.ensemble.Quantity;
import io.pouchtwin.twin.ensemble.RowStatistics;
import io.pouchtwin.twin.ensemble.SquareRootUpdate;
import io.pouchtwin.twin.ensemble.StraightScale;
import io.pouchtwin.twin.ensemble.VoltageScale;
import io.pouchtwin.twin.forecast.CycleTally;
import io.pouchtwin.twin.softshort.SoftShortWatch;
import io.pouchtwin.twin.trust.TrustMonitor;
import java.util.Optional;

/**
 * The twin of one cell, in lockstep with its samples: predict with the measured current over tester time, compare
 * before the measured voltage is used, correct, say what is known now.
 *
 * <p>A function of the sequence of samples and the parameter set alone. The same samples give the same bits, however
 * they were batched and wherever the twin was saved and restored in between. A sample that is refused leaves the twin
 * as it was. Belongs to one thread.
 */
public final class CellTwin {
    /** Version of the snapshots that this class writes and reads. */
    public static final int SNAPSHOT_VERSION = 8;

    private static final double ZERO_CELSIUS_K = 273.15;

    private final String cell;
    private final EnsembleModel model;
    private final TwinSettings settings;
    private final SquareRootUpdate update;
    private final TrustMonitor trust;
    private final SoftShortWatch softShort;
    private final CycleRecord record;
    private final FreshnessWatch freshness;
    private final CycleTally tally;
    private VoltageScale scale;
    private LastSample last = LastSample.NONE;
    private Optional<ForecastBasis> endedCycle = Optional.empty();
    private long step;

    private CellTwin(String cell, EnsembleModel model, TwinSettings settings) {
        this.cell = cell;
        this.model = model;
        this.settings = settings;
        this.update = new SquareRootUpdate(model.members());
        this.scale = new StraightScale(model.row(Quantity.VOLTAGE));
        this.trust = new TrustMonitor(settings.trust());
        this.tally = new CycleTally(model.design().nominalCapacityAh());
        this.softShort = new SoftShortWatch(
                model.design().nominalCapacityAh(), settings.tester().voltageNoiseV());
        this.record = new CycleRecord(
                model.design().nominalCapacityAh(),
                model.design().areaCm2(),
                settings.tester().voltageNoiseV());
        this.freshness = new FreshnessWatch(settings.tester().voltageNoiseV());
    }

    /** A twin that has seen nothing yet. */
    public static CellTwin begin(String cell, EnsembleModel model, TwinSettings settings) {
        CellTwin twin = new CellTwin(cell, model, settings);
        model.drawPrior(cell);
        return twin;
    }

    /**
     * The twin that {@link #snapshot} was taken of.
     *
     * @throws SnapshotRefusedException when the snapshot is of another version, parameter set or layout
     */
    public static CellTwin restore(TwinSnapshot snapshot, EnsembleModel model, TwinSettings settings)
            throws SnapshotRefusedException {
        requireSame("version", Integer.toString(snapshot.getVersion()), Integer.toString(SNAPSHOT_VERSION));
        requireSame("design", designOf(snapshot).toString(), model.design().toString());
        requireSame("parameter_digest", snapshot.getParameterDigest(), model.parameterDigest());
        requireSame("layout", snapshot.getLayout(), model.layout());
        CellTwin twin = new CellTwin(snapshot.getCell(), model, settings);
        // The key of the random numbers is not part of the state: it follows from the cell's name.
        model.drawPrior(snapshot.getCell());
        model.restore(DoubleBytes.unpack("ensemble", snapshot.getEnsemble(), model.savedLength()));
        twin.trust.restore(DoubleBytes.unpack("trust", snapshot.getTrust(), TrustMonitor.SAVED_LENGTH));
        twin.softShort.restore(DoubleBytes.unpack("soft_short", snapshot.getSoftShort(), SoftShortWatch.SAVED_LENGTH));
        twin.record.restore(DoubleBytes.unpack("cycle", snapshot.getCycle(), CycleRecord.SAVED_LENGTH));
        twin.freshness.restore(DoubleBytes.unpack("freshness", snapshot.getFreshness(), FreshnessWatch.SAVED_LENGTH));
        if (!snapshot.getCycleTally().isEmpty()) {
            twin.tally.restore(
                    snapshot.getTestRun(),
                    DoubleBytes.unpack("cycle_tally", snapshot.getCycleTally(), CycleTally.SAVED_LENGTH));
        }
        twin.step = snapshot.getStep();
        twin.last = new LastSample(
                snapshot.getTestRun(),
                snapshot.getSequence(),
                snapshot.getTestTimeS(),
                snapshot.getCurrentA(),
                snapshot.hasNetChargeAh(),
                snapshot.getNetChargeAh(),
                snapshot.getStepCount(),
                snapshot.getCycleCount());
        return twin;
    }

    private static void requireSame(String field, String found, String expected) throws SnapshotRefusedException {
        if (!found.equals(expected)) {
            throw new SnapshotRefusedException(field, found, expected);
        }
    }

    /** Takes one sample of a run. */
    public TwinOutcome accept(String testRun, Sample sample) {
        Optional<TwinOutcome.Refused> refusal =
                SampleCheck.refusal(last, testRun, sample, model.design().nominalCapacityAh());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        endedCycle = tally.ends(testRun, sample)
                ? Optional.of(CycleEnd.describe(cell, model, trust.verdict(), softShort, tally))
                : Optional.empty();
        step++;
        Restart restart;
        TwinState state;
        Optional<CycleEstimate> finished = finished(testRun, sample);
        if (!testRun.equals(last.testRun()) || last.sequence() == 0) {
            restart = last.sequence() == 0 ? Restart.FIRST_SAMPLE : Restart.NEW_RUN;
            state = start(testRun, sample, restart);
        } else {
            Interval interval = CurrentBetween.interval(
                    last, sample, ambientK(sample), model.design().nominalCapacityAh());
            model.advance(interval, step);
            TwinState.Builder predicted = predict(testRun, sample);
            record(sample, interval, predicted);
            Freshness fresh = freshness.take(
                    sample.getVoltageV(), predicted.getVoltagePredictedV().getValue(), interval.lengthS());
            restart = correct(
                    sample, predicted.getInnovationV(), interval.lengthS(), fresh != Freshness.FRESHNESS_FROZEN);
            if (restart != Restart.NONE) {
                record.breakOff();
            }
            state = describe(predicted.setFreshness(fresh), sample, restart);
        }
        tally.take(testRun, sample, state.getTemperaturePredictedDegc().getValue(), ambientK(sample) - ZERO_CELSIUS_K);
        last = last.after(testRun, sample, flowing(sample));
        return new TwinOutcome.Advanced(state, restart, finished);
    }

    /** First sample of a run: nothing is known yet but the design, and what an earlier run taught of the slow states. */
    private TwinState start(String testRun, Sample sample, Restart restart) {
        double temperatureK = startTemperatureK(sample);
        model.predictUnknown(flowing(sample), temperatureK);
        TwinState.Builder predicted = predict(testRun, sample);
        trust.restart();
        softShort.newRun();
        model.startFrom(sample.getVoltageV(), flowing(sample), temperatureK, step);
        record.begin(sample, sample.getTestTimeS(), sample.getSequence() == 1 && sample.getCycleCount() <= 1);
        freshness.restart();
        freshness.take(sample.getVoltageV(), sample.getVoltageV(), 0);
        return describe(predicted.setFreshness(Freshness.FRESHNESS_FRESH), sample, restart);
    }

    /** The cycle that ends because this sample belongs to another one of the same run. */
    private Optional<CycleEstimate> finished(String testRun, Sample sample) {
        boolean ends =
                testRun.equals(last.testRun()) && last.sequence() != 0 && sample.getCycleCount() != last.cycleCount();
        if (!ends) {
            return Optional.empty();
        }
        double offsetA = settings.tester().currentOffsetShare() * model.design().nominalCapacityAh();
        CycleEstimate.Builder cycle = record.estimate(offsetA).setCell(cell).setTestRun(testRun);
        CycleEstimate estimate = StateMessage.describe(cycle, model, trust.verdict());
        record.begin(sample, last.testTimeS(), true);
        return Optional.of(estimate);
    }

    private void record(Sample sample, Interval interval, TwinState.Builder predicted) {
        if (sample.getStepCount() != last.stepCount()) {
            record.edge(last.testTimeS(), freshness.lastVoltageV(), last.currentA());
        }
        if (interval.unseen() > 0) {
            record.breakOff();
        }
        record.take(
                sample,
                interval.lengthS(),
                interval.meanCurrentA(),
                predicted.getInnovationV(),
                predicted.getNormalisedInnovationSquared());
    }

    private TwinState.Builder predict(String testRun, Sample sample) {
        TwinState.Builder state = StateMessage.ofSample(cell, model, testRun, sample);
        double[] temperature = model.row(Quantity.TEMPERATURE);
        update.compare(temperature, 0, settings.tester().temperatureVariance());
        state.setTemperaturePredictedDegc(
                StateMessage.estimate(update.predictedMean() - ZERO_CELSIUS_K, Math.sqrt(update.totalVariance())));
        scale = model.voltageScale();
        double measuredV = sample.getVoltageV();
        update.compare(scale.predicted(), scale.of(measuredV), scale.variance(measuredV, voltageVariance()));
        double predictedV = scale.volts(update.predictedMean());
        state.setVoltagePredictedV(
                StateMessage.estimate(predictedV, scale.sigmaVolts(update.predictedMean(), update.totalVariance())));
        state.setInnovationV(measuredV - predictedV);
        state.setNormalisedInnovationSquared(update.normalisedSquare());
        return state;
    }

    private Restart correct(Sample sample, double innovationV, double lengthS, boolean voltageIsNews) {
        double normalisedSquare = update.normalisedSquare();
        if (!Double.isFinite(normalisedSquare)) {
            restart(sample);
            return Restart.NOT_FINITE;
        }
        boolean counts = voltageIsNews
                && !(trust.verdict() == TrustMonitor.Verdict.TRUSTED
                        && model.putsAside(flowing(sample), innovationV, normalisedSquare));
        if (counts) {
            learn(sample.getVoltageV());
        }
        if (sample.hasCellTemperatureDegc()) {
            assimilate(
                    model.row(Quantity.TEMPERATURE),
                    sample.getCellTemperatureDegc() + ZERO_CELSIUS_K,
                    settings.tester().temperatureVariance());
        }
        model.settle();
        if (counts && scale.isBent()) {
            model.evaluate(flowing(sample));
        }
        double[] soc = model.row(Quantity.SOC);
        double socSigma = RowStatistics.sigma(soc, RowStatistics.mean(soc));
        if (counts) {
            trust.take(normalisedSquare, socSigma, lengthS);
        }
        if (trust.mustRestart()) {
            restart(sample);
            return Restart.DIVERGED;
        }
        return Restart.NONE;
    }

    private void learn(double measuredV) {
        double noise = scale.variance(measuredV, voltageVariance());
        assimilate(scale.predicted(), scale.of(measuredV), noise + caution(update.predictedVariance()));
    }

    private double voltageVariance() {
        return settings.tester().voltageVariance() + model.pendingVoltageVariance();
    }

    /**
     * What the update must allow for beyond the noise because the cell is not linear over the members' spread, a variance on
     * the present scale: nothing while they agree to a millivolt, several times their own variance while they are far apart, at the start and where the
     * open-circuit voltage falls off a cliff. Without it the first minutes on a cell of unknown state teach parameters that
     * it does not have, and teach them with certainty.
     */
    private double caution(double predictedVariance) {
        double range = scale.linearRange(settings.linearRangeV());
        double linear = range * range;
        return settings.caution() * predictedVariance * predictedVariance / (predictedVariance + linear);
    }

    private void assimilate(double[] predicted, double measured, double noiseVariance) {
        update.observe(predicted, measured, noiseVariance, settings.innovationLimitSigmas());
        update.apply(model.fastRows());
        update.apply(model.slowRows());
    }

    /** The documented rule: everything learnt is given up, the prior is drawn anew, and this sample is the first. */
    private void restart(Sample sample) {
        model.drawPrior(cell);
        model.startFrom(sample.getVoltageV(), flowing(sample), startTemperatureK(sample), step);
        trust.restart();
    }

    private TwinState describe(TwinState.Builder state, Sample sample, Restart restart) {
        if (restart != Restart.NONE) {
            state.setRestart(StateMessage.restart(restart));
        }
        if (sample.hasNetChargeAh()) {
            softShort.take(sample.getTestTimeS(), sample.getNetChargeAh(), sample.getVoltageV(), sample.getCurrentA());
            state.setSoftShort(StateMessage.softShort(softShort, sample.getVoltageV()));
        }
        return StateMessage.describe(state, model, trust.verdict());
    }

    private double flowing(Sample sample) {
        return CurrentBetween.flowing(sample, model.design().nominalCapacityAh());
    }

    private double startTemperatureK(Sample sample) {
        return sample.hasCellTemperatureDegc() ? sample.getCellTemperatureDegc() + ZERO_CELSIUS_K : ambientK(sample);
    }

    private double ambientK(Sample sample) {
        return sample.hasAmbientTemperatureDegc()
                ? sample.getAmbientTemperatureDegc() + ZERO_CELSIUS_K
                : model.referenceTemperatureK();
    }

    /** Everything that the next sample's result depends on. */
    public TwinSnapshot snapshot() {
        double[] ensemble = new double[model.savedLength()];
        model.save(ensemble);
        double[] watch = new double[TrustMonitor.SAVED_LENGTH];
        trust.save(watch);
        double[] leak = new double[SoftShortWatch.SAVED_LENGTH];
        softShort.save(leak);
        double[] cycle = new double[CycleRecord.SAVED_LENGTH];
        record.save(cycle);
        double[] news = new double[FreshnessWatch.SAVED_LENGTH];
        freshness.save(news);
        double[] counted = new double[CycleTally.SAVED_LENGTH];
        tally.save(counted);
        TwinSnapshot.Builder snapshot = TwinSnapshot.newBuilder()
                .setCycleTally(DoubleBytes.pack(counted))
                .setVersion(SNAPSHOT_VERSION)
                .setCell(cell)
                .setParameterSet(model.design().parameterSet())
                .setAreaCm2(model.design().areaCm2())
                .setNominalCapacityAh(model.design().nominalCapacityAh())
                .setParameterDigest(model.parameterDigest())
                .setLayout(model.layout())
                .setTestRun(last.testRun())
                .setSequence(last.sequence())
                .setStep(step)
                .setTestTimeS(last.testTimeS())
                .setCurrentA(last.currentA())
                .setStepCount(last.stepCount())
                .setCycleCount(last.cycleCount())
                .setEnsemble(DoubleBytes.pack(ensemble))
                .setTrust(DoubleBytes.pack(watch))
                .setSoftShort(DoubleBytes.pack(leak))
                .setCycle(DoubleBytes.pack(cycle))
                .setFreshness(DoubleBytes.pack(news));
        if (last.hasNetCharge()) {
            snapshot.setNetChargeAh(last.netChargeAh());
        }
        return snapshot.build();
    }

    /** Name of the cell. */
    public String cell() {
        return cell;
    }

    /** What the twin runs with. */
    public CellDesign design() {
        return model.design();
    }

    /** The design that a snapshot was made with. */
    public static CellDesign designOf(TwinSnapshot snapshot) {
        return new CellDesign(snapshot.getParameterSet(), snapshot.getAreaCm2(), snapshot.getNominalCapacityAh());
    }

    /** Whether this run is the one that the twin is in. */
    public boolean inRun(String testRun) {
        return last.sequence() != 0 && last.testRun().equals(testRun);
    }

    /** The cycle that ended before the sample just accepted, with what was known then; empty where none did. */
    public Optional<ForecastBasis> endedCycle() {
        return endedCycle;
    }

    /** What the twin says of itself. */
    public TrustMonitor.Verdict verdict() {
        return trust.verdict();
    }
}
