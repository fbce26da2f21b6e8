package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.full.SlowState;
import io.pouchtwin.cell.full.StepReport;
import io.pouchtwin.cell.full.Stop;
import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.twin.ensemble.SmallCurrentResistance;

/**
 * A cell of the full-order model on a tester that reads with noise, rounds, and logs sparsely, with an extra row where
 * a step begins and ends. Deterministic: noise is keyed by the seed and the number of the sample.
 */
final class CellOnBench {
    private static final double ZERO_CELSIUS_K = 273.15;
    private static final double COULOMB_PER_AH = 3600;
    private static final double MILLIAMP_HOUR_PER_CM2 = PhysicalConstants.FARADAY_C_PER_MOL / 3.6e4;
    /** Finer than the twin's own, coarser than the reference: many cells are to be cycled many times. */
    static final Mesh FINE = new Mesh(6, 16, 24);

    /** A leaking cell may never come down to the taper current. */
    private static final double LONGEST_HOLD_S = 3600;

    /** What lithium stays behind when no more can be stripped at a testing current: enough for the leak during a rest. */
    private static final double TRACE_MOL_PER_M2 = 1e-4;

    private static final int STREAM_VOLTAGE = 1;
    private static final int STREAM_CURRENT = 2;
    private static final int STREAM_TEMPERATURE = 3;

    /** Receives the samples, each with what the cell really was. */
    @FunctionalInterface
    interface Log {
        /** One sample; the truth is that of its end. */
        void take(Sample sample, Truth truth);
    }

    private final CellParameters parameters;
    private final FullOrderCell cell;
    private final ShadowCell shadow;
    private final double designOhm;
    private final TesterReadings readings;
    private final Philox random;
    private final double capacityAh;
    private long sequence;
    private double timeS;
    private double netChargeAh;
    private int stepCount;
    private int cycleCount = 1;

    /**
     * Connects a cell.
     *
     * @param drawn the cell and its tester
     * @param mesh how finely the cell is resolved
     * @param soc state of charge at the start, at rest [1]
     * @param seed of the noise
     */
    CellOnBench(DrawnCell drawn, Mesh mesh, double soc, long seed) {
        this.parameters = drawn.parameters();
        double discharged = parameters.dischargedStoichiometry();
        double charged = parameters.chargedStoichiometry();
        double start = discharged + soc * (charged - discharged);
        this.cell = FullOrderCell.at(parameters, mesh, start);
        this.shadow = new ShadowCell(parameters, start);
        this.readings = drawn.readings();
        this.random = Philox.of(seed, "bench");
        this.capacityAh = parameters.requireCathode().arealChargeCPerM2()
                * parameters.areaM2()
                * (discharged - charged)
                / COULOMB_PER_AH;
        CellParameters design = ParameterLibrary.shipped().cell(parameters.design());
        this.designOhm = SmallCurrentResistance.of(design).total() / design.areaM2();
        cell.setLithiumInventory(cell.lithiumInventoryMolPerM2() - drawn.lostMolPerM2());
        SlowState fresh = cell.slow();
        age(fresh.withFilmResistance(drawn.filmOhmM2()).withLeakConductance(drawn.leakSiemens() / parameters.areaM2()));
    }

    /** Charge at a rate to the upper limit, hold until the current has fallen to a twentieth of 1 C or for an hour, rest, discharge, rest. */
    void cycle(Protocol protocol, Log log) {
        charge(protocol.chargeRate(), protocol.everyS(), log);
        rest(protocol.restS(), log);
        run(
                StepType.STEP_TYPE_CC_DISCHARGE,
                new Drive.Current(-protocol.dischargeRate() * parameters.oneCAmpere()),
                Limits.window(parameters),
                Double.POSITIVE_INFINITY,
                protocol.everyS(),
                log);
        rest(protocol.restS(), log);
        cycleCount++;
    }

