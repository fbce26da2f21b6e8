package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.StepReport;
import io.pouchtwin.cell.full.Stop;
import io.pouchtwin.cell.validation.ReferenceCase.Protocol;
import java.util.Arrays;

/**
 * One cell taken through the readings of one curve, as a tester would: the load ends at the cell's own cut-off, the rest begins there.
 *
 * <p>So a difference of the moment of the cut-off counts once, as capacity, and not again as a voltage on a cliff that one of the two has
 * already been taken off.
 */
final class ReferenceRun {
    /** The load goes on after the reference's end by this share of it before a missing cut-off is called another end. */
    private static final double PATIENCE = 0.5;

    private final FullOrderCell cell;
    private final ReferenceCase reference;
    private final ReferenceCurve curve;
    private final int restRow;

    /** Our readings at the curve's rows; NaN where the cell was no longer under load. */
    final double[] voltageV;

    final double[] temperatureK;
    /** When our load ended [s]; NaN if it did not end at the cut-off. */
    double stopS = Double.NaN;
    /** Rows from the first that were read under load. */
    int loadRows;

    ReferenceRun(FullOrderCell cell, ReferenceCase reference, ReferenceCurve curve) {
        this.cell = cell;
        this.reference = reference;
        this.curve = curve;
        this.voltageV = new double[curve.size()];
        this.temperatureK = new double[curve.size()];
        Arrays.fill(voltageV, Double.NaN);
        Arrays.fill(temperatureK, Double.NaN);
        int row = curve.size();
        while (reference.protocol() != Protocol.DRIVE && row > 0 && curve.ampere()[row - 1] == 0) {
            row--;
        }
        this.restRow = row;
    }

    /** First row of the rest at the end; the number of rows if there is none. */
    int restRow() {
        return restRow;
    }

    /** Runs it; false if the cell could not follow. */
    boolean run() {
        if (!load()) {
            return false;
        }
        double before = reference.stopTimeS();
        for (int k = restRow; k < curve.size(); k++) {
            StepReport report = cell.advance(new Drive.Current(0), curve.timeS()[k] - before, Limits.NONE);
            if (report.stop() != Stop.TIME) {
                return false;
            }
            read(k, report);
            before = curve.timeS()[k];
        }
        return true;
    }

    private boolean load() {
        double elapsed = 0;
        for (int k = 0; k < restRow; k++) {
            Drive drive = new Drive.Current(curve.ampere()[k]);
            Limits limits = curve.ampere()[k] == 0 ? Limits.NONE : cutOff();
            StepReport report = cell.advance(drive, curve.timeS()[k] - elapsed, limits);
            elapsed += report.elapsedS();
            if (isCutOff(report.stop())) {
                stopS = elapsed;
                return true;
            }
            if (report.stop() != Stop.TIME) {
                return false;
            }
            read(k, report);
            loadRows = k + 1;
        }
        if (reference.protocol() == Protocol.DRIVE) {
            return true;
        }
        StepReport late =
                cell.advance(new Drive.Current(reference.ampere()), PATIENCE * reference.stopTimeS() + 1, cutOff());
        stopS = isCutOff(late.stop()) ? elapsed + late.elapsedS() : Double.NaN;
        return !Double.isNaN(stopS);
    }

    private void read(int row, StepReport report) {
        voltageV[row] = report.voltageV();
        temperatureK[row] = report.temperatureK();
    }

    private Limits cutOff() {
        return switch (reference.protocol()) {
            case CHARGE ->
                new Limits(Double.NEGATIVE_INFINITY, reference.cutOffV().orElseThrow(), 0, Double.POSITIVE_INFINITY);
            case DISCHARGE ->
                new Limits(reference.cutOffV().orElseThrow(), Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY);
            case DRIVE -> Limits.NONE;
        };
    }

    private static boolean isCutOff(Stop stop) {
        return stop == Stop.VOLTAGE_MIN || stop == Stop.VOLTAGE_MAX;
    }
}
