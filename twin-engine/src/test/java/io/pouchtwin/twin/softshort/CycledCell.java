package io.pouchtwin.twin.softshort;

import java.util.Random;
import java.util.function.BooleanSupplier;

/** A cell with a straight open-circuit line, one relaxation and a leak, cycled between two voltages with rests. */
final class CycledCell {
    private static final double CAPACITY_AH = 1;
    private static final double RELAXATION_S = 120;
    private static final double NOISE_V = 0.5e-3;

    private final Random random;
    private final SoftShortWatch watch;
    double leakSiemens;
    double sensorOffsetA;
    double fadePerCycle;
    double resistanceGrowthPerCycle;
    double chamberShare;
    double timeS;
    private double capacityAh = CAPACITY_AH;
    private double resistanceOhm = 0.05;
    private double soc = 0.1;
    private double relaxing;
    private double netChargeAh;

    CycledCell(long seed, SoftShortWatch watch) {
        this.random = new Random(seed);
        this.watch = watch;
    }

    private double openVoltage() {
        return 3.2 + soc;
    }

    /** One cycle at 1 C: charge, rest, discharge, rest. */
    void cycle() {
        double chamber = 1 + chamberShare * random.nextGaussian();
        double ohm = chamber * resistanceOhm;
        run(1, ohm, () -> openVoltage() + relaxing + ohm >= 4.2, 1e9, 2);
        run(0, ohm, () -> false, 900, 30);
        run(-1, ohm, () -> openVoltage() + relaxing - ohm <= 3.2, 1e9, 2);
        run(0, ohm, () -> false, 900, 30);
        capacityAh *= 1 - fadePerCycle;
        resistanceOhm *= 1 + 3 * fadePerCycle + resistanceGrowthPerCycle;
    }

    private void run(double currentA, double ohm, BooleanSupplier ends, double lengthS, double everyS) {
        double from = timeS;
        while (!ends.getAsBoolean() && timeS - from < lengthS) {
            for (int k = 0; k < everyS; k++) {
                double inside = currentA - leakSiemens * openVoltage();
                soc += inside / 3600 / capacityAh;
                relaxing += (0.03 * inside - relaxing) / RELAXATION_S;
                timeS++;
            }
            double measured = currentA == 0 ? 0 : currentA + sensorOffsetA;
            netChargeAh += measured * everyS / 3600;
            double voltage = openVoltage() + relaxing + ohm * currentA + NOISE_V * random.nextGaussian();
            watch.take(timeS, netChargeAh, voltage, measured);
        }
    }
}
