package io.pouchtwin.twin.softshort;

/**
 * First sign: charge taken in excess of charge returned. Between two ends of charge (or of discharge) at the same
 * voltage and current the cathode holds the same lithium, so that the tester's net charge over the cycle between them
 * went through a leak, or is an offset of its current sensor.
 */
final class ChargeBalance {
    /** Two ends count as alike when their voltages differ by no more than this [V]. */
    static final double SAME_VOLTAGE_V = 0.01;

    /** ... and their currents by no more than this share of the larger, and a hundredth of 1 C [1]. */
    static final double SAME_CURRENT_SHARE = 0.1;

    /** What the charge between two alike ends repeats to where nothing but the tester scatters, as a share of the capacity; chamber and ageing come on top, as each cell shows [1]. */
    static final double REPEATABILITY = 2.5e-4;

    /** Shortest time between two ends that is judged [s]. */
    static final double SHORTEST_S = 300;

    static final int SAVED_LENGTH = 5;

    private final double capacityAh;
    private final boolean charge;
    private final SignWatch watch;
    private double known;
    private double timeS;
    private double chargeAh;
    private double voltageV;
    private double currentA;

    /**
     * Compares ends of one kind.
     *
     * @param capacityAh capacity of the cell [Ah]
     * @param charge whether ends of charge are compared, else ends of discharge
     * @param watch what the sign is gathered in
     */
    ChargeBalance(double capacityAh, boolean charge, SignWatch watch) {
        this.capacityAh = capacityAh;
        this.charge = charge;
        this.watch = watch;
    }

    /**
     * A charge, or a discharge, has ended.
     *
     * @param endS tester time [s]
     * @param netChargeAh charge since the start of the run, positive into the cell [Ah]
     * @param endVoltageV voltage at the end [V]
     * @param endCurrentA current at the end [A]
     * @param suspected whether the other sign is up
     */
    void end(double endS, double netChargeAh, double endVoltageV, double endCurrentA, boolean suspected) {
        double slack = SAME_CURRENT_SHARE * Math.max(Math.abs(endCurrentA), Math.abs(currentA)) + 0.01 * capacityAh;
        boolean alike = known > 0
                && Math.abs(endVoltageV - voltageV) <= SAME_VOLTAGE_V
                && Math.abs(endCurrentA - currentA) <= slack;
        double hours = (endS - timeS) / 3600;
        if (alike && endS - timeS >= SHORTEST_S) {
            watch.take(charge, (netChargeAh - chargeAh) / hours, REPEATABILITY * capacityAh / hours, timeS, suspected);
        } else if (known > 0 && !alike) {
            watch.forget(charge);
        }
        known = 1;
        timeS = endS;
        chargeAh = netChargeAh;
        voltageV = endVoltageV;
        currentA = endCurrentA;
    }

    /** What is known of the last end no longer holds: another run. */
    void interrupt() {
        known = 0;
    }

    void save(double[] target, int at) {
        target[at] = known;
        target[at + 1] = timeS;
        target[at + 2] = chargeAh;
        target[at + 3] = voltageV;
        target[at + 4] = currentA;
    }

    void restore(double[] source, int at) {
        known = source[at];
        timeS = source[at + 1];
        chargeAh = source[at + 2];
        voltageV = source[at + 3];
        currentA = source[at + 4];
    }
}