    /** A charge to the upper or a discharge to the lower limit at 1 C, and nothing after it. */
    void half(boolean charging, double everyS, Log log) {
        run(
                charging ? StepType.STEP_TYPE_CC_CHARGE : StepType.STEP_TYPE_CC_DISCHARGE,
                new Drive.Current((charging ? 1 : -1) * parameters.oneCAmpere()),
                Limits.window(parameters),
                Double.POSITIVE_INFINITY,
                everyS,
                log);
    }

    /** What lies between a charge and a discharge or the other way round: a hold after a charge, and a rest. */
    void turn(boolean charged, double taperCRate, double restS, Log log) {
        if (charged) {
            run(
                    StepType.STEP_TYPE_CV_CHARGE,
                    new Drive.Voltage(parameters.window().voltageMaxV()),
                    Limits.NONE.withTaper(taperCRate * parameters.oneCAmpere()),
                    LONGEST_HOLD_S,
                    10,
                    log);
        }
        rest(restS, log);
    }

    private void charge(double rate, double everyS, Log log) {
        double oneC = parameters.oneCAmpere();
        Stop stop = run(
                StepType.STEP_TYPE_CC_CHARGE,
                new Drive.Current(rate * oneC),
                Limits.window(parameters),
                Double.POSITIVE_INFINITY,
                everyS,
                log);
        if (stop == Stop.VOLTAGE_MAX) {
            run(
                    StepType.STEP_TYPE_CV_CHARGE,
                    new Drive.Voltage(parameters.window().voltageMaxV()),
                    Limits.NONE.withTaper(0.05 * oneC),
                    LONGEST_HOLD_S,
                    2 * everyS,
                    log);
        }
    }

    /**
     * A check-up, as laboratories put one between cycles: full charge, half of it taken at 1 C, rest, pulses of ten
     * seconds at rising rates with the first reading after 10 ms, the other half taken, rest.
     */
    void checkUp(double restS, Log log) {
        double oneC = parameters.oneCAmpere();
        charge(1, 30, log);
        rest(restS, log);
        run(StepType.STEP_TYPE_CC_DISCHARGE, new Drive.Current(-oneC), Limits.window(parameters), 1600, 30, log);
        rest(600, log);
        for (double rate : new double[] {0.2, 1, 3, 5}) {
            for (int sign = 1; sign >= -1; sign -= 2) {
                run(
                        StepType.STEP_TYPE_PULSE,
                        new Drive.Current(sign * rate * oneC),
                        Limits.window(parameters),
                        10,
                        1,
                        log);
                run(StepType.STEP_TYPE_REST, Drive.rest(), Limits.NONE, 60, 10, log);
            }
        }
        run(
                StepType.STEP_TYPE_CC_DISCHARGE,
                new Drive.Current(-oneC),
                Limits.window(parameters),
                Double.POSITIVE_INFINITY,
                30,
                log);
        rest(restS, log);
        cycleCount++;
    }

    /** No current for a time. */
    void rest(double lengthS, Log log) {
        run(StepType.STEP_TYPE_REST, Drive.rest(), Limits.NONE, lengthS, 30, log);
    }

    /** One step of the programme. */
    Stop run(StepType type, Drive drive, Limits limits, double lengthS, double everyS, Log log) {
        stepCount++;
        double from = timeS;
        double interval = type == StepType.STEP_TYPE_PULSE ? 0.01 : 0.1;
        while (true) {
            StepReport report = cell.advance(drive, Math.min(interval, from + lengthS - timeS), limits);
            timeS += report.elapsedS();
            shadow.step(report.elapsedS(), report.chargeC(), report.ampere(), cell.meanSurfaceStoichiometry());
            // nothing is counted at rest
            double counted = type == StepType.STEP_TYPE_REST ? 0 : readings.charge(report.chargeC(), report.elapsedS());
            netChargeAh += counted / COULOMB_PER_AH;
            log.take(sample(type, report), truth());
            if (report.stop() == Stop.LITHIUM_EXHAUSTED) {
                log.take(collapsed(type, report), truth());
                cell.setLithiumInventory(TRACE_MOL_PER_M2);
            }
            if (report.stop() != Stop.TIME || timeS - from >= lengthS - 1e-9) {
                return report.stop();
            }
            interval = timeS - from < 0.5 && (everyS > 1 || interval < 0.1) ? 0.9 : everyS;
        }
    }

