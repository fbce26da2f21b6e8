package io.pouchtwin.cell.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ParameterLibraryTest {
    static final Iterable<String> DESIGNS = ParameterLibrary.DESIGNS;

    private final ParameterLibrary library = ParameterLibrary.shipped();

    @ParameterizedTest
    @FieldSource("DESIGNS")
    void everyShippedDesignLoads(String design) {
        CellParameters cell = library.cell(design);

        assertThat(cell.design()).isEqualTo(design);
        assertThat(cell.areaM2()).isPositive();
    }

    @Test
    void thePouchHasTheLoadingAndTheFoilOfThePaper() {
        CellParameters pouch = library.cell("pouch-ncm523-ppla");

        assertThat(pouch.requireCathode().loadingKgPerM2()).isCloseTo(0.22, within(1e-12));
        double foilMilliAmpHourPerCm2 = pouch.lithium().inventoryMolPerM2() * 96485.33212 / 3600 / 10;
        assertThat(foilMilliAmpHourPerCm2).isCloseTo(4.12, within(0.01));
    }

    @Test
    void theMembraneResistanceAndItsSaltDiffusivityFollowFromThePaper() {
        CellParameters pouch = library.cell("pouch-ncm523-ppla");
        double kappa = pouch.electrolyte().transport().conductivity(1000, 298.15);

        assertThat(pouch.membrane().thicknessM() / kappa * 1e4).isCloseTo(0.743, within(0.001));
        assertThat(pouch.electrolyte().transport().diffusivity(1000, 298.15)).isCloseTo(7.2e-12, within(0.1e-12));
    }
}
