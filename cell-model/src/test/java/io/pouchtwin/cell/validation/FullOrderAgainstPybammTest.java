package io.pouchtwin.cell.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.report.Figure;
import io.pouchtwin.cell.validation.ReferenceCase.Model;
import io.pouchtwin.cell.validation.ReferenceCase.Protocol;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The full-order cell against PyBaMM's DFN on a few cases of each kind; {@code validate model} runs all of them. */
class FullOrderAgainstPybammTest {
    private static final FullOrderComparison COMPARISON = FullOrderComparison.reference();

    @ParameterizedTest
    @CsvSource({
        "xu2019-half-cell, DISCHARGE, 10, 298.15, 10",
        "xu2019-half-cell, CHARGE, 2, 318.15, 2",
        "coin-ncm523-ppla, DISCHARGE, 2, 298.15, 2",
        "coin-ncm523-ppla, DISCHARGE, 5, 318.15, 5",
        "coin-ncm523-ppla, CHARGE, 10, 298.15, 10",
        "coin-ncm523-ppla, DRIVE, 4, 298.15, 5",
        "pouch-5c-ncm523-ppla, DISCHARGE, 5, 298.15, 5",
        "pouch-ncm523-ppla, DISCHARGE, 1, 298.15, 2",
        "pouch-ncm523-ppla, CHARGE, 5, 298.15, 5",
        "pouch-ncm811-ppla, DISCHARGE, 10, 318.15, 10",
        "pouch-ncm811-ppla, CHARGE, 1, 318.15, 2",
        "pouch-ncm811-ppla, DRIVE, 1, 298.15, 2"
    })
    void voltageCapacityAndTemperatureAgree(
            String cell, Protocol protocol, double cRate, double kelvin, double boundMilliVolt) {
        CaseComparison compared =
                COMPARISON.compare(find(cell, protocol, cRate, kelvin), ReferenceLibrary.parameters(cell));
        assertThat(1e3 * compared.rmsV()).as("voltage RMS [mV]").isLessThanOrEqualTo(boundMilliVolt);
        assertThat(100 * compared.capacityErrorRatio()).as("capacity [%]").isLessThanOrEqualTo(0.3);
        assertThat(compared.temperatureMaxK()).as("temperature [K]").isLessThanOrEqualTo(0.1);
    }

    @ParameterizedTest
    @CsvSource({
        "contact.resistance, 3.0, rms_max_le2C",
        "cathode.exchange_current.prefactor, 0.8, rms_max_le2C",
        "lithium.exchange_current.prefactor, 1.25, rms_max_le2C",
        "cathode.particle_radius, 1.05, rms_max_le2C",
        "electrolyte.transport.conductivity, 0.5, rms_max_le2C",
        "cathode.concentration_max, 1.01, capacity_err_max",
        "thermal.heat_capacity, 1.1, temperature_err_max"
    })
    void aWrongParameterBreaksItsBound(String key, double factor, String figure) {
        String cell = "pouch-ncm523-ppla";
        ParameterSet right = ReferenceLibrary.parameters(cell);
        ParameterSet wrong = right.with(key, factor * right.si(key));
        ReferenceCase reference = find(cell, Protocol.DISCHARGE, 2, 298.15);
        List<Figure> figures = FullOrderFinding.figures(List.of(COMPARISON.compare(reference, wrong)));
        List<Figure> unharmed = FullOrderFinding.figures(List.of(COMPARISON.compare(reference, right)));
        assertThat(named(unharmed, figure).pass()).as("with the right value").isTrue();
        assertThat(named(figures, figure).pass())
                .as(key + " x " + factor + " gives " + named(figures, figure).value())
                .isFalse();
    }

    @Test
    void aCaseThatCouldNotBeFollowedIsWorseThanAnyNumber() {
        ReferenceCase reference = find("coin-ncm523-ppla", Protocol.DISCHARGE, 1, 298.15);
        CaseComparison good = new CaseComparison(reference, 1e-4, 1e-4, 0, 0, 0, 0, new double[0]);
        CaseComparison lost = new CaseComparison(reference, Double.NaN, 0, 0, 0, Double.NaN, 0, new double[0]);
        List<Figure> figures = FullOrderFinding.figures(List.of(good, lost));
        assertThat(named(figures, "rms_max_le2C").pass()).isFalse();
        assertThat(named(figures, "capacity_err_max").pass()).isFalse();
    }

    private static Figure named(List<Figure> figures, String name) {
        return figures.stream()
                .filter(f -> f.key().endsWith("." + name))
                .findFirst()
                .orElseThrow();
    }

    static ReferenceCase find(String cell, Protocol protocol, double cRate, double kelvin) {
        List<ReferenceCase> found = ReferenceLibrary.cases().stream()
                .filter(c -> c.model() == Model.DFN
                        && c.cell().equals(cell)
                        && c.protocol() == protocol
                        && c.cRate() == cRate
                        && c.temperatureK() == kelvin)
                .collect(Collectors.toList());
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
