package io.pouchtwin.twin.softshort;

/**
 * Second sign: voltage that falls at rest. A line through the second half of each rest gives its slope; relaxation after
 * the same step is the same from cycle to cycle, a leak adds to its fall. No current flows through the tester, so that
 * an offset of its current sensor has no part in this sign.
 */
final class RestDrift {
    /** Points of a rest that are kept; when full, every other one is dropped. */
    static final int KEPT = 64;

    /** Shortest rest that is judged [s], and fewest points in its second half. */
    static final double SHORTEST_S = 120;

    static final int FEWEST = 4;

    /** Rests whose lengths differ by more than this share are not compared [1]. */
    static final double SAME_LENGTH_SHARE = 0.1;

    static final int SAVED_LENGTH = 4 + 2 * KEPT;

    private final double voltageNoiseV;
    private final boolean charge;
    private final SignWatch watch;
    private final double[] timesS = new double[KEPT];
    private final double[] voltagesV = new double[KEPT];
    private double count;
    private double every = 1;
    private double seen;
    private double habitualLengthS;

    /**
     * Watches rests of one kind.
     *
     * @param voltageNoiseV standard deviation of a voltage reading [V]
     * @param charge whether they follow a charge, else a discharge
     * @param watch what the sign is gathered in
     */
    RestDrift(double voltageNoiseV, boolean charge, SignWatch watch) {
        this.voltageNoiseV = voltageNoiseV;
        this.charge = charge;
        this.watch = watch;
    }

    /** A rest begins. */
    void begin() {
        count = 0;
        every = 1;
        seen = 0;
    }

    /** One point of the rest. */
    void point(double timeS, double voltageV) {
        if (seen % every == 0) {
            if (count == KEPT) {
                thin();
            }
            int at = (int) count;
            timesS[at] = timeS;
            voltagesV[at] = voltageV;
            count++;
        }
        seen++;
    }

    private void thin() {
        for (int k = 0; k < KEPT / 2; k++) {
            timesS[k] = timesS[2 * k];
            voltagesV[k] = voltagesV[2 * k];
        }
        count = KEPT / 2;
        every *= 2;
    }

    /** The rest has ended; {@code suspected}: the other sign is up. */
    void end(boolean suspected) {
        int n = (int) count;
        if (n < FEWEST) {
            return;
        }
        double lengthS = timesS[n - 1] - timesS[0];
        if (lengthS < SHORTEST_S) {
            return;
        }
        if (Math.abs(lengthS - habitualLengthS) > SAME_LENGTH_SHARE * lengthS) {
            watch.forget(charge);
            habitualLengthS = lengthS;
        }
        double from = timesS[0] + 0.5 * lengthS;
        int points = 0;
        double meanTime = 0;
        double meanVoltage = 0;
        for (int k = 0; k < n; k++) {
            if (timesS[k] >= from) {
                points++;
                meanTime += timesS[k];
                meanVoltage += voltagesV[k];
            }
        }
        if (points < FEWEST) {
            return;
        }
        meanTime /= points;
        meanVoltage /= points;
        double tt = 0;
        double tv = 0;
        for (int k = 0; k < n; k++) {
            if (timesS[k] >= from) {
                tt += (timesS[k] - meanTime) * (timesS[k] - meanTime);
                tv += (timesS[k] - meanTime) * (voltagesV[k] - meanVoltage);
            }
        }
        watch.take(charge, -tv / tt, voltageNoiseV / Math.sqrt(tt), timesS[0], suspected);
    }

    void save(double[] target, int at) {
        target[at] = count;
        target[at + 1] = every;
        target[at + 2] = seen;
        target[at + 3] = habitualLengthS;
        System.arraycopy(timesS, 0, target, at + 4, KEPT);
        System.arraycopy(voltagesV, 0, target, at + 4 + KEPT, KEPT);
    }

    void restore(double[] source, int at) {
        count = source[at];
        every = source[at + 1];
        seen = source[at + 2];
        habitualLengthS = source[at + 3];
        System.arraycopy(source, at + 4, timesS, 0, KEPT);
        System.arraycopy(source, at + 4 + KEPT, voltagesV, 0, KEPT);
    }
}
