package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;

/**
 * Where the open-circuit curve falls off its cliff the voltage is as far from linear in what is uncertain as a function can
 * be: members a thousandth of stoichiometry apart are half a volt apart, their mean is no prediction, and their
 * covariance with the voltage is that of the few that have already fallen. There the comparison is made in the
 * stoichiometry to which a voltage belongs,
 *
 * <pre>
 *   s(V) = -x,   U(x) = V - d,   R_s = R / U'(x)^2 + s_r^2 + p
 * </pre>
 *
 * with d the mean over the members of all that lies between the cathode's open-circuit voltage and the terminals [V], R the
 * variance of a reading [V2] and s_r what the reduced cell's surface is off by from
 * one reading to the next [1] and p what has built up of {@link ModelError}'s s_x and is not yet in the members. U falls all the way, so that a reading keeps
 * all it says but for the members' own d about the mean, which counts as stoichiometry.
 *
 * @see "L. Bertino, G. Evensen, H. Wackernagel: Sequential data assimilation techniques in oceanography. Int. Stat. Rev. 71
 *     (2003), section 4 (anamorphosis)"
 */
final class StoichiometryScale implements VoltageScale {
    /** Where the curve is steeper than this the comparison is made in stoichiometry [V]. */
    static final double STEEP_V = 4;

    /** What the reduced cell's surface is off by from one reading to the next [1]. */
    private static final double READING_SIGMA = 2e-5;

    /** Spread of the surfaces beyond which they no longer follow the parameters in proportion [1]. */
    private static final double LINEAR_STOICHIOMETRY = 2e-3;

    private static final double LEAST_SLOPE_V = 0.1;

    private final ReducedCell cell;
    private final InverseCurve inverse;
    private final double[] voltage;
    private final double[] predicted;
    private final double[][] drops;
    private final Discrepancy discrepancy;
    private double dropV;

    /**
     * The scale of an ensemble.
     *
     * @param cell the model
     * @param inverse of the model's open-circuit curve
     * @param ensemble whose voltages are compared
     * @param discrepancy what each member is off by
     */
    StoichiometryScale(ReducedCell cell, InverseCurve inverse, Ensemble ensemble, Discrepancy discrepancy) {
        this.discrepancy = discrepancy;
        this.cell = cell;
        this.inverse = inverse;
        this.voltage = ensemble.output(Output.VOLTAGE);
        this.predicted = new double[ensemble.members()];
        this.drops = new double[][] {
            ensemble.output(Output.LITHIUM_KINETIC),
            ensemble.output(Output.FILM),
            ensemble.output(Output.MEMBRANE),
            ensemble.output(Output.CATHODE_KINETIC),
            ensemble.output(Output.ELECTROLYTE),
            ensemble.output(Output.CONTACT),
            discrepancy.volts
        };
    }

    /** Takes up the members' present predictions. */
    StoichiometryScale take() {
        dropV = 0;
        for (double[] row : drops) {
            dropV += RowStatistics.mean(row);
        }
        for (int j = 0; j < predicted.length; j++) {
            predicted[j] = of(voltage[j]);
        }
        return this;
    }

    @Override
    public boolean isBent() {
        return true;
    }

    @Override
    public double[] predicted() {
        return predicted;
    }

    @Override
    public double of(double voltageV) {
        return -inverse.stoichiometry(voltageV - dropV);
    }

    @Override
    public double variance(double voltageV, double varianceV2) {
        double x = inverse.stoichiometry(voltageV - dropV);
        double half = 1e-4;
        double slope = Math.max(LEAST_SLOPE_V, (cell.restVoltage(x - half) - cell.restVoltage(x + half)) / (2 * half));
        return varianceV2 / (slope * slope) + READING_SIGMA * READING_SIGMA + discrepancy.pendingSurfaceVariance();
    }

    @Override
    public double linearRange(double volts) {
        return LINEAR_STOICHIOMETRY;
    }

    @Override
    public double volts(double value) {
        return openCircuitV(-value) + dropV;
    }

    @Override
    public double sigmaVolts(double value, double variance) {
        double sigma = Math.sqrt(variance);
        return 0.5 * (openCircuitV(-value - sigma) - openCircuitV(-value + sigma));
    }

    /** Not below where a tester stops: what lies beyond it is beyond. */
    private double openCircuitV(double x) {
        return Math.max(inverse.lowestV(), cell.restVoltage(x));
    }
}
