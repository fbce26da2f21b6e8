package io.pouchtwin.cell.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.ageing.CycleLife;
import io.pouchtwin.cell.ageing.CyclingProtocol;
import io.pouchtwin.cell.ageing.LithiumInventory;
import io.pouchtwin.cell.ageing.ReducedCycler;
import io.pouchtwin.cell.ageing.ReducedCycler.CellVariation;
import io.pouchtwin.cell.ageing.SlowState;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.ReducedCell;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PosteriorFileTest {
    @Test
    void whatIsWrittenIsRead() {
        Posterior p = new Posterior(
                "cell", Map.of("seed", "1"), List.of("a", "b"), new double[] {1.5, 1e-12}, List.of(new double[] {2, 3
                }));
        Posterior read =
                PosteriorFile.parse("cell", PosteriorFile.text(p).lines().toList());
        assertThat(read.columns()).isEqualTo(p.columns());
        assertThat(read.provenance()).isEqualTo(p.provenance());
        assertThat(read.mostProbable()).containsExactly(1.5, 1e-12);
        assertThat(read.members().get(0)).containsExactly(2, 3);
    }

    @Test
    void damageIsRefusedWithLineAndExpectation() {
        List<String> good = List.of("# format: 1", "# design: cell", "member,a", "map,1", "0,2");
        assertThat(PosteriorFile.parse("cell", good).members()).hasSize(1);
        assertThatThrownBy(() -> PosteriorFile.parse("other", good)).hasMessageContaining("design");
        assertThatThrownBy(() -> PosteriorFile.parse(
                        "cell", List.of("# format: 2", "# design: cell", "member,a", "map,1", "0,2")))
                .hasMessageContaining("format");
        assertThatThrownBy(() -> PosteriorFile.parse(
                        "cell", List.of("# format: 1", "# design: cell", "member,a", "map,1", "0,NaN")))
                .hasMessageContaining("line 5");
        assertThatThrownBy(() ->
                        PosteriorFile.parse("cell", List.of("# format: 1", "# design: cell", "member,a", "map,1")))
                .hasMessageContaining("members");
    }

    static List<String> designs() {
        return Calibration.DESIGNS;
    }

    @ParameterizedTest
    @MethodSource("designs")
    void shippedEnsemblesAreWholeAndWithinPhysicalBounds(String design) {
        Posterior p = PosteriorFile.shipped(design).orElseThrow();
        assertThat(p.members()).hasSizeGreaterThanOrEqualTo(64);
        assertThat(p.provenance().get("command")).contains("--seed");
        // facts that have changed since ask for a new calibration
        assertThat(p.provenance().get("facts")).contains(PosteriorTables.factsChecksum());
        for (double[] row : p.members()) {
            for (MemberParameter m : MemberParameter.values()) {
                p.parameter(row, m).ifPresent(v -> assertThat(v).as(m.name()).isBetween(m.lowest(), m.highest()));
            }
            assertThat(p.value(row, "lithium_loss_share")).isBetween(0.0, 0.2);
            assertThat(p.value(row, "cathode_loss_per_cycle")).isBetween(0.0, 0.02);
        }
        assertThat(p.members().stream()
                        .mapToDouble(r -> p.value(r, "diffusivity_factor"))
                        .distinct()
                        .count())
                .isGreaterThan(32);
    }

    @Test
    void theShippedPouchLivesTheLifeThatThePaperPrints() {
        Posterior p = PosteriorFile.shipped("pouch-ncm523-ppla").orElseThrow();
        CellParameters parameters = ParameterLibrary.shipped().cell("pouch-ncm523-ppla");
        double[] row = p.mostProbable();
        Map<MemberParameter, Double> own = new EnumMap<>(MemberParameter.class);
        for (MemberParameter m : MemberParameter.values()) {
            p.parameter(row, m).ifPresent(v -> own.put(m, v));
        }
        double loading = own.getOrDefault(MemberParameter.ACTIVE_FRACTION_FACTOR, 1.0);
        own.remove(MemberParameter.ACTIVE_FRACTION_FACTOR);
        own.put(MemberParameter.PLATING_EFFICIENCY, 1.0);
        ReducedCycler cycler = new ReducedCycler(
                ReducedCell.of(parameters),
                new CellVariation(own, loading, 0),
                p.laws(row, parameters.lithium()),
                CyclingProtocol.symmetric(0.2 * parameters.oneCAmpere(), 2.8, p.value(row, "upper_voltage_v"), 298.15));
        double foil = LithiumInventory.ofFoil(
                        parameters.lithium().thicknessM(), parameters.lithium().molarVolumeM3PerMol())
                .foilCPerM2();
        CycleLife.Life life = CycleLife.run(
                p.laws(row, parameters.lithium()),
                SlowState.fresh(foil),
                cycler,
                new CycleLife.Limits(100, 0.05, false),
                CycleLife.Stepping.fixed(5));
        assertThat(100 * life.retention(100)).isCloseTo(89.7, within(1.0));
    }
}
