package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.full.StepReport;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.report.Finding;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** How much the full-order cell's answer still moves when mesh and time steps are refined. */
final class ResolutionFinding {
    private static final int READINGS = 200;
    private static final double LONGEST_S = 36_000;
    private static final double PLENTY_MOL_PER_M2 = 1e3;
    private static final List<String> CELLS = List.of("coin-ncm523-ppla", "pouch-ncm523-ppla", "pouch-ncm811-ppla");

    private ResolutionFinding() {}

    /** One way to resolve the cell. */
    private record Resolution(String name, Mesh mesh, double toleranceV) {}

    /** A discharge: when it stopped and the voltage at equal shares of the finest one's time. */
    @SuppressWarnings("ArrayRecordComponent") // read in loops, never compared
    private record Discharge(double stopS, double[] voltageV) {}

    static Finding of(ValidationOptions options, Consumer<String> progress) {
        Mesh usual = Mesh.REFERENCE;
        double tolerance = FullOrderCell.DEFAULT_TOLERANCE_V;
        Resolution finest = new Resolution("mesh x2, tolerance / 10", scaled(usual, 2), tolerance / 10);
        List<Resolution> others = List.of(
                new Resolution("as used", usual, tolerance),
                new Resolution("mesh / 2", scaled(usual, 0.5), tolerance),
                new Resolution("tolerance x10", usual, tolerance * 10),
                new Resolution("coarse, for many cells at once", Mesh.COARSE, tolerance));
        List<List<String>> rows = new ArrayList<>();
        for (String design : options.quick() ? CELLS.subList(0, 1) : CELLS) {
            progress.accept("resolution: " + design);
            CellParameters cell = ParameterLibrary.shipped().cell(design);
            for (double cRate : new double[] {1, 5}) {
                addRows(rows, cell, cRate, finest, others);
            }
        }
        return new Finding(
                List.of(),
                Section.of(
                        "Mesh and time steps",
                        "Discharge from full at 298 K with the full-order cell; difference to mesh "
                                + text(finest.mesh())
                                + " with a tenth of the tolerance. The mesh as used is " + text(usual)
                                + " (membrane, cathode, shells), the error allowed per step "
                                + Table.number(1e6 * tolerance)
                                + " uV. RMS over the time until the earlier of the two ends.",
                        new Table(List.of("cell", "C-rate", "resolution", "RMS [mV]", "stop time [%]"), rows)));
    }

    private static void addRows(
            List<List<String>> rows, CellParameters cell, double cRate, Resolution finest, List<Resolution> others) {
        double stop = stop(cell, cRate, finest);
        Discharge best = discharge(cell, cRate, finest, stop);
        for (Resolution other : others) {
            Discharge tried = discharge(cell, cRate, other, stop);
            double[] time = new double[READINGS];
            int both = 0;
            for (int k = 0; k < READINGS; k++) {
                time[k] = (k + 1) * stop / READINGS;
                both = Double.isNaN(tried.voltageV()[k]) || Double.isNaN(best.voltageV()[k]) ? both : k + 1;
            }
            CurveDistance distance = CurveDistance.between(time, best.voltageV(), tried.voltageV(), 0, both);
            rows.add(List.of(
                    cell.design(),
                    Table.number(cRate),
                    other.name(),
                    Table.number(1e3 * distance.rms()),
                    Table.number(100 * (tried.stopS() / best.stopS() - 1))));
        }
    }

    private static FullOrderCell start(CellParameters cell, Resolution resolution) {
        FullOrderCell start =
                FullOrderCell.at(cell, resolution.mesh(), cell.chargedStoichiometry(), resolution.toleranceV());
        start.setLithiumInventory(PLENTY_MOL_PER_M2);
        return start;
    }

    private static double stop(CellParameters cell, double cRate, Resolution resolution) {
        return start(cell, resolution)
                .advance(new Drive.Current(-cRate * cell.oneCAmpere()), LONGEST_S, lower(cell))
                .elapsedS();
    }

    private static Discharge discharge(CellParameters cell, double cRate, Resolution resolution, double stop) {
        FullOrderCell run = start(cell, resolution);
        Drive drive = new Drive.Current(-cRate * cell.oneCAmpere());
        double[] voltage = new double[READINGS];
        Arrays.fill(voltage, Double.NaN);
        for (int k = 0; k < READINGS; k++) {
            StepReport report = run.advance(drive, stop / READINGS, lower(cell));
            if (report.elapsedS() < stop / READINGS) {
                break;
            }
            voltage[k] = report.voltageV();
        }
        return new Discharge(stop(cell, cRate, resolution), voltage);
    }

    private static Limits lower(CellParameters cell) {
        return new Limits(cell.window().voltageMinV(), Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY);
    }

    private static Mesh scaled(Mesh mesh, double factor) {
        return new Mesh((int) (mesh.membraneCells() * factor), (int) (mesh.cathodeCells() * factor), (int)
                (mesh.shells() * factor));
    }

    private static String text(Mesh mesh) {
        return mesh.membraneCells() + ", " + mesh.cathodeCells() + ", " + mesh.shells();
    }
}
