package io.pouchtwin.cell.full;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.CellParameters.Cathode;
import io.pouchtwin.cell.parameters.CellParameters.Layer;
import java.util.Arrays;

/**
 * Finite volumes through membrane and cathode, and the constants of each. Cells of the cathode are narrower towards the membrane, where the
 * reaction front starts: faces at L s (g + (1 - g) s) with s equidistant.
 */
final class CellGrid {
    /** Width of the first cathode cell over the mean. */
    private static final double NARROWEST = 0.2;

    /** Cells in the membrane, in the cathode and altogether. */
    final int membraneCells;

    final int cathodeCells;
    final int cells;
    /** Thickness of each cell [m]. */
    final double[] width;
    /** Porosity of each cell. */
    final double[] porosity;
    /** Factor on bulk transport in each cell. */
    final double[] efficiency;

    CellGrid(CellParameters parameters, Mesh mesh) {
        Cathode cathode = parameters.requireCathode();
        membraneCells = mesh.membraneCells();
        cathodeCells = mesh.cathodeCells();
        cells = membraneCells + cathodeCells;
        width = new double[cells];
        porosity = new double[cells];
        efficiency = new double[cells];
        fill(parameters.membrane(), 0, membraneCells);
        fill(cathode.layer(), membraneCells, cells);
        for (int m = 0; m < cathodeCells; m++) {
            width[membraneCells + m] = cathode.layer().thicknessM() * share(m);
        }
    }

    /** Share of the cathode's thickness that cathode cell m has. */
    double share(int m) {
        return face(m + 1) - face(m);
    }

    private double face(int m) {
        double s = (double) m / cathodeCells;
        return s * (NARROWEST + (1 - NARROWEST) * s);
    }

    private void fill(Layer layer, int from, int to) {
        Arrays.fill(width, from, to, layer.thicknessM() / (to - from));
        Arrays.fill(porosity, from, to, layer.porosity());
        Arrays.fill(efficiency, from, to, layer.transportEfficiency());
    }
}