    /** Without lithium no current can flow: the voltage collapses within milliseconds, and the tester stops at its limit. */
    private Sample collapsed(StepType type, StepReport report) {
        timeS += 0.01;
        return sample(type, report).toBuilder()
                .setVoltageV(readings.rounded(parameters.window().voltageMinV(), readings.voltageResolutionV()))
                .build();
    }

    private Sample sample(StepType type, StepReport report) {
        sequence++;
        double voltage = report.voltageV()
                + readings.voltageOffsetV()
                + readings.voltageNoiseV() * random.normal(0, sequence, STREAM_VOLTAGE, 0);
        double current = report.ampere() == 0
                ? 0
                : report.ampere()
                        + readings.currentOffsetA()
                        + readings.currentNoiseShare()
                                * parameters.oneCAmpere()
                                * random.normal(0, sequence, STREAM_CURRENT, 0);
        double celsius = report.temperatureK()
                - ZERO_CELSIUS_K
                + readings.temperatureNoiseK() * random.normal(0, sequence, STREAM_TEMPERATURE, 0);
        return Sample.newBuilder()
                .setSequence(sequence)
                .setTestTimeS(Math.rint(timeS * 1e3) / 1e3)
                .setVoltageV(readings.rounded(voltage, readings.voltageResolutionV()))
                .setCurrentA(readings.rounded(current, 1e-5 * parameters.oneCAmpere()))
                .setCellTemperatureDegc(Math.rint(celsius * 10) / 10)
                .setNetChargeAh(readings.rounded(netChargeAh, 1e-7 * parameters.oneCAmpere()))
                .setStepCount(stepCount)
                .setCycleCount(cycleCount)
                .setStepType(type)
                .build();
    }

    private Truth truth() {
        double discharged = parameters.dischargedStoichiometry();
        double charged = parameters.chargedStoichiometry();
        SlowState slow = cell.slow();
        return new Truth(
                cell.voltageV(),
                cell.temperatureK(),
                (discharged - cell.meanStoichiometry()) / (discharged - charged),
                cell.meanSurfaceStoichiometry(),
                slow.filmResistanceOhmM2() * 1e4,
                capacityAh * slow.activeFraction(),
                slow.leakConductanceSiemensPerM2() * parameters.areaM2(),
                resistance(slow) / parameters.areaM2() / designOhm,
                cell.lithiumInventoryMolPerM2() * MILLIAMP_HOUR_PER_CM2,
                parameters.lithium().efficiency(),
                shadow.parts());
    }

    private double resistance(SlowState slow) {
        SmallCurrentResistance own = SmallCurrentResistance.of(parameters);
        return own.total()
                - own.film()
                - own.cathode()
                + slow.filmResistanceOhmM2()
                + own.cathode() / slow.activeFraction();
    }

    /** What ages or is faulty in the cell. */
    SlowState slow() {
        return cell.slow();
    }

    /** Changes what ages or is faulty. */
    void age(SlowState slow) {
        cell.age(slow);
        shadow.set(MemberParameter.FILM_RESISTANCE, slow.filmResistanceOhmM2());
        shadow.set(MemberParameter.ACTIVE_FRACTION_FACTOR, slow.activeFraction());
        shadow.set(MemberParameter.LEAK_CONDUCTANCE, slow.leakConductanceSiemensPerM2() * parameters.areaM2());
    }

    /**
     * Lets the cell age by one cycle.
     *
     * @param lostShare share of the active material that disconnects [1]
     * @param filmShare share by which the film grows [1]
     */
    void grow(double lostShare, double filmShare) {
        SlowState now = cell.slow();
        age(new SlowState(
                now.filmResistanceOhmM2() * (1 + filmShare),
                now.deadLithiumMolPerM2(),
                now.contactUtilisation(),
                now.activeFraction() * (1 - lostShare),
                now.membraneConductivityFactor(),
                now.leakConductanceSiemensPerM2()));
    }

    /** Tester time [s]. */
    double timeS() {
        return timeS;
    }
}
