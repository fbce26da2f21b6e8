package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.CycleSummary;
import io.pouchtwin.contracts.v1.QualityFlag;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.RunState;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.Temperature;
import io.pouchtwin.ingest.segment.SequenceLedger.Verdict;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * One test run of one channel, row by row: each row is a duplicate, or refused with a reason, or becomes a sample.
 *
 * <p>A row whose values are refused still counts for time, steps and cycles where its time is sound, so that one bad reading does not move what follows. Cell and capacity are those of the
 * registry when the run began.
 *
 * <p>Not thread-safe; owned by whoever feeds it.
 */
final class RunSegmenter {
    private final String testRun;
    private final String cell;
    private final double nominalCapacityAh;
    private final SampleJudge judge;
    private SequenceLedger sequence = new SequenceLedger();
    private ElapsedTime elapsed = new ElapsedTime();
    private WallClock wall = new WallClock();
    private StepTracker steps;
    private ChargeLedger charge;
    private CycleTracker cycles = new CycleTracker();

    RunSegmenter(String testRun, String cell, double nominalCapacityAh) {
        this.testRun = testRun;
        this.cell = cell;
        this.nominalCapacityAh = nominalCapacityAh;
        this.judge = new SampleJudge(nominalCapacityAh);
        this.steps = new StepTracker(nominalCapacityAh);
        this.charge = new ChargeLedger(nominalCapacityAh);
    }

    String testRun() {
        return testRun;
    }

    String cell() {
        return cell;
    }

    long lastSequence() {
        return sequence.last();
    }

    void accept(RawSample row, @Nullable ZoneRules zone, RunOutput output) {
        long lastBefore = sequence.last();
        Fault misnumbered = misnumbered(row, output);
        if (misnumbered != null) {
            output.refused(row, cell, misnumbered);
        }
        if (misnumbered != null || sequence.last() == lastBefore) {
            return;
        }
        if (row.getSequence() > lastBefore + 1) {
            output.gap();
            elapsed.miss();
        }
        Fault misread = judge.judge(row);
        boolean newStep = steps.begins(row, elapsed, charge.fellBack(row), misread == null);
        Fault mistimed = elapsed.judge(row, newStep);
        if (mistimed != null) {
            elapsed.miss();
            refuse(row, mistimed, output);
            return;
        }
        double testTimeBeforeS = elapsed.begun() ? elapsed.testTimeS() : Double.NaN;
        boolean gap = sequence.afterGap();
        elapsed.advance(row, newStep);
        if (newStep) {
            charge.beginStep();
        }
        steps.advance(row, newStep, misread == null);
        Fault miscounted = SampleJudge.judgeCounters(row);
        if (miscounted == null) {
            charge.count(row, steps.kind().direction());
        }
        CycleSummary ended = cycles.advance(row, steps.kind(), newStep, gap, elapsed);
        if (ended != null) {
            output.cycle(named(ended));
        }
        Fault wrong = misread == null ? miscounted : misread;
        if (wrong == null) {
            output.sample(build(row, zone, gap, testTimeBeforeS));
            sequence.accepted();
        } else {
            refuse(row, wrong, output);
        }
    }

    /** The run is over; its last cycle is summed up if it was not already. */
    void end(boolean completed, RunOutput output) {
        if (!completed) {
            cycles.miss();
        }
        CycleSummary last = cycles.end();
        if (last != null) {
            output.cycle(named(last));
        }
    }

    private void refuse(RawSample row, Fault fault, RunOutput output) {
        sequence.refused();
        charge.miss();
        cycles.miss();
        output.refused(row, cell, fault);
    }

    private @Nullable Fault misnumbered(RawSample row, RunOutput output) {
        long number = row.getSequence();
        if (number <= 0) {
            return new Fault(
                    RejectCode.SEQUENCE_MISSING,
                    "The sample has no number, so it cannot be told from others. Have the driver number samples from 1.",
                    "sequence",
                    Long.toUnsignedString(number),
                    "1 or more");
        }
        long last = sequence.last();
        Verdict verdict = sequence.meet(row);
        if (verdict == Verdict.DUPLICATE) {
            output.duplicate();
        }
        if (verdict == Verdict.NEW && last == 0 && number > 1) {
            sequence.refused(); // a late start: what came before is missing
        }
        return switch (verdict) {
            case NEW, DUPLICATE -> null;
            case CONFLICT ->
                new Fault(
                        RejectCode.CONFLICTING_DUPLICATE,
                        "A sample of this number came before with other content; the first one stands. Check whether two tests share one run identifier.",
                        "sequence",
                        String.valueOf(number),
                        "the same content, or a new number");
            case LATE ->
                new Fault(
                        RejectCode.LATE,
                        "The sample comes after later ones were processed; the twin cannot go back. Check why the tester delivered it out of order.",
                        "sequence",
                        String.valueOf(number),
                        "more than " + last);
            case JUMP ->
                new Fault(
                        RejectCode.SEQUENCE_JUMP,
                        "The sample's number is far ahead of the one before, which no gap explains. Check the driver's parsing of it.",
                        "sequence",
                        String.valueOf(number),
                        "little more than " + last);
        };
    }

