package io.pouchtwin.cell.full;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvergenceTest {
    private static double capacity(CellParameters cell, double rate, Mesh mesh, double toleranceV) {
        FullOrderCell full = FullOrderCell.at(cell, mesh, cell.chargedStoichiometry(), toleranceV);
        return -full.advance(new Drive.Current(-rate * cell.oneCAmpere()), 72000, Limits.window(cell))
                .chargeC();
    }

    @ParameterizedTest
    @CsvSource({"coin-ncm523-ppla, 2", "pouch-ncm523-ppla, 1", "pouch-ncm811-ppla, 2"})
    void aFinerMeshAndAFinerStepChangeTheCapacityByLessThanAPermille(String design, double rate) {
        CellParameters cell = ParameterLibrary.shipped().cell(design);
        double usual = capacity(cell, rate, Mesh.REFERENCE, FullOrderCell.DEFAULT_TOLERANCE_V);

        double finerMesh = capacity(cell, rate, new Mesh(20, 60, 72), FullOrderCell.DEFAULT_TOLERANCE_V);
        double finerStep = capacity(cell, rate, Mesh.REFERENCE, 0.1 * FullOrderCell.DEFAULT_TOLERANCE_V);

        assertThat(Math.abs(finerMesh / usual - 1)).isLessThan(1e-3);
        assertThat(Math.abs(finerStep / usual - 1)).isLessThan(1e-5);
    }
}
