package io.pouchtwin.ingest;

import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import java.util.ArrayList;
import java.util.List;

/** Rows as a Neware tester stores them: time, charge and energy begin anew at each step; the end of a step is logged. */
public final class Rows {
    public static final double CAPACITY_AH = 5;
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final double INTERVAL_S = 10;

    private final List<RawSample> rows = new ArrayList<>();
    private double wallS;
    private int stepId;
    private int cycleId = 1;

    /** A few cycles of charge at 1 C, rest, discharge at 1 C, rest. */
    public static List<RawSample> cycles(int count, int rowsPerStep) {
        Rows rows = new Rows();
        for (int cycle = 1; cycle <= count; cycle++) {
            rows.cycleId = cycle;
            rows.stepId = 0;
            rows.step("cc", 5, 3.7, rowsPerStep);
            rows.step("rest", 0, 3.9, rowsPerStep);
            rows.step("dc", -5, 3.6, rowsPerStep);
            rows.step("rest", 0, 3.5, rowsPerStep);
        }
        return rows.rows;
    }

    /** One batch of all rows. */
    public static RawBatch batch(List<RawSample> rows) {
        return RawBatch.newBuilder()
                .setTester("bts")
                .setChannel("27-21-1-1")
                .setTestRun("143")
                .setTimeZone("Europe/Zurich")
                .setReceivedUnixUs(1_767_000_000_000_000L)
                .addAllSamples(rows)
                .build();
    }

    /** What the registry says of the batches' channel. */
    public static CellRegistration registration() {
        return CellRegistration.newBuilder()
                .setCell("cell-1")
                .setTester("bts")
                .setChannel("27-21-1-1")
                .setDesign("pouch-5c-ncm523-ppla")
                .setNominalCapacityAh(CAPACITY_AH)
                .build();
    }

    private void step(String word, double currentA, double voltageV, int count) {
        stepId++;
        for (int i = 1; i <= count; i++) {
            double stepTimeS = i * INTERVAL_S;
            double chargeAh = Math.abs(currentA) * stepTimeS / SECONDS_PER_HOUR;
            rows.add(RawSample.newBuilder()
                    .setSequence(rows.size() + 1L)
                    .setStepTimeS(stepTimeS)
                    .setWallTime(wall(wallS + stepTimeS))
                    .setVoltageV(voltageV + 0.0001 * i)
                    .setCurrentA(currentA)
                    .setStepChargeAh(chargeAh)
                    .setStepEnergyWh(chargeAh * voltageV)
                    .setStepId(stepId)
                    .setCycleId(cycleId)
                    .setStepType(word)
                    .build());
        }
        wallS += count * INTERVAL_S;
    }

    private static String wall(double secondsOfDay) {
        int seconds = (int) secondsOfDay;
        return String.format("2026-03-02 %02d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }
}