    private Sample build(RawSample row, @Nullable ZoneRules zone, boolean gap, double testTimeBeforeS) {
        double testTimeS = elapsed.testTimeS();
        boolean first = Double.isNaN(testTimeBeforeS);
        Sample.Builder sample = Sample.newBuilder()
                .setSequence(row.getSequence())
                .setTestTimeS(testTimeS)
                .setStepTimeS(elapsed.stepTimeS())
                .setVoltageV(row.getVoltageV())
                .setCurrentA(row.getCurrentA())
                .setStepCount(steps.stepCount())
                .setCycleCount(cycles.cycleCount())
                .setStepType(steps.kind().type())
                .addAllConverted(row.getConvertedList());
        int flags = 0;
        flags |= flag(gap, QualityFlag.QUALITY_FLAG_AFTER_GAP);
        flags |= flag(testTimeS == testTimeBeforeS, QualityFlag.QUALITY_FLAG_REPEATED_TIME);
        flags |= flag(elapsed.tellEstimated(), QualityFlag.QUALITY_FLAG_TIME_ESTIMATED);
        boolean chargeDisagrees = charge.check(row, steps.kind().direction(), gap, elapsed);
        flags |= flag(chargeDisagrees, QualityFlag.QUALITY_FLAG_CHARGE_DISAGREES);
        charge.netAh().ifPresent(sample::setNetChargeAh);
        cycles.add(row, steps.kind(), first ? 0 : testTimeS - testTimeBeforeS);
        wall.read(row, testTimeS, zone).ifPresent(sample::setUnixTimeS);
        flags |= flag(wall.disagrees(), QualityFlag.QUALITY_FLAG_CLOCK_DISAGREES);
        flags |= flag(temperatures(row, sample), QualityFlag.QUALITY_FLAG_TEMPERATURE_DROPPED);
        if (row.hasStepChargeAh()) {
            sample.setStepChargeAh(row.getStepChargeAh());
        }
        if (row.hasStepEnergyWh()) {
            sample.setStepEnergyWh(row.getStepEnergyWh());
        }
        return sample.setQualityFlags(flags).build();
    }

    /** Returns whether a sensor reported something impossible. */
    private static boolean temperatures(RawSample row, Sample.Builder sample) {
        boolean dropped = false;
        for (Temperature temperature : row.getTemperaturesList()) {
            if (!SampleJudge.possible(temperature.getValueDegc())) {
                dropped = true;
            } else if (temperature.getSensor().equals("cell")) {
                sample.setCellTemperatureDegc(temperature.getValueDegc());
            } else if (temperature.getSensor().equals("ambient")) {
                sample.setAmbientTemperatureDegc(temperature.getValueDegc());
            } else if (!sample.hasCellTemperatureDegc()) {
                // An auxiliary sensor is on the cell unless it is named otherwise; one named "cell" takes its place.
                sample.setCellTemperatureDegc(temperature.getValueDegc());
            }
        }
        return dropped;
    }

    private static int flag(boolean set, QualityFlag flag) {
        return set ? 1 << flag.getNumber() : 0;
    }

    private CycleSummary named(CycleSummary summary) {
        return summary.toBuilder().setCell(cell).setTestRun(testRun).build();
    }

    RunState save() {
        return RunState.newBuilder()
                .setTestRun(testRun)
                .setCell(cell)
                .setNominalCapacityAh(nominalCapacityAh)
                .setSequence(sequence.save())
                .setElapsed(elapsed.save())
                .setWall(wall.save())
                .setStep(steps.save())
                .setCharge(charge.save())
                .setCycle(cycles.save())
                .build();
    }

    static RunSegmenter load(RunState state) {
        double capacityAh = state.getNominalCapacityAh();
        RunSegmenter run = new RunSegmenter(state.getTestRun(), state.getCell(), capacityAh);
        run.sequence = SequenceLedger.load(state.getSequence());
        run.elapsed = ElapsedTime.load(state.getElapsed());
        run.wall = WallClock.load(state.getWall());
        run.steps = StepTracker.load(state.getStep(), capacityAh);
        run.charge = ChargeLedger.load(state.getCharge(), capacityAh);
        run.cycles = CycleTracker.load(state.getCycle());
        return run;
    }
}
