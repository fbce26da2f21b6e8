package io.pouchtwin.twin.forecast.validation;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.full.SlowState;
import io.pouchtwin.cell.full.StepReport;
import io.pouchtwin.cell.full.Stop;
import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.StepType;

/**
 * The life of a full-order cell on a tester under the 5 C protocol, every cycle of it simulated: charge at 5 C to the upper limit, rest, discharge at 5 C to the lower one, rest: as the paper's cells are taken to have been cycled. Between cycles it ages by its {@link Fate};
 * within them its own lithium is counted.
 */
final class SimulatedLife {
    private static final double RATE = 5;
    private static final double REST_S = 600;
    private static final double EVERY_S = 12;
    private static final double REST_EVERY_S = 60;
    private static final double LONGEST_CHARGE_NOMINALS = 2;
    private static final double ZERO_CELSIUS_K = 273.15;
    private static final double COULOMB_PER_AH = 3600;
    /** How far the chamber is off its set point from cycle to cycle [K]. */
    private static final double CHAMBER_K = 0.15;

    /** A leak of this C-rate is a hard short: nothing can be charged past it. */
    private static final double HARD_C_RATE = 1;

    /** Receives the tester's rows. */
    @FunctionalInterface
    interface Log {
        void take(Sample sample);
    }

    /** What ended a cycle. */
    enum CycleEnd {
        WHOLE,
        SHORTED
    }

    private final CellParameters parameters;
    private final Fate fate;
    private final FullOrderCell cell;
    private final Philox random;
    private final double oneC;
    private double film;
    private double active = 1;
    private double firstChargeC;
    private double firstDepth;
    private double leakCRate;
    private long sequence;
    private double timeS;
    private double netChargeAh;
    private int stepCount;
    private int cycleCount = 1;
    private double dischargeC;
    private double chargeC;

    SimulatedLife(CellParameters drawn, Fate fate, long seed) {
        this.parameters = drawn;
        this.fate = fate;
        this.random = Philox.of(seed, "tester");
        this.cell = FullOrderCell.at(drawn, Mesh.COARSE, drawn.dischargedStoichiometry() - 0.01, 1e-4);
        cell.setEfficiency(1 - fate.lithiumLoss());
        double foilMol = fate.foilM() / drawn.lithium().molarVolumeM3PerMol();
        cell.setLithiumInventory(foilMol);
        this.oneC = drawn.oneCAmpere();
        this.film = cell.slow().filmResistanceOhmM2();
    }

    double timeH() {
        return timeS / 3600;
    }

    double dischargeAh() {
        return dischargeC / COULOMB_PER_AH;
    }

    int cycleCount() {
        return cycleCount;
    }

    /** One cycle of the programme, and the ageing it brings. */
    CycleEnd cycle(Log log) {
        double current = RATE * oneC;
        cell.setAmbient(parameters.thermal().ambientK() + CHAMBER_K * random.normal(0, cycleCount, 4, 0));
        if (cycleCount >= fate.leakFromCycle()) {
            leakCRate = leakCRate == 0 ? fate.leakStartCRate() : leakCRate * Elementary.exp(fate.leakGrowthPerCycle());
            cell.age(cell.slow().withLeakConductance(leakCRate * oneC / 3.8 / parameters.areaM2()));
        }
        if (leakCRate >= HARD_C_RATE) {
            return CycleEnd.SHORTED;
        }
        Limits window = Limits.window(parameters);
        double longest = LONGEST_CHARGE_NOMINALS * COULOMB_PER_AH / RATE;
        double charged = run(StepType.STEP_TYPE_CC_CHARGE, new Drive.Current(current), window, longest, EVERY_S, log);
        run(StepType.STEP_TYPE_REST, Drive.rest(), Limits.NONE, REST_S, REST_EVERY_S, log);
        double xFull = cell.meanStoichiometry();
        double discharged =
                -run(StepType.STEP_TYPE_CC_DISCHARGE, new Drive.Current(-current), window, longest, EVERY_S, log);
        double depth = Math.abs(cell.meanStoichiometry() - xFull);
        run(StepType.STEP_TYPE_REST, Drive.rest(), Limits.NONE, REST_S, REST_EVERY_S, log);
        dischargeC = discharged;
        chargeC = charged;
        age(depth);
        cycleCount++;
        return CycleEnd.WHOLE;
    }

    private void age(double depth) {
        if (firstChargeC == 0) {
            firstChargeC = chargeC;
            firstDepth = depth;
        }
        double share = Math.max(1e-3, chargeC / firstChargeC);
        double drift = Elementary.exp(fate.growthDrift() * cycleCount);
        film += fate.growthVPerCycle()
                * parameters.areaM2()
                / (RATE * oneC)
                * drift
                * Elementary.exp((1 + fate.growthChargeExponent()) * Elementary.log(share));
        double deep = Elementary.exp(fate.lossDepthExponent() * Elementary.log(Math.max(1e-3, depth / firstDepth)));
        double lost = fate.lossPerCycle() * deep * active;
        active -= lost;
        SlowState slow = cell.slow();
        cell.age(new SlowState(
                film,
                slow.deadLithiumMolPerM2(),
                slow.contactUtilisation(),
                active,
                slow.membraneConductivityFactor(),
                slow.leakConductanceSiemensPerM2()));
    }

    /** One step of the programme; returns its charge [C]. */
    private double run(StepType type, Drive drive, Limits limits, double lengthS, double everyS, Log log) {
        stepCount++;
        double from = timeS;
        double charge = 0;
        double energyJ = 0;
        double interval = 1;
        while (true) {
            StepReport report = cell.advance(drive, Math.min(interval, from + lengthS - timeS), limits);
            timeS += report.elapsedS();
            charge += report.chargeC();
            energyJ += report.energyJ();
            netChargeAh += report.chargeC() / COULOMB_PER_AH;
            log.take(sample(type, report, Math.abs(energyJ) / COULOMB_PER_AH));
            boolean stuck = report.elapsedS() <= 0 && report.stop() == Stop.TIME;
            if (report.stop() != Stop.TIME || stuck || timeS - from >= lengthS - 1e-9) {
                return charge;
            }
            interval = everyS;
        }
    }

    private Sample sample(StepType type, StepReport report, double stepEnergyWh) {
        sequence++;
        double voltage = report.voltageV() + 0.3e-3 * random.normal(0, sequence, 1, 0);
        double current = report.ampere() == 0 ? 0 : report.ampere() * (1 + 2e-5 * random.normal(0, sequence, 2, 0));
        double celsius = report.temperatureK() - ZERO_CELSIUS_K + 0.2 * random.normal(0, sequence, 3, 0);
        return Sample.newBuilder()
                .setSequence(sequence)
                .setTestTimeS(Math.rint(timeS * 1e3) / 1e3)
                .setVoltageV(Math.rint(voltage * 1e4) / 1e4)
                .setCurrentA(current)
                .setCellTemperatureDegc(Math.rint(celsius * 10) / 10)
                .setNetChargeAh(netChargeAh)
                .setStepEnergyWh(stepEnergyWh)
                .setStepCount(stepCount)
                .setCycleCount(cycleCount)
                .setStepType(type)
                .build();
    }

    /** Lithium that is left to strip beyond what is in the cathode [C/m2]. */
    double lithiumCPerM2() {
        return cell.lithiumInventoryMolPerM2() * PhysicalConstants.FARADAY_C_PER_MOL;
    }

    double activeFraction() {
        return active;
    }

    double filmOhmM2() {
        return film;
    }
}
