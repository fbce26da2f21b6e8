package io.pouchtwin.cell.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.validation.ReferenceCase.Model;
import io.pouchtwin.cell.validation.ReferenceCase.Protocol;
import io.pouchtwin.cell.validation.ReferenceCase.StopReason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceLibraryTest {
    private static final List<String> CELLS = List.of(
            "xu2019-half-cell", "coin-ncm523-ppla", "pouch-5c-ncm523-ppla", "pouch-ncm523-ppla", "pouch-ncm811-ppla");

    @Test
    void everyCellHasEveryModelRateDirectionAndTemperature() {
        List<ReferenceCase> cases = ReferenceLibrary.cases();
        for (String cell : CELLS) {
            for (Model model : Model.values()) {
                for (double kelvin : model == Model.DFN ? new double[] {298.15, 318.15} : new double[] {298.15}) {
                    for (Protocol protocol : Protocol.values()) {
                        long rates = cases.stream()
                                .filter(c -> c.cell().equals(cell) && c.model() == model)
                                .filter(c -> c.protocol() == protocol && c.temperatureK() == kelvin)
                                .count();
                        assertThat(rates)
                                .as(cell + " " + model + " " + protocol + " " + kelvin + " K")
                                .isEqualTo(protocol == Protocol.DRIVE ? 1 : 5);
                    }
                }
            }
        }
    }

    @Test
    void everyCurveIsReadableAndAgreesWithItsLineOfTheIndex() {
        for (ReferenceCase reference : ReferenceLibrary.cases()) {
            ReferenceCurve curve = ReferenceLibrary.curve(reference);
            assertThat(curve.timeS()).as(reference.label()).isSorted();
            assertThat(curve.meanStoichiometry()[0])
                    .as(reference.label())
                    .isCloseTo(reference.startStoichiometry(), within(1e-8));
            for (int k = 0; k < curve.size(); k++) {
                assertThat(Double.isFinite(curve.voltageV()[k]))
                        .as(reference.label())
                        .isTrue();
                boolean charges = curve.ampere()[k] > 0;
                boolean mayCharge = reference.protocol() != Protocol.DISCHARGE;
                assertThat(!charges || mayCharge)
                        .as(reference.label() + ": positive current charges")
                        .isTrue();
            }
            if (reference.stop() == StopReason.CUT_OFF) {
                int last = lastUnderLoad(curve);
                assertThat(curve.timeS()[last]).as(reference.label()).isCloseTo(reference.stopTimeS(), within(1e-6));
                if (reference.saltMinMolPerM3() < -1) {
                    continue; // an averaged model beyond its validity; its solver locates the event loosely
                }
                assertThat(curve.voltageV()[last])
                        .as(reference.label())
                        .isCloseTo(reference.cutOffV().orElseThrow(), within(1e-3));
            }
        }
    }

    @Test
    void chargeThatPassedIsLithiumThatMoved() {
        for (ReferenceCase reference : ReferenceLibrary.cases()) {
            if (reference.stop() != StopReason.CUT_OFF) {
                continue;
            }
            CellParameters cell = ReferenceLibrary.parameters(reference.cell()).toCellParameters();
            ReferenceCurve curve = ReferenceLibrary.curve(reference);
            double moved = Math.abs(curve.meanStoichiometry()[lastUnderLoad(curve)] - reference.startStoichiometry());
            double charge = moved * cell.requireCathode().arealChargeCPerM2() * cell.areaM2() / 3600;
            assertThat(charge)
                    .as(reference.label() + ": parameters beside the curves are those of the curves")
                    .isCloseTo(reference.capacityAh(), withinPercentage(1e-3));
        }
    }

    @Test
    void theParametersBesideTheCurvesAreKnownToDifferFromTheShippedOnesByKey() {
        for (String cell : CELLS) {
            assertThat(ReferenceLibrary.changedSince(cell))
                    .allSatisfy(
                            key -> assertThat(ReferenceLibrary.parameters(cell).find(key))
                                    .isPresent());
        }
    }

    private static int lastUnderLoad(ReferenceCurve curve) {
        int k = curve.size() - 1;
        while (curve.ampere()[k] == 0) {
            k--;
        }
        return k;
    }
}
