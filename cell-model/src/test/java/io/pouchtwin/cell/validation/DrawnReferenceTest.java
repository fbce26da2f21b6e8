package io.pouchtwin.cell.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.parameters.CellParameters;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PyBaMM made of the drawn cells belongs to the parameters that are written beside it. */
class DrawnReferenceTest {
    @Test
    void thereAreThirtyCellsOfEachDesignAndNoTwoAreTheSame() {
        List<DrawnReference> all =
                DrawnReference.names().stream().map(DrawnReference::load).toList();
        assertThat(all.stream()
                        .collect(Collectors.groupingBy(cell -> cell.parameters().design(), Collectors.counting())))
                .hasSize(3)
                .allSatisfy((design, count) -> assertThat(count).isEqualTo(30));
        assertThat(all.stream().map(cell -> cell.parameters().si("lithium.film.resistance")))
                .doesNotHaveDuplicates();
        assertThat(all)
                .allSatisfy(cell ->
                        assertThat(cell.cycle()[cell.cycle().length - 1]).isEqualTo(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"coin-ncm523-ppla-03", "pouch-5c-ncm523-ppla-05", "pouch-ncm523-ppla-09"})
    void theFirstChargeIsTheOneThatTheFullOrderCellOfTheseParametersShows(String name) {
        DrawnReference reference = DrawnReference.load(name);
        ReferenceCurve curve = reference.curve();
        CellParameters parameters = reference.parameters().toCellParameters();
        double coulomb = parameters.requireCathode().arealChargeCPerM2() * parameters.areaM2();
        FullOrderCell cell = FullOrderCell.at(parameters, Mesh.COARSE, curve.meanStoichiometry()[0]);
        double passed = 0;
        int rows = 0;
        for (int k = 0; k < curve.size() && reference.step()[k] <= 2; k++) {
            double length = k == 0 ? curve.timeS()[0] : curve.timeS()[k] - curve.timeS()[k - 1];
            passed += curve.ampere()[k] * length;
            double voltage = cell.advance(new Drive.Current(curve.ampere()[k]), length, Limits.NONE)
                    .voltageV();
            assertThat(voltage).as("%s at %.0f s", name, curve.timeS()[k]).isCloseTo(curve.voltageV()[k], within(4e-4));
            assertThat(curve.meanStoichiometry()[0] - curve.meanStoichiometry()[k])
                    .isCloseTo(passed / coulomb, within(2e-7));
            rows++;
        }
        assertThat(rows).isGreaterThan(40);
    }
}
