package io.pouchtwin.cell.full;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.CellParameters.Cathode;
import io.pouchtwin.cell.parameters.CellParameters.Layer;
import java.util.Arrays;

/** Finite volumes through membrane and cathode, and the constants of each. */
final class CellGrid {
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
    }

    private void fill(Layer layer, int from, int to) {
        Arrays.fill(width, from, to, layer.thicknessM() / (to - from));
        Arrays.fill(porosity, from, to, layer.porosity());
        Arrays.fill(efficiency, from, to, layer.transportEfficiency());
    }
}
