package io.pouchtwin.cell.reduced.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.parameters.CellKind;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelErrorTest {
    private final ModelErrorTable shipped = ModelErrorTable.shipped();

    @Test
    void everyShippedCellWithACathodeHasBeenMeasuredInBothDirections() {
        for (String design : ParameterLibrary.DESIGNS) {
            CellParameters cell = ParameterLibrary.shipped().cell(design);
            if (cell.kind() == CellKind.HALF_CELL) {
                assertThat(shipped.runs(design)).as(design).hasSizeGreaterThanOrEqualTo(8);
                assertThat(shipped.sigmaV(design, cell.oneCAmpere() / cell.areaM2()))
                        .isPositive();
                assertThat(shipped.sigmaV(design, -cell.oneCAmpere() / cell.areaM2()))
                        .isPositive();
            }
        }
    }

    /** The promise up to 1 C, measured anew at each build on a thin and a thick cathode. */
    @ParameterizedTest
    @ValueSource(strings = {"coin-ncm523-ppla", "pouch-ncm523-ppla"})
    void upToOneCTheReducedCellIsWithinThreeMillivoltsOfTheFullOrder(String design) {
        CellParameters cell = ParameterLibrary.shipped().cell(design);
        for (double rate : new double[] {-1, 1}) {
            MeasuredError measured = ModelErrorMeasurement.measure(cell, rate).orElseThrow();
            assertThat(measured.rmsV()).isLessThan(0.003);
            assertThat(measured.bodyRmsV()).isLessThan(0.001);
        }
    }

    @Test
    void atFiveCInTheUsableWindowItIsWithinTenMillivolts() {
        CellParameters cell = ParameterLibrary.shipped().cell("pouch-5c-ncm523-ppla");
        for (double rate : new double[] {-5, 5}) {
            assertThat(ModelErrorMeasurement.measure(cell, rate).orElseThrow().rmsV())
                    .isLessThan(0.010);
        }
    }

    @Test
    void sigmaRunsStraightBetweenMeasurementsAndGrowsBeyondThem() {
        ModelErrorTable table = new ModelErrorTable(List.of(
                new MeasuredError("a", -20, 1, 0.002, 1, 1),
                new MeasuredError("a", -10, 1, 0.001, 1, 1),
                new MeasuredError("a", 10, 1, 0.004, 1, 1)));
        assertThat(table.sigmaV("a", -5)).isCloseTo(0.0005, within(1e-12));
        assertThat(table.sigmaV("a", -15)).isCloseTo(0.0015, within(1e-12));
        assertThat(table.sigmaV("a", -40)).isCloseTo(0.008, within(1e-12));
        assertThat(table.sigmaV("a", 5)).isCloseTo(0.002, within(1e-12));
        assertThat(table.sigmaV("a", 0)).isZero();
        assertThatThrownBy(() -> table.sigmaV("b", 1)).hasMessageContaining("no runs of b");
    }
}
