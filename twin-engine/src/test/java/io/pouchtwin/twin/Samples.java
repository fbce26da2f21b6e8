package io.pouchtwin.twin;

import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.StepType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A made-up test run on a straight-line cell: charge, rest, discharge, with noise and irregular logging. */
public final class Samples {
    public static final String RUN = "run-1";

    private Samples() {}

    /**
     * A run of so many samples.
     *
     * @param seed of the noise
     * @param count number of samples
     * @param resistanceOhm of the cell that is measured
     */
    public static List<Sample> run(long seed, int count, double resistanceOhm) {
        Random random = new Random(seed);
        List<Sample> samples = new ArrayList<>();
        double time = 0;
        double charge = 0;
        double soc = 0.3;
        double current = 0;
        for (int k = 0; k < count; k++) {
            int phase = k / 40 % 4;
            double next = phase == 1 ? 1.0 : phase == 3 ? -1.0 : 0.0;
            double length = k == 0 ? 0 : k % 40 == 0 ? 0.02 : phase % 2 == 0 ? 30 : 1 + random.nextInt(5);
            if (k % 40 == 0) {
                current = next;
            }
            time += length;
            charge += current * length / 3600;
            soc += current * length / 3600;
            double voltage = StraightLineCell.EMPTY_V
                    + (StraightLineCell.FULL_V - StraightLineCell.EMPTY_V) * soc
                    + resistanceOhm * current
                    + 0.5e-3 * random.nextGaussian();
            samples.add(Sample.newBuilder()
                    .setSequence(k + 1)
                    .setTestTimeS(time)
                    .setVoltageV(voltage)
                    .setCurrentA(current)
                    .setNetChargeAh(charge)
                    .setCellTemperatureDegc(25 + 0.1 * random.nextGaussian())
                    .setStepCount(1 + k / 40)
                    .setCycleCount(1 + k / 160)
                    .setStepType(current == 0 ? StepType.STEP_TYPE_REST : StepType.STEP_TYPE_PROFILE)
                    .build());
        }
        return samples;
    }

    public static CleanBatch batch(String cell, List<Sample> samples) {
        return CleanBatch.newBuilder()
                .setCell(cell)
                .setTestRun(RUN)
                .addAllSamples(samples)
                .build();
    }
}
