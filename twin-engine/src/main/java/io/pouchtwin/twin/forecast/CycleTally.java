package io.pouchtwin.twin.forecast;

import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.Sample;
import java.util.Arrays;

/**
 * Counts the load of the cycle that is running, sample by sample: charges, energies, currents, limits, temperatures. Part of the lockstep path: a few additions, no allocation.
 *
 * <p>A function of the samples alone; saved and restored with the twin. Belongs to one thread.
 */
public final class CycleTally {
    private static final double SECONDS_PER_HOUR = 3600;
    /** Currents below this share of 1 C are rest [1]. */
    private static final double REST_SHARE = 0.002;
    /** A current this much below the half cycle's largest belongs to a hold [1]. */
    private static final double HELD_BELOW = 0.98;

    private static final int CYCLE = 0;
    private static final int LAST_TIME = 1;
    private static final int LAST_VOLTAGE = 2;
    private static final int LAST_CURRENT = 3;
    private static final int LAST_NET = 4;
    private static final int LAST_SEQUENCE = 5;
    private static final int START_TIME = 6;
    private static final int CHARGE = 7;
    private static final int DISCHARGE = 8;
    private static final int CHARGE_ENERGY = 9;
    private static final int DISCHARGE_ENERGY = 10;
    private static final int CHARGE_CURRENT = 11;
    private static final int DISCHARGE_CURRENT = 12;
    private static final int HELD = 13;
    private static final int VOLTAGE_MAX = 14;
    private static final int VOLTAGE_MIN = 15;
    private static final int REST = 16;
    private static final int TEMPERATURE_TIME = 17;
    private static final int ACTIVE = 18;
    private static final int AMBIENT_TIME = 19;
    private static final int TOTAL = 20;
    private static final int LARGEST_GAP = 21;
    private static final int STARTED_INSIDE = 22;
    private static final int LAST_UNIX = 23;
    private static final int LAST_STEP = 24;
    private static final int LAST_ENERGY = 25;

    /** Number of doubles of {@link #save}. */
    public static final int SAVED_LENGTH = 26;

    private final double[] v = new double[SAVED_LENGTH];
    private final double oneCAmpere;
    private String testRun = "";

    /** Nothing counted yet. */
    public CycleTally(double nominalCapacityAh) {
        this.oneCAmpere = nominalCapacityAh;
        v[LAST_TIME] = Double.NaN;
    }

    /** Whether this sample is the first of another cycle of the run that is counted. A run that ends leaves its last cycle unfinished. */
    public boolean ends(String run, Sample sample) {
        return !Double.isNaN(v[LAST_TIME]) && run.equals(testRun) && sample.getCycleCount() != (int) v[CYCLE];
    }

    /** The run that is counted. */
    public String testRun() {
        return testRun;
    }

    /** Whether the tester counts charge. */
    public boolean countsCharge() {
        return !Double.isNaN(v[LAST_NET]);
    }

    /** The load of the cycle that is counted; the caller adds who it was and what the twin knows. */
    public ForecastBasis.Builder summary() {
        double active = v[ACTIVE];
        ForecastBasis.Builder basis = ForecastBasis.newBuilder()
                .setCycleCount((int) v[CYCLE])
                .setLastSequence((long) v[LAST_SEQUENCE])
                .setStepCount((int) v[LAST_STEP])
                .setStartTestTimeS(v[START_TIME])
                .setEndTestTimeS(v[LAST_TIME])
                .setChargeAh(v[CHARGE])
                .setDischargeAh(v[DISCHARGE])
                .setChargeEnergyWh(v[CHARGE_ENERGY])
                .setDischargeEnergyWh(v[DISCHARGE_ENERGY])
                .setChargeCurrentA(v[CHARGE_CURRENT])
                .setDischargeCurrentA(v[DISCHARGE_CURRENT])
                .setHeldChargeAh(v[HELD])
                .setVoltageMaxV(v[VOLTAGE_MAX])
                .setVoltageMinV(v[VOLTAGE_MIN])
                .setRestS(v[REST])
                .setMeanTemperatureDegc(active > 0 ? v[TEMPERATURE_TIME] / active : 0)
                .setAmbientTemperatureDegc(v[TOTAL] > 0 ? v[AMBIENT_TIME] / v[TOTAL] : 0)
                .setComplete(
                        v[STARTED_INSIDE] == 0 && v[DISCHARGE] > 0 && v[CHARGE] > 0 && v[LARGEST_GAP] < 0.2 * v[TOTAL]);
        if (v[LAST_UNIX] != 0) {
            basis.setEndUnixTimeS(v[LAST_UNIX]);
        }
        return basis;
    }

