package io.pouchtwin.gateway.emulator;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.gateway.emulator.CellUnderTest.Advance;
import io.pouchtwin.gateway.emulator.CellUnderTest.End;
import io.pouchtwin.gateway.emulator.CellUnderTest.Hold;
import io.pouchtwin.gateway.emulator.CellUnderTest.Limits;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One channel: runs the programme on its cell and stores points. No clock: told up to which instant to go, it goes from stored point to
 * stored point, never to an instant between, so the points are the same however often and in whatever strides it is told.
 *
 * <p>It is always ahead of the clock by the one point that is due next; {@link #visible} says how many points an observer may see. Times
 * are whole milliseconds of test time on the 100 ms grid on which the tester samples: a limit that the cell reaches in between is noticed
 * at the next tick, a little beyond the limit, as with a real tester.
 */
final class VirtualChannel {
    private static final long TICK_MS = 100;
    /** A step's first point is taken this long after the current was switched; it is stored with step time 0. */
    private static final double SETTLING_S = 0.01;

    private static final double SECONDS_PER_HOUR = 3600;

    private final VirtualCellConfig config;
    private final CellUnderTest cell;
    private final Philox noise;
    private final RowStore rows;

    private final int[] passes;
    private int stepIndex;
    private int cycle = 1;
    private long testerTimeMs;
    private long stepStartMs;
    private double stepElapsedS;
    private double stepChargeAs;
    private double stepEnergyJ;
    private double lastVoltageV;
    private boolean entered;
    private boolean finished;
    private int testId;
    private long visible;

    VirtualChannel(String name, VirtualCellConfig config, CellUnderTest cell, RowStore rows, int testId) {
        this.config = config;
        this.cell = cell;
        this.rows = rows;
        this.testId = testId;
        this.noise = Philox.of(config.instrument().seed(), name);
        this.passes = new int[config.programme().steps().size()];
    }

    int testId() {
        return testId;
    }

    VirtualCellConfig config() {
        return config;
    }

    RowStore rows() {
        return rows;
    }

    boolean finished() {
        return finished;
    }

    /** Number of points that an observer may see at the instant last told. */
    long visible() {
        return visible;
    }

    /**
     * Goes on until everything up to an instant is stored, or until so many points were added.
     *
     * @return whether it got there
     */
    boolean advanceTo(long nowMs, int mostPoints) throws IOException {
        long enough = rows.count() + mostPoints;
        while (!finished && testerTimeMs <= nowMs && rows.count() < enough) {
            advanceToNextPoint();
        }
        long seen = visible;
        while (seen < rows.count() && rows.read(seen + 1, 1).get(0).testerTimeMs() <= nowMs) {
            seen++;
        }
        visible = seen;
        return finished || testerTimeMs > nowMs;
    }

    /** The test is over; what lies beyond the points that observers have seen never happened. */
    void stop() throws IOException {
        if (!finished) {
            rows.truncate(visible);
            finished = true;
        }
    }

    private void advanceToNextPoint() throws IOException {
        Step step = config.programme().steps().get(stepIndex);
        cell.tell(config.storyline(), testerTimeMs / 1000.0);
        if (!entered) {
            Advance settled = cell.advance(hold(step), SETTLING_S, Limits.NONE);
            count(settled);
            entered = true;
            store(step, settled);
            return;
        }
        double interval = step instanceof Step.Rest
                ? config.logging().restIntervalS()
                : config.logging().activeIntervalS();
        double endS = longestS(step);
        double nextS = Math.min(endS, (Math.floor(stepElapsedOnGridS() / interval + 1e-9) + 1) * interval);
        Limits stepLimits = limits(step);
        Advance done = cell.advance(hold(step), nextS - stepElapsedS, watch(step, stepLimits));
        count(done);
        boolean stepEnds = done.end() == End.PHYSICAL
                || reached(step, stepLimits, done)
                || (nextS >= endS && done.end() == End.TIME);
        if (done.end() == End.TIME) {
            stepElapsedS = nextS;
            testerTimeMs = stepStartMs + Math.round(nextS * 1000);
            store(step, done);
        } else {
            store(step, onToTheNextTick(step, done));
        }
        if (stepEnds) {
            nextStep();
        }
    }

    /** A limit was reached between ticks: the tester notices it at the next one. */
    private Advance onToTheNextTick(Step step, Advance noticed) {
        long previousMs = testerTimeMs - stepStartMs;
        long tickMs = Math.max(previousMs + TICK_MS, TICK_MS * (long) Math.ceil(stepElapsedS * 1000 / TICK_MS - 1e-9));
        double rest = tickMs / 1000.0 - stepElapsedS;
        Advance at = noticed;
        if (rest > 0 && noticed.end() != End.PHYSICAL) {
            at = cell.advance(hold(step), rest, Limits.NONE);
            count(at);
        }
        stepElapsedS = tickMs / 1000.0;
        testerTimeMs = stepStartMs + tickMs;
        return at;
    }

    private void nextStep() {
        entered = false;
        stepStartMs = testerTimeMs;
        stepElapsedS = 0;
        stepChargeAs = 0;
        stepEnergyJ = 0;
        stepIndex++;
        while (stepIndex < passes.length && config.programme().steps().get(stepIndex) instanceof Step.Loop loop) {
            if (++passes[stepIndex] < loop.times()) {
                stepIndex = loop.toStep() - 1;
                cycle++;
            } else {
                passes[stepIndex] = 0;
                stepIndex++;
            }
        }
        finished = stepIndex >= passes.length;
    }

    private Hold hold(Step step) {
        double capacity = config.capacityAh();
        if (step instanceof Step.Charge charge) {
            return new Hold.Current(charge.cRate() * capacity);
        } else if (step instanceof Step.Discharge discharge) {
            return new Hold.Current(-discharge.cRate() * capacity);
        } else if (step instanceof Step.HoldVoltage held) {
            return new Hold.Voltage(held.voltageV());
        }
        return Hold.REST;
    }

    private Limits limits(Step step) {
        if (step instanceof Step.Charge charge) {
            return new Limits(Double.NEGATIVE_INFINITY, charge.untilV(), 0);
        } else if (step instanceof Step.Discharge discharge) {
            return new Limits(discharge.untilV(), Double.POSITIVE_INFINITY, 0);
        } else if (step instanceof Step.HoldVoltage held) {
            return new Limits(
                    Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, held.untilCRate() * config.capacityAh());
        }
        return Limits.NONE;
    }

    /** The step's limits, or before them the change of voltage that is worth a point. */
    private Limits watch(Step step, Limits limits) {
        double change = config.logging().voltageChangeV();
        if (step instanceof Step.Charge) {
            return new Limits(limits.voltageMinV(), Math.min(limits.voltageMaxV(), lastVoltageV + change), 0);
        } else if (step instanceof Step.Discharge) {
            return new Limits(Math.max(limits.voltageMinV(), lastVoltageV - change), limits.voltageMaxV(), 0);
        }
        return limits;
    }

    private static boolean reached(Step step, Limits limits, Advance done) {
        if (done.end() != End.LIMIT) {
            return false;
        }
        // the model locates a limit to a tolerance; a point for a change of voltage this close to the cut-off is the
        // cut-off
        double near = 1e-4;
        if (step instanceof Step.Charge) {
            return done.voltageV() >= limits.voltageMaxV() - near;
        } else if (step instanceof Step.Discharge) {
            return done.voltageV() <= limits.voltageMinV() + near;
        }
        return true;
    }

    private static double longestS(Step step) {
        if (step instanceof Step.Rest rest) {
            return rest.seconds();
        }
        return step instanceof Step.HoldVoltage held ? held.longestS() : 1e6;
    }

    private double stepElapsedOnGridS() {
        return (testerTimeMs - stepStartMs) / 1000.0;
    }

    private void count(Advance advance) {
        stepElapsedS += advance.elapsedS();
        stepChargeAs += advance.chargeAs();
        stepEnergyJ += advance.energyJ();
    }

    private void store(Step step, Advance reading) throws IOException {
        long sequence = rows.count() + 1;
        Instrument instrument = config.instrument();
        double current = step instanceof Step.Rest ? 0 : reading.currentA();
        lastVoltageV = reading.voltageV();
        rows.append(new Row(
                stepIndex + 1,
                cycle,
                step.word(),
                testerTimeMs - stepStartMs,
                testerTimeMs,
                instrument.voltage(noise, testId, sequence, reading.voltageV()),
                instrument.current(noise, testId, sequence, current),
                Math.abs(stepChargeAs) / SECONDS_PER_HOUR,
                Math.abs(stepEnergyJ) / SECONDS_PER_HOUR));
    }

    /** The instant at which the test starts, for a channel that is added to a tester that has been on for a while, ms. */
    void beginAt(long ms) {
        testerTimeMs = ms;
        stepStartMs = ms;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(testId);
        out.writeLong(rows.count());
        out.writeInt(stepIndex);
        out.writeInt(cycle);
        out.writeLong(testerTimeMs);
        out.writeLong(stepStartMs);
        out.writeDouble(stepElapsedS);
        out.writeDouble(stepChargeAs);
        out.writeDouble(stepEnergyJ);
        out.writeDouble(lastVoltageV);
        out.writeBoolean(entered);
        out.writeBoolean(finished);
        out.writeInt(passes.length);
        for (int pass : passes) {
            out.writeInt(pass);
        }
        double[] state = cell.save();
        out.writeInt(state.length);
        for (double value : state) {
            out.writeDouble(value);
        }
    }

    void restore(DataInput in) throws IOException {
        testId = in.readInt();
        rows.truncate(in.readLong());
        stepIndex = in.readInt();
        cycle = in.readInt();
        testerTimeMs = in.readLong();
        stepStartMs = in.readLong();
        stepElapsedS = in.readDouble();
        stepChargeAs = in.readDouble();
        stepEnergyJ = in.readDouble();
        lastVoltageV = in.readDouble();
        entered = in.readBoolean();
        finished = in.readBoolean();
        if (in.readInt() != passes.length) {
            throw new IOException("the programme has another number of steps than when the state was saved");
        }
        for (int i = 0; i < passes.length; i++) {
            passes[i] = in.readInt();
        }
        double[] state = new double[in.readInt()];
        for (int i = 0; i < state.length; i++) {
            state[i] = in.readDouble();
        }
        cell.restore(state);
        visible = Math.max(0, rows.count() - 1);
    }
}
