package io.pouchtwin.twin.forecast;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.twin.ensemble.RowStatistics;
import io.pouchtwin.twin.ensemble.SquareRootUpdate;
import java.util.Arrays;

/**
 * How fast this very cell ages, learnt from its own discharges: an ensemble filter that takes one step per cycle.
 *
 * <p>State of each member: resistance added and its growth per cycle, logarithm of the active material left and its change per cycle, and what its model of a fresh discharge is off by, in charge and in mean voltage, and by what factor its charge falls otherwise than the table says. Seen per cycle: the
 * charge of the discharge and its mean voltage, energy over charge. The mean voltage tells resistance, the charge what is left of the cathode; neither has to be right, only to be off by the same each time. Growth is per cycle of the load
 * that was running when learning began; {@link LoadScaling} takes it to others.
 *
 * <p>What the laws do not say (growth that changes with time) is a random walk of the growth. Belongs to one thread.
 */
final class AgeingLearner {
    /** Rows of the state. */
    static final int GROWTH = 0;

    static final int LOSS = 1;
    static final int ADDED = 2;
    static final int LOG_ACTIVE = 3;
    static final int CHARGE_BIAS = 4;
    static final int VOLTAGE_BIAS = 5;
    /** How much faster the charge falls than the table says [1]. */
    static final int CHARGE_GAIN = 6;
    /** Number of rows. */
    static final int ROWS = 7;

    /** Growth of the resistance per cycle before anything is seen, as voltage at the discharge current [V]: what calibration says is far below this. */
    private static final double GROWTH_SIGMA_V = 3e-3;

    /** The same for the logarithm of active material. */
    private static final double LOSS_SIGMA = 2e-3;

    private static final double CHARGE_BIAS_SIGMA = 0.05;
    private static final double VOLTAGE_BIAS_SIGMA_V = 0.04;

    /** How far tables were seen to be off in how the charge falls with what the mean voltage shows [1]. */
    private static final double CHARGE_GAIN_SIGMA = 0.12;

    /** A table is bent otherwise than the cell: random walk of the gain per square root of a cycle [1]. */
    private static final double GAIN_WANDER = 0.01;

    private static final double LEAST_GAIN = 0.1;

    /** Random walk of the growth, of its own size, per square root of a cycle [1]. */
    static final double WANDER = 0.018;

    private static final double LEAST_WANDER_V = 3e-6;
    private static final double LEAST_WANDER_LOSS = 3e-6;

    /** What a single cycle departs by from the smooth course [1], [V]. */
    private static final double CHARGE_NOISE = 0.0005;

    private static final double VOLTAGE_NOISE_V = 0.35e-3;

    /** What the table is wrong by, of the change since the start [1]. */
    private static final double TABLE_ERROR = 0.01;

    private static final double LIMIT_SIGMAS = 4;

    private final int members;
    private final double ohmM2PerVolt;
    private final Philox random;
    private final double[][] rows = new double[ROWS][];
    private final double[] charge;
    private final double[] voltage;
    private final double[] noise;
    private final SquareRootUpdate update;

    AgeingLearner(String cell, int members, double ohmM2PerVolt, double priorLossPerCycle) {
        this.members = members;
        this.ohmM2PerVolt = ohmM2PerVolt;
        this.random = Philox.of(7, cell);
        this.update = new SquareRootUpdate(members);
        Arrays.setAll(rows, k -> new double[members]);
        charge = new double[members];
        voltage = new double[members];
        noise = new double[members];
        draw(rows[GROWTH], 0, GROWTH, 0, GROWTH_SIGMA_V * ohmM2PerVolt);
        draw(rows[LOSS], 0, LOSS, -priorLossPerCycle, LOSS_SIGMA);
        draw(rows[CHARGE_BIAS], 0, CHARGE_BIAS, 0, CHARGE_BIAS_SIGMA);
        draw(rows[VOLTAGE_BIAS], 0, VOLTAGE_BIAS, 0, VOLTAGE_BIAS_SIGMA_V);
        draw(rows[CHARGE_GAIN], 0, CHARGE_GAIN, 1, CHARGE_GAIN_SIGMA);
    }

    /** A row of this mean and standard deviation, exactly. */
    private void draw(double[] row, long step, int index, double mean, double sigma) {
        random.normalRow(row, members, step, 1, index);
        double m = RowStatistics.mean(row);
        double s = RowStatistics.sigma(row, m);
        for (int j = 0; j < members; j++) {
            row[j] = mean + sigma * (row[j] - m) / s;
        }
    }

    /** Lets cycles pass. */
    void pass(double cycles, double[] growthScale, double[] lossScale, long step) {
        double root = Math.sqrt(cycles);
        wander(GROWTH, ADDED, growthScale, cycles, root * LEAST_WANDER_V * ohmM2PerVolt, step);
        wander(LOSS, LOG_ACTIVE, lossScale, cycles, root * LEAST_WANDER_LOSS, step);
        draw(noise, step, ROWS + CHARGE_GAIN, 0, root * GAIN_WANDER);
        for (int j = 0; j < members; j++) {
            rows[CHARGE_GAIN][j] = Math.max(LEAST_GAIN, rows[CHARGE_GAIN][j] + noise[j]);
        }
        for (int j = 0; j < members; j++) {
            rows[LOG_ACTIVE][j] = Math.min(0.05, rows[LOG_ACTIVE][j]);
        }
    }

