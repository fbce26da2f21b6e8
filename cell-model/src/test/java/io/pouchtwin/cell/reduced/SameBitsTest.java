package io.pouchtwin.cell.reduced;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.parameters.CellParameters;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SameBitsTest {
    /** A step of a test: length [s], mean and end current [C rate], surroundings [K]. */
    record Step(double lengthS, double meanRate, double endRate, double ambientK) {}

    private static final int MEMBERS = 5;

    @Provide
    Arbitrary<List<Step>> tests() {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.of(0.0, 0.01, 0.1, 1.0, 3.7, 10.0, 60.0, 600.0),
                        Arbitraries.of(0.0, -5.0, -1.0, -0.2, 0.3, 1.0, 2.0, 40.0),
                        Arbitraries.doubles().between(0.5, 1.5),
                        Arbitraries.of(298.15, 318.15, 263.15, 500.0))
                .as((length, rate, ratio, ambient) -> new Step(length, rate, rate * ratio, ambient));
        return step.list().ofMinSize(1).ofMaxSize(12);
    }

    @Property(tries = 25)
    void rowsGiveTheBitsOfTheObviousScalarCell(@ForAll("tests") List<Step> steps, @ForAll boolean thick) {
        ReducedCell cell = ReducedCell.of(thick ? FrozenCells.thick() : FrozenCells.thin());
        ReducedOptions options = ReducedOptions.standard(cell.parameters());
        Ensemble e = Cells.varied(cell, MEMBERS);
        Workspace w = cell.newWorkspace(MEMBERS);
        List<ScalarCell> scalars = new ArrayList<>();
        for (int m = 0; m < MEMBERS; m++) {
            scalars.add(new ScalarCell(cell.parameters(), options, e, m));
        }
        double oneC = cell.parameters().oneCAmpere();
        for (Step s : steps) {
            cell.step(e, w, s.lengthS(), s.meanRate() * oneC, s.endRate() * oneC, s.ambientK());
            for (int m = 0; m < MEMBERS; m++) {
                scalars.get(m).step(s.lengthS(), s.meanRate() * oneC, s.endRate() * oneC, s.ambientK());
                assertSame(e, m, scalars.get(m));
            }
        }
    }

    private static void assertSame(Ensemble e, int m, ScalarCell scalar) {
        StateLayout layout = e.layout();
        for (int k = 0; k < layout.nodes(); k++) {
            for (int s = 0; s < layout.shells(); s++) {
                assertThat(e.state(layout.stoichiometry(k, s))[m])
                        .as("x %s %s", k, s)
                        .isEqualTo(scalar.x[k][s]);
            }
            assertThat(e.state(layout.reaction(k))[m]).as("j %s", k).isEqualTo(scalar.reaction[k]);
        }
        for (int v = 0; v < layout.saltVolumes(); v++) {
            assertThat(e.state(layout.salt(v))[m]).as("salt %s", v).isEqualTo(scalar.salt[v]);
        }
        assertThat(e.state(layout.coreTemperature())[m]).as("core").isEqualTo(scalar.core);
        assertThat(e.state(layout.surfaceTemperature())[m]).as("surface").isEqualTo(scalar.surfaceK);
        assertThat(e.state(layout.inventory())[m]).as("inventory").isEqualTo(scalar.inventory);
        assertThat(e.output(Output.VOLTAGE)[m]).as("voltage").isEqualTo(scalar.voltage);
        assertThat(e.output(Output.MEAN_STOICHIOMETRY)[m]).as("mean").isEqualTo(scalar.meanStoichiometry);
    }

    /** One hash for every JDK and machine, interpreted or compiled: the sequence is long enough for the compiler to step in. */
    @Test
    void aLongTestHashesToTheSameBitsOnEveryJdk() {
        long hash = 17;
        for (CellParameters design : List.of(FrozenCells.thick(), FrozenCells.thin())) {
            ReducedCell cell = ReducedCell.of(design);
            Ensemble e = Cells.varied(cell, 32);
            Workspace w = cell.newWorkspace(32);
            Cells.drive(cell, e, w, 500);
            double[] all = new double[e.savedLength()];
            e.save(all, 0);
            for (double v : all) {
                hash = hash * 31 + Double.doubleToLongBits(v);
            }
        }
        assertThat(Long.toHexString(hash)).isEqualTo("198cba7a67145f6f");
    }
}