    private void begin(Sample sample, boolean inside) {
        Arrays.fill(v, 0);
        v[CYCLE] = sample.getCycleCount();
        v[START_TIME] = sample.getTestTimeS();
        v[STARTED_INSIDE] = inside ? 1 : 0;
        remember(sample);
    }

    /**
     * Counts the interval that ends with this sample. The first sample of a cycle only begins it: the interval before it belongs to neither.
     *
     * @param run the test run
     * @param temperatureDegc of the cell, the twin's
     * @param ambientDegc of the surroundings, measured or assumed
     */
    public void take(String run, Sample sample, double temperatureDegc, double ambientDegc) {
        boolean otherRun = !run.equals(testRun);
        testRun = run;
        if (otherRun || Double.isNaN(v[LAST_TIME]) || sample.getCycleCount() != (int) v[CYCLE]) {
            begin(sample, otherRun || Double.isNaN(v[LAST_TIME]));
            return;
        }
        double length = sample.getTestTimeS() - v[LAST_TIME];
        double current = sample.getCurrentA();
        double middleCurrent = sameDirection(current, v[LAST_CURRENT]) ? 0.5 * (current + v[LAST_CURRENT]) : current;
        double charge = middleCurrent * length / SECONDS_PER_HOUR;
        if (sample.hasNetChargeAh() && !Double.isNaN(v[LAST_NET])) {
            charge = sample.getNetChargeAh() - v[LAST_NET];
        }
        double voltage = sameDirection(current, v[LAST_CURRENT])
                ? 0.5 * (sample.getVoltageV() + v[LAST_VOLTAGE])
                : sample.getVoltageV();
        v[TOTAL] += length;
        v[AMBIENT_TIME] += ambientDegc * length;
        v[LARGEST_GAP] = Math.max(v[LARGEST_GAP], length);
        if (Math.abs(middleCurrent) > REST_SHARE * oneCAmpere) {
            v[ACTIVE] += length;
            v[TEMPERATURE_TIME] += temperatureDegc * length;
            flow(charge, current, energy(sample, Math.abs(charge) * voltage), sample.getVoltageV());
        } else {
            v[REST] += length;
        }
        remember(sample);
    }

    /** By the tester's own counter where it has one: sparse rows miss the cliff at the end of a discharge. */
    private double energy(Sample sample, double integrated) {
        if (!sample.hasStepEnergyWh()) {
            return integrated;
        }
        boolean sameStep = sample.getStepCount() == (int) v[LAST_STEP];
        double before = sameStep ? v[LAST_ENERGY] : 0;
        return Double.isNaN(before) ? integrated : sample.getStepEnergyWh() - before;
    }

    private void flow(double charge, double current, double energy, double voltage) {
        if (current > 0) {
            v[CHARGE] += charge;
            v[CHARGE_ENERGY] += energy;
            v[CHARGE_CURRENT] = Math.max(v[CHARGE_CURRENT], current);
            v[VOLTAGE_MAX] = Math.max(v[VOLTAGE_MAX], voltage);
            v[HELD] += current < HELD_BELOW * v[CHARGE_CURRENT] ? charge : 0;
        } else {
            v[DISCHARGE] -= charge;
            v[DISCHARGE_ENERGY] += energy;
            v[DISCHARGE_CURRENT] = Math.max(v[DISCHARGE_CURRENT], -current);
            v[VOLTAGE_MIN] = v[VOLTAGE_MIN] == 0 ? voltage : Math.min(v[VOLTAGE_MIN], voltage);
        }
    }

    private static boolean sameDirection(double a, double b) {
        return a * b > 0;
    }

    private void remember(Sample sample) {
        v[LAST_TIME] = sample.getTestTimeS();
        v[LAST_VOLTAGE] = sample.getVoltageV();
        v[LAST_CURRENT] = sample.getCurrentA();
        v[LAST_NET] = sample.hasNetChargeAh() ? sample.getNetChargeAh() : Double.NaN;
        v[LAST_SEQUENCE] = sample.getSequence();
        v[LAST_STEP] = sample.getStepCount();
        v[LAST_ENERGY] = sample.hasStepEnergyWh() ? sample.getStepEnergyWh() : Double.NaN;
        v[LAST_UNIX] = sample.hasUnixTimeS() ? sample.getUnixTimeS() : 0;
    }

    /** Everything that the next call depends on. */
    public void save(double[] target) {
        System.arraycopy(v, 0, target, 0, SAVED_LENGTH);
    }

    /** Takes up what {@link #save} wrote of a run. */
    public void restore(String run, double[] source) {
        testRun = run;
        System.arraycopy(source, 0, v, 0, SAVED_LENGTH);
    }
}