    private void wander(int rate, int sum, double[] scale, double cycles, double least, long step) {
        double mean = Math.abs(RowStatistics.mean(rows[rate]));
        double sigma = WANDER * Math.sqrt(cycles) * mean + least;
        draw(noise, step, ROWS + rate, 0, sigma);
        for (int j = 0; j < members; j++) {
            rows[sum][j] += cycles * scale[j] * (rows[rate][j] + 0.5 * noise[j]);
            rows[rate][j] += noise[j];
        }
    }

    /**
     * Takes in a discharge.
     *
     * @param response of the members
     * @param chargeShare charge that the cathode gave over the reference charge [1]
     * @param chargeSigma what is not known of it besides the usual [1]
     * @param meanVoltageV energy over charge [V]
     * @param referenceC the reference charge [C]
     * @param perVoltage whether the mean voltage counts
     */
    void see(
            CapacityResponse response,
            double chargeShare,
            double chargeSigma,
            double meanVoltageV,
            double referenceC,
            boolean perVoltage) {
        if (perVoltage) {
            predict(response, referenceC);
            double drift = RowStatistics.mean(rows[ADDED]) / ohmM2PerVolt;
            double sigma = VOLTAGE_NOISE_V + TABLE_ERROR * Math.abs(drift);
            update.observe(voltage, meanVoltageV, sigma * sigma, LIMIT_SIGMAS);
            correct(response, referenceC, voltage, VOLTAGE_BIAS);
        }
        predict(response, referenceC);
        double sigma = CHARGE_NOISE + TABLE_ERROR * Math.abs(1 - chargeShare) * 0.3;
        update.observe(charge, chargeShare, sigma * sigma + chargeSigma * chargeSigma, LIMIT_SIGMAS);
        correct(response, referenceC, charge, CHARGE_BIAS);
    }

    /** Corrects all rows; what the response's curvature leaves of the correction goes to the bias, so that the prediction moves as far as the observation says. */
    private void correct(CapacityResponse response, double referenceC, double[] predicted, int bias) {
        update.apply(rows);
        update.apply(new double[][] {predicted});
        System.arraycopy(predicted, 0, noise, 0, members);
        predict(response, referenceC);
        for (int j = 0; j < members; j++) {
            rows[bias][j] += noise[j] - predicted[j];
        }
    }

    /** What each member expects of the next discharge. */
    private void predict(CapacityResponse response, double referenceC) {
        charges(response, rows[ADDED], rows[LOG_ACTIVE], referenceC, charge, voltage);
        for (int j = 0; j < members; j++) {
            charge[j] /= referenceC;
            voltage[j] += rows[VOLTAGE_BIAS][j];
        }
    }

    /**
     * Discharge of each member by the table, with what its table was found to be off by.
     *
     * @param chargeC receives the charges [C]
     * @param meanVoltageV receives the mean voltages, by the table alone [V]
     */
    void charges(
            CapacityResponse response,
            double[] added,
            double[] logActive,
            double referenceC,
            double[] chargeC,
            double[] meanVoltageV) {
        response.at(added, logActive, chargeC, meanVoltageV);
        for (int j = 0; j < members; j++) {
            double fallen = rows[CHARGE_GAIN][j] * (response.freshC() - chargeC[j]);
            chargeC[j] = Math.max(0, response.freshC() - fallen + rows[CHARGE_BIAS][j] * referenceC);
        }
    }

    /** Mean and standard deviation of the expected charge over the reference charge. */
    double[] expected(CapacityResponse response, double referenceC) {
        predict(response, referenceC);
        double mean = RowStatistics.mean(charge);
        return new double[] {mean, RowStatistics.sigma(charge, mean)};
    }

    /** After a change of the programme the table is another one, and so is what it is off by. */
    void newTable(long step) {
        draw(rows[CHARGE_BIAS], step, CHARGE_BIAS + 2 * ROWS, 0, CHARGE_BIAS_SIGMA);
        draw(rows[VOLTAGE_BIAS], step, VOLTAGE_BIAS + 2 * ROWS, 0, VOLTAGE_BIAS_SIGMA_V);
        draw(rows[CHARGE_GAIN], step, CHARGE_GAIN + 2 * ROWS, 1, CHARGE_GAIN_SIGMA);
    }

    double[] row(int row) {
        return rows[row];
    }

    void save(double[] target, int offset) {
        for (int k = 0; k < ROWS; k++) {
            System.arraycopy(rows[k], 0, target, offset + k * members, members);
        }
    }

    void restore(double[] source, int offset) {
        for (int k = 0; k < ROWS; k++) {
            System.arraycopy(source, offset + k * members, rows[k], 0, members);
        }
    }
}
