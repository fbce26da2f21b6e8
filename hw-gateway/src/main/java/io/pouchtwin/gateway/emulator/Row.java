package io.pouchtwin.gateway.emulator;

import java.nio.ByteBuffer;

/**
 * A stored point.
 *
 * @param stepId number of the step in the programme, from 1
 * @param cycleId from 1
 * @param word the tester's word for the step
 * @param stepTimeMs since the start of the step
 * @param testerTimeMs since the tester was first switched on
 * @param voltageV as measured
 * @param currentA as measured, positive on charge
 * @param stepChargeAh magnitude since the start of the step
 * @param stepEnergyWh magnitude since the start of the step
 */
record Row(
        int stepId,
        int cycleId,
        String word,
        long stepTimeMs,
        long testerTimeMs,
        double voltageV,
        double currentA,
        double stepChargeAh,
        double stepEnergyWh) {
    /** Size on disk. */
    static final int BYTES = 60;

    private static final String[] WORDS = {"cc", "cv", "dc", "rest", "control"};

    void write(ByteBuffer out) {
        out.putInt(stepId)
                .putInt(cycleId)
                .putInt(java.util.Arrays.asList(WORDS).indexOf(word))
                .putLong(stepTimeMs)
                .putLong(testerTimeMs)
                .putDouble(voltageV)
                .putDouble(currentA)
                .putDouble(stepChargeAh)
                .putDouble(stepEnergyWh);
    }

    static Row read(ByteBuffer in) {
        return new Row(
                in.getInt(),
                in.getInt(),
                WORDS[in.getInt()],
                in.getLong(),
                in.getLong(),
                in.getDouble(),
                in.getDouble(),
                in.getDouble(),
                in.getDouble());
    }
}
