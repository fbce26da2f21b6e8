package io.pouchtwin.api;

import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.OverpotentialSplit;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;

/**
 * States that look like those of a cell being cycled, one per sample, for tests and for looking at the page without a twin. The numbers are drawn by
 * hand, not by the model: they have the right shape, sign and size and nothing more.
 */
final class SyntheticCell {
    private static final double CAPACITY_AH = 1.2;
    private static final double AREA_CM2 = 297;
    private static final double CHARGE_S = 840;
    private static final double REST_S = 300;
    private static final double DISCHARGE_S = 1500;

    private final String cell;
    private final String testRun;
    private final TrustState trust;
    private final double unixTimeAtStartS;

    SyntheticCell(String cell, String testRun, TrustState trust, double unixTimeAtStartS) {
        this.cell = cell;
        this.testRun = testRun;
        this.trust = trust;
        this.unixTimeAtStartS = unixTimeAtStartS;
    }

    SyntheticCell(String cell, String testRun) {
        this(cell, testRun, TrustState.TRUST_STATE_TRUSTED, 1.7e9);
    }

    CellRegistration registration(int number) {
        return CellRegistration.newBuilder()
                .setCell(cell)
                .setTester(number % 3 == 0 ? "neware-2" : "neware-1")
                .setChannel("27-" + (21 + number / 8) + "-" + (1 + number % 8) + "-1")
                .setDesign(number % 2 == 0 ? "pouch-ncm523-ppla" : "pouch-ncm811-ppla")
                .setNominalCapacityAh(CAPACITY_AH)
                .setCampaign(number % 4 == 3 ? "calendar-2026" : "fast-charge-2026")
                .build();
    }

    /** State of sample {@code sequence}, logged each {@code periodS}. */
    TwinState state(long sequence, double periodS) {
        double t = sequence * periodS;
        double cycleS = CHARGE_S + REST_S + DISCHARGE_S + REST_S;
        int cycle = (int) (t / cycleS);
        double inCycleS = t % cycleS;
        boolean charge = inCycleS < CHARGE_S;
        boolean discharge = inCycleS >= CHARGE_S + REST_S && inCycleS < CHARGE_S + REST_S + DISCHARGE_S;
        double currentA = charge ? 5 * CAPACITY_AH * taper(inCycleS) : discharge ? -2 * CAPACITY_AH : 0;
        double soc = charge
                ? 0.08 + 0.84 * Math.min(1, inCycleS / (CHARGE_S * 0.9))
                : discharge
                        ? 0.92 - 0.84 * (inCycleS - CHARGE_S - REST_S) / DISCHARGE_S
                        : inCycleS < CHARGE_S + REST_S ? 0.92 : 0.08;
        double cRate = currentA / CAPACITY_AH;
        OverpotentialSplit split = split(cRate);
        double ocv = 3.45 + 0.75 * soc - 0.12 * Math.exp(-18 * soc) + 0.02 * Math.sin(7 * soc);
        double predicted = ocv + sum(split);
        double sigma = 0.004 + 0.0012 * Math.abs(cRate);
        boolean diverged = trust == TrustState.TRUST_STATE_DIVERGED;
        double innovation = sigma * 0.8 * noise(sequence) + (diverged ? 0.05 * cRate / 5 + 0.02 : 0);
        double temperature = 25 + 0.9 * Math.abs(cRate) * Math.min(1, (inCycleS % CHARGE_S) / 300);
        StepType step = charge
                ? (taper(inCycleS) < 1 ? StepType.STEP_TYPE_CV_CHARGE : StepType.STEP_TYPE_CC_CHARGE)
                : discharge ? StepType.STEP_TYPE_CC_DISCHARGE : StepType.STEP_TYPE_REST;
        return TwinState.newBuilder()
                .setCell(cell)
                .setTestRun(testRun)
                .setSequence(sequence)
                .setTestTimeS(t)
                .setUnixTimeS(unixTimeAtStartS + t)
                .setStepCount(4 * cycle + (charge ? 1 : discharge ? 3 : inCycleS < CHARGE_S + REST_S ? 2 : 4))
                .setCycleCount(cycle + 1)
                .setStepType(step)
                .setCurrentA(currentA)
                .setCurrentDensityMaCm2(1000 * currentA / AREA_CM2)
                .setVoltageMeasuredV(predicted + innovation)
                .setVoltagePredictedV(estimate(predicted, sigma))
                .setInnovationV(innovation)
                .setTemperatureMeasuredDegc(temperature + 0.05 * noise(sequence + 7))
                .setTemperaturePredictedDegc(estimate(temperature, 0.3))
                .setSoc(estimate(soc, 0.012))
                .setCathodeSurfaceStoichiometry(estimate(0.92 - 0.6 * soc, 0.01))
                .setOverpotentialV(split)
                .setFilmResistanceOhmCm2(estimate(4.2 + 0.01 * cycle, 0.35))
                .setTrust(trust)
                .setParameterSet("pouch-ncm523-ppla")
                .setNormalisedInnovationSquared(Math.pow(innovation / sigma, 2))
                .setCapacityAh(estimate(CAPACITY_AH * 0.98, 0.015))
                .setCapacityHealth(estimate(0.98, 0.012))
                .setResistanceHealth(estimate(1.06, 0.05))
                .setLeakConductanceSiemens(estimate(1e-6, 4e-6))
                .setVoltageOffsetV(estimate(0.001, 0.003))
                .build();
    }

    private static double taper(double inChargeS) {
        return inChargeS < CHARGE_S * 0.7 ? 1 : Math.exp(-(inChargeS - CHARGE_S * 0.7) / 110);
    }

    private static OverpotentialSplit split(double cRate) {
        double kinetic =
                0.022 * Math.log(Math.abs(cRate) * 4 + Math.sqrt(Math.pow(cRate * 4, 2) + 1)) * Math.signum(cRate);
        return OverpotentialSplit.newBuilder()
                .setLithiumKineticV(kinetic)
                .setFilmV(0.006 * cRate)
                .setMembraneV(0.0033 * cRate)
                .setCathodeKineticV(0.8 * kinetic)
                .setElectrolyteV(0.002 * cRate)
                .setParticleDiffusionV(0.009 * cRate)
                .setContactV(0.001 * cRate)
                .build();
    }

    private static double sum(OverpotentialSplit s) {
        return s.getLithiumKineticV()
                + s.getFilmV()
                + s.getMembraneV()
                + s.getCathodeKineticV()
                + s.getElectrolyteV()
                + s.getParticleDiffusionV()
                + s.getContactV();
    }

    /** Something between -2 and 2 that looks like noise and is the same each time. */
    private static double noise(long n) {
        long x = n * 0x9E3779B97F4A7C15L;
        x ^= x >>> 31;
        x *= 0xBF58476D1CE4E5B9L;
        x ^= x >>> 29;
        return 4.0 * ((x >>> 11) / (double) (1L << 53)) - 2.0;
    }

    private static Estimate estimate(double value, double sigma) {
        return Estimate.newBuilder().setValue(value).setSigma(sigma).build();
    }
}
