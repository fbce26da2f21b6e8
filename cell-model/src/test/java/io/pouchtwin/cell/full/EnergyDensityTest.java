package io.pouchtwin.cell.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.parameters.MassVolumeBudget.Part;
import io.pouchtwin.cell.parameters.PaperFacts;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnergyDensityTest {
    @ParameterizedTest
    @CsvSource({"pouch-ncm523-ppla, pouch523.energy", "pouch-ncm811-ppla, pouch811.energy"})
    void aPouchGivesTheEnergyDensityOfThePaperWithinOnePercent(String design, String fact) {
        EnergyDensity density = EnergyDensity.of(ParameterLibrary.shipped().load(design));

        double paper = PaperFacts.load().si(fact) / 3600;
        assertThat(density.wattHourPerKg()).isCloseTo(paper, within(0.01 * paper));
        assertThat(density.budget().parts()).allMatch(p -> p.massKg() > 0);
        assertThat(density.budget().parts())
                .filteredOn(Part::assumed)
                .extracting(Part::name)
                .contains("packaging", "tabs", "catholyte in the pores");
    }
}
