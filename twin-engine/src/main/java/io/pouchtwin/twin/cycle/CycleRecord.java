package io.pouchtwin.twin.cycle;

import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.RestVoltage;
import io.pouchtwin.contracts.v1.Sample;
import java.util.Arrays;

/** What is counted of the running cycle. Belongs to one twin and one thread. */
public final class CycleRecord {
    /** Currents below this share of 1 C count as rest [1]. */
    private static final double REST_C_RATE = 5e-3;

    private static final double SECONDS_PER_HOUR = 3600;

    private static final int SUMS = 20;
    /** Number of doubles in a saved record. */
    public static final int SAVED_LENGTH = SUMS + StepResponse.SAVED_LENGTH;

    private static final int CYCLE = 0;
    private static final int FIRST_SEQUENCE = 1;
    private static final int LAST_SEQUENCE = 2;
    private static final int START_S = 3;
    private static final int END_S = 4;
    private static final int BROKEN = 5;
    private static final int CHARGE_AH = 6;
    private static final int DISCHARGE_AH = 7;
    private static final int CHARGE_WH = 8;
    private static final int DISCHARGE_WH = 9;
    private static final int CHARGE_H = 10;
    private static final int DISCHARGE_H = 11;
    /** Voltage and length of the rest after charge, then of that after discharge. */
    private static final int REST = 12;

    private static final int DIRECTION = 16;
    private static final int SQUARES = 17;
    private static final int NORMALISED = 18;
    private static final int SAMPLES = 19;

    private final double capacityAh;
    private final double areaCm2;
    private final double[] sums = new double[SUMS];
    private final StepResponse response;

    /**
     * A record of nothing.
     *
     * @param capacityAh capacity of the design [Ah]
     * @param areaCm2 electrode area [cm2]
     * @param voltageNoiseV standard deviation of a voltage reading [V]
     */
    public CycleRecord(double capacityAh, double areaCm2, double voltageNoiseV) {
        this.capacityAh = capacityAh;
        this.areaCm2 = areaCm2;
        response = new StepResponse(capacityAh, voltageNoiseV);
    }

    /**
     * A cycle begins with this sample.
     *
     * @param fromItsStart false where it began before the twin was there
     */
    public void begin(Sample sample, double startS, boolean fromItsStart) {
        double direction = sums[DIRECTION];
        Arrays.fill(sums, 0);
        sums[DIRECTION] = direction;
        sums[CYCLE] = sample.getCycleCount();
        sums[FIRST_SEQUENCE] = sample.getSequence();
        sums[START_S] = startS;
        sums[BROKEN] = fromItsStart ? 0 : 1;
        response.begin();
    }

    /** Something of the cycle is missing. */
    public void breakOff() {
        sums[BROKEN] = 1;
    }

    /** The step changed at this reading: what follows is its response. */
    public void edge(double timeS, double voltageV, double currentA) {
        response.edge(timeS, voltageV, currentA);
    }

    /**
     * Takes one sample.
     *
     * @param lengthS time since the one before [s]
     * @param meanCurrentA mean current since then [A]
     * @param innovationV measured minus predicted voltage [V]
     * @param normalisedSquare its square over its variance [1]
     */
    public void take(Sample sample, double lengthS, double meanCurrentA, double innovationV, double normalisedSquare) {
        double hours = lengthS / SECONDS_PER_HOUR;
        double charge = meanCurrentA * hours;
        double threshold = REST_C_RATE * capacityAh;
        if (meanCurrentA > threshold) {
            sums[CHARGE_AH] += charge;
            sums[CHARGE_WH] += charge * sample.getVoltageV();
            sums[CHARGE_H] += hours;
        } else if (meanCurrentA < -threshold) {
            sums[DISCHARGE_AH] -= charge;
            sums[DISCHARGE_WH] -= charge * sample.getVoltageV();
            sums[DISCHARGE_H] += hours;
        }
        rest(sample, lengthS, threshold);
        response.take(sample.getTestTimeS(), sample.getVoltageV(), sample.getCurrentA());
        sums[LAST_SEQUENCE] = sample.getSequence();
        sums[END_S] = sample.getTestTimeS();
        sums[SQUARES] += innovationV * innovationV;
        sums[NORMALISED] += normalisedSquare;
        sums[SAMPLES]++;
    }

    private void rest(Sample sample, double lengthS, double threshold) {
        double current = sample.getCurrentA();
        if (Math.abs(current) > threshold) {
            int at = current > 0 ? REST : REST + 2;
            sums[DIRECTION] = Math.signum(current);
            sums[at + 1] = 0;
        } else if (sums[DIRECTION] != 0) {
            int at = sums[DIRECTION] > 0 ? REST : REST + 2;
            sums[at] = sample.getVoltageV();
            sums[at + 1] += lengthS;
        }
    }

    /**
     * What was counted, without the twin's estimates.
     *
     * @param currentOffsetA standard deviation of the offset of the tester's current [A]
     */
    public CycleEstimate.Builder estimate(double currentOffsetA) {
        CycleEstimate.Builder cycle = CycleEstimate.newBuilder()
                .setCycleCount((int) sums[CYCLE])
                .setFirstSequence((long) sums[FIRST_SEQUENCE])
                .setLastSequence((long) sums[LAST_SEQUENCE])
                .setStartTestTimeS(sums[START_S])
                .setEndTestTimeS(sums[END_S])
                .setComplete(sums[BROKEN] == 0)
                .setChargeAh(estimate(sums[CHARGE_AH], currentOffsetA * sums[CHARGE_H]))
                .setDischargeAh(estimate(sums[DISCHARGE_AH], currentOffsetA * sums[DISCHARGE_H]))
                .setChargeEnergyWh(sums[CHARGE_WH])
                .setDischargeEnergyWh(sums[DISCHARGE_WH])
                .setInnovationRmsV(Math.sqrt(sums[SQUARES] / Math.max(1, sums[SAMPLES])))
                .setMeanNormalisedInnovationSquared(sums[NORMALISED] / Math.max(1, sums[SAMPLES]))
                .setSamples((int) sums[SAMPLES]);
        if (sums[CHARGE_AH] > 0 && sums[DISCHARGE_AH] > 0) {
            cycle.setChargeEfficiency(sums[DISCHARGE_AH] / sums[CHARGE_AH])
                    .setEnergyEfficiency(sums[DISCHARGE_WH] / sums[CHARGE_WH]);
        }
        if (sums[REST + 1] > 0) {
            cycle.setRestAfterCharge(restVoltage(REST));
        }
        if (sums[REST + 3] > 0) {
            cycle.setRestAfterDischarge(restVoltage(REST + 2));
        }
        response.mean(0, areaCm2).ifPresent(cycle::setResistance10Ms);
        response.mean(1, areaCm2).ifPresent(cycle::setResistance1S);
        response.mean(2, areaCm2).ifPresent(cycle::setResistance30S);
        return cycle;
    }

    private RestVoltage restVoltage(int at) {
        return RestVoltage.newBuilder()
                .setVoltageV(sums[at])
                .setLengthS(sums[at + 1])
                .build();
    }

    private static Estimate estimate(double value, double sigma) {
        return Estimate.newBuilder().setValue(value).setSigma(sigma).build();
    }

    /** Writes the record. */
    public void save(double[] target) {
        System.arraycopy(sums, 0, target, 0, SUMS);
        response.save(target, SUMS);
    }

    /** Takes up what {@link #save} wrote. */
    public void restore(double[] source) {
        System.arraycopy(source, 0, sums, 0, SUMS);
        response.restore(source, SUMS);
    }
}
