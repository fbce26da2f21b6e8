package io.pouchtwin.twin.softshort;

import java.util.Optional;

/**
 * Watches one cell for a soft short, sample by sample. Both signs are watched apart after charge and after discharge,
 * since each has its own habit. Belongs to one twin and one thread; the tester's net charge must be known.
 */
public final class SoftShortWatch {
    /** Currents below this share of 1 C count as rest: sensors have offsets and noise [1]. */
    static final double REST_C_RATE = 5e-3;

    /** Number of doubles in a saved watch. */
    public static final int SAVED_LENGTH =
            7 + 2 * (SignWatch.SAVED_LENGTH + ChargeBalance.SAVED_LENGTH + RestDrift.SAVED_LENGTH);

    private static final double BALANCE_REFERENCE = 1.0;
    private static final double BALANCE_THRESHOLD = 5.0;
    private static final double DRIFT_REFERENCE = 0.5;
    private static final double DRIFT_THRESHOLD = 5.0;

    private final double capacityAh;
    private final SignWatch balance = new SignWatch(BALANCE_REFERENCE, BALANCE_THRESHOLD);
    private final SignWatch drift = new SignWatch(DRIFT_REFERENCE, DRIFT_THRESHOLD);
    private final ChargeBalance afterCharge;
    private final ChargeBalance afterDischarge;
    private final RestDrift restAfterCharge;
    private final RestDrift restAfterDischarge;
    private double direction;
    private double lastDirection;
    private double lastTimeS;
    private double lastChargeAh;
    private double lastVoltageV;
    private double lastCurrentA;
    private double calledAtS = -1;

    /**
     * A watch that has seen nothing.
     *
     * @param capacityAh capacity of the cell [Ah]
     * @param voltageNoiseV standard deviation of a voltage reading [V]
     */
    public SoftShortWatch(double capacityAh, double voltageNoiseV) {
        this.capacityAh = capacityAh;
        afterCharge = new ChargeBalance(capacityAh, true, balance);
        afterDischarge = new ChargeBalance(capacityAh, false, balance);
        restAfterCharge = new RestDrift(voltageNoiseV, true, drift);
        restAfterDischarge = new RestDrift(voltageNoiseV, false, drift);
    }

    /** Another run: what happened in between is not known, but a habit stays a habit. */
    public void newRun() {
        afterCharge.interrupt();
        afterDischarge.interrupt();
        restAfterCharge.begin();
        restAfterDischarge.begin();
        direction = 0;
        lastDirection = 0;
    }

    /**
     * Takes one sample.
     *
     * @param timeS tester time since the start of the run [s]
     * @param netChargeAh charge since the start of the run, positive into the cell [Ah]
     * @param voltageV measured voltage [V]
     * @param currentA measured current [A]
     */
    public void take(double timeS, double netChargeAh, double voltageV, double currentA) {
        double threshold = REST_C_RATE * capacityAh;
        double now = currentA > threshold ? 1 : currentA < -threshold ? -1 : 0;
        if (now != direction) {
            leave();
            direction = now;
            if (now == 0) {
                rest().begin();
            }
        }
        if (now == 0 && lastDirection != 0) {
            rest().point(timeS, voltageV);
        }
        if (now != 0) {
            lastDirection = now;
        }
        lastTimeS = timeS;
        lastChargeAh = netChargeAh;
        lastVoltageV = voltageV;
        lastCurrentA = currentA;
        if (calledAtS < 0 && balanceSpeaks() && driftSpeaks()) {
            calledAtS = timeS;
        }
    }

    private void leave() {
        if (direction > 0) {
            afterCharge.end(lastTimeS, lastChargeAh, lastVoltageV, lastCurrentA, driftSpeaks());
        } else if (direction < 0) {
            afterDischarge.end(lastTimeS, lastChargeAh, lastVoltageV, lastCurrentA, driftSpeaks());
        } else if (lastDirection != 0) {
            rest().end(balanceSpeaks());
        }
    }

    private RestDrift rest() {
        return lastDirection > 0 ? restAfterCharge : restAfterDischarge;
    }

    /** Whether more charge was taken than returned. */
    public boolean balanceSpeaks() {
        return balance.speaks();
    }

    /** Whether the voltage falls at rest as it did not before. */
    public boolean driftSpeaks() {
        return drift.speaks();
    }

    /** How near the charge balance is to speaking: 1 is there [1]. */
    public double balanceLevel() {
        return balance.level();
    }

    /** How near the drift at rest is to speaking: 1 is there [1]. */
    public double driftLevel() {
        return drift.level();
    }

    /** Whether both signs have spoken; a short once called stays called. */
    public boolean called() {
        return calledAtS >= 0;
    }

    /** Tester time at which it was called [s]; negative if it was not. */
    public double calledAtS() {
        return calledAtS;
    }

    /** Tester time since which the charge balance has been beyond its habit [s]. */
    public double onsetS() {
        return balance.onsetS();
    }

    /** Current past the cell by the charge balance, mean since its onset [A]. */
    public Optional<Excess> leakCurrentA() {
        return balance.excess();
    }

    /** Fall of the voltage at rest beyond its habit, mean since its onset [V/s]. */
    public Optional<Excess> restFallVPerS() {
        return drift.excess();
    }

    /** Writes the watch's state. */
    public void save(double[] target) {
        target[0] = direction;
        target[1] = lastDirection;
        target[2] = lastTimeS;
        target[3] = lastChargeAh;
        target[4] = lastVoltageV;
        target[5] = lastCurrentA;
        target[6] = calledAtS;
        int at = 7;
        afterCharge.save(target, at);
        afterDischarge.save(target, at + ChargeBalance.SAVED_LENGTH);
        at += 2 * ChargeBalance.SAVED_LENGTH;
        restAfterCharge.save(target, at);
        restAfterDischarge.save(target, at + RestDrift.SAVED_LENGTH);
        at += 2 * RestDrift.SAVED_LENGTH;
        balance.save(target, at);
        drift.save(target, at + SignWatch.SAVED_LENGTH);
    }

    /** Takes up what {@link #save} wrote. */
    public void restore(double[] source) {
        direction = source[0];
        lastDirection = source[1];
        lastTimeS = source[2];
        lastChargeAh = source[3];
        lastVoltageV = source[4];
        lastCurrentA = source[5];
        calledAtS = source[6];
        int at = 7;
        afterCharge.restore(source, at);
        afterDischarge.restore(source, at + ChargeBalance.SAVED_LENGTH);
        at += 2 * ChargeBalance.SAVED_LENGTH;
        restAfterCharge.restore(source, at);
        restAfterDischarge.restore(source, at + RestDrift.SAVED_LENGTH);
        at += 2 * RestDrift.SAVED_LENGTH;
        balance.restore(source, at);
        drift.restore(source, at + SignWatch.SAVED_LENGTH);
    }
}
