package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.full.StepReport;
import io.pouchtwin.cell.full.Stop;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.Workspace;
import java.util.Arrays;

/**
 * The reduced-order cell beside the full-order one, both with the shipped parameters, under the same constant current from rest.
 *
 * @param cell design
 * @param cRate rate
 * @param charging true for charge from empty, false for discharge from full
 * @param carriedRatio charge that the full-order cell passed until its cut-off, over the nominal capacity
 * @param rmsV voltage, root mean square over the time in which both are inside the window [V]
 * @param maxV voltage, largest difference in that time [V]
 * @param sharedRatio that time over the full-order cell's: below 1 where the reduced cell would stop earlier
 * @param timeS of the readings [s]
 * @param fullV full-order voltage at the readings [V]
 * @param reducedV reduced-order voltage at the readings [V]
 */
@SuppressWarnings("ArrayRecordComponent") // kept for charts, never compared
record ReducedComparison(
        String cell,
        double cRate,
        boolean charging,
        double carriedRatio,
        double rmsV,
        double maxV,
        double sharedRatio,
        double[] timeS,
        double[] fullV,
        double[] reducedV) {
    private static final int READINGS = 400;
    private static final double LONGEST_S = 36_000;
    private static final double PLENTY_MOL_PER_M2 = 1e3;

    static ReducedComparison of(CellParameters cell, double cRate, boolean charging) {
        double start = charging ? cell.dischargedStoichiometry() : cell.chargedStoichiometry();
        double ampere = (charging ? 1 : -1) * cRate * cell.oneCAmpere();
        Limits limits = new Limits(
                charging ? Double.NEGATIVE_INFINITY : cell.window().voltageMinV(),
                charging ? cell.window().voltageMaxV() : Double.POSITIVE_INFINITY,
                0,
                Double.POSITIVE_INFINITY);
        double stop = full(cell, start)
                .advance(new Drive.Current(ampere), LONGEST_S, limits)
                .elapsedS();
        double[] time = new double[READINGS];
        for (int k = 0; k < READINGS; k++) {
            time[k] = (k + 1) * stop / READINGS;
        }
        double[] fullV = fullVoltages(full(cell, start), ampere, limits, time);
        double[] reducedV = reducedVoltages(cell, start, ampere, time);
        int shared = 0;
        while (shared < READINGS
                && !Double.isNaN(fullV[shared])
                && reducedV[shared] >= limits.voltageMinV()
                && reducedV[shared] <= limits.voltageMaxV()) {
            shared++;
        }
        CurveDistance distance = CurveDistance.between(time, fullV, reducedV, 0, shared);
        return new ReducedComparison(
                cell.design(),
                cRate,
                charging,
                stop * Math.abs(ampere) / cell.nominalCapacityC(),
                shared == 0 ? Double.NaN : distance.rms(),
                shared == 0 ? Double.NaN : distance.max(),
                (double) shared / READINGS,
                time,
                fullV,
                reducedV);
    }

    private static FullOrderCell full(CellParameters cell, double start) {
        FullOrderCell full = FullOrderCell.at(cell, Mesh.REFERENCE, start);
        full.setLithiumInventory(PLENTY_MOL_PER_M2);
        return full;
    }

    private static double[] fullVoltages(FullOrderCell full, double ampere, Limits limits, double[] time) {
        double[] voltage = new double[time.length];
        Arrays.fill(voltage, Double.NaN);
        double before = 0;
        for (int k = 0; k < time.length; k++) {
            StepReport report = full.advance(new Drive.Current(ampere), time[k] - before, limits);
            if (report.stop() != Stop.TIME) {
                break;
            }
            voltage[k] = report.voltageV();
            before = time[k];
        }
        return voltage;
    }

    private static double[] reducedVoltages(CellParameters cell, double start, double ampere, double[] time) {
        ReducedCell reduced = ReducedCell.of(cell);
        Ensemble ensemble = reduced.newEnsemble(1);
        Workspace workspace = reduced.newWorkspace(1);
        double ambient = cell.thermal().ambientK();
        ensemble.state(reduced.layout().inventory())[0] = PLENTY_MOL_PER_M2;
        reduced.startAtRest(ensemble, new double[] {start}, ambient);
        double[] voltage = new double[time.length];
        double before = 0;
        for (int k = 0; k < time.length; k++) {
            reduced.step(ensemble, workspace, time[k] - before, ampere, ampere, ambient);
            voltage[k] = ensemble.output(Output.VOLTAGE)[0];
            before = time[k];
        }
        return voltage;
    }
}
