package io.pouchtwin.cell.reduced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.ButlerVolmer;
import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReducedCellTest {
    static Iterable<String> designs() {
        return Cells.DESIGNS;
    }

    @ParameterizedTest
    @MethodSource("designs")
    void zeroCurrentStaysPut(String design) {
        ReducedCell cell = Cells.cell(design);
        Ensemble e = cell.newEnsemble(2);
        Workspace w = cell.newWorkspace(2);
        Cells.start(cell, e, 0.5);
        double rest = cell.restVoltage(Cells.between(cell, 0.5));
        for (int i = 0; i < 20; i++) {
            cell.step(e, w, 600, 0, 0, Cells.T_REF_K);
        }
        assertThat(e.output(Output.VOLTAGE)[0]).isCloseTo(rest, within(1e-9));
        assertThat(e.output(Output.MEAN_STOICHIOMETRY)[0]).isCloseTo(Cells.between(cell, 0.5), within(1e-12));
        assertThat(e.state(e.layout().coreTemperature())[0]).isCloseTo(Cells.T_REF_K, within(1e-9));
    }

    /** What a large current leaves uneven in a thick cathode with slow kinetics once threw Newton's method out for minutes. */
    @ParameterizedTest
    @MethodSource("designs")
    void aShortPulseLeavesNothingBehind(String design) {
        ReducedCell cell = Cells.cell(design);
        Ensemble e = cell.newEnsemble(3);
        Workspace w = cell.newWorkspace(3);
        Cells.start(cell, e, 0.5);
        double[] slow = {1, 0.4, 0.2};
        System.arraycopy(slow, 0, e.parameter(MemberParameter.CATHODE_EXCHANGE_FACTOR), 0, slow.length);
        cell.step(e, w, 60, 0, 0, Cells.T_REF_K);
        double[] before = e.output(Output.VOLTAGE).clone();
        for (double sign : new double[] {1, -1}) {
            double current = sign * 5 * cell.parameters().oneCAmpere();
            cell.step(e, w, 0.01, current, current, Cells.T_REF_K);
            for (double length : new double[] {0.1, 0.9, 10}) {
                cell.step(e, w, length, 0, 0, Cells.T_REF_K);
                for (int m = 0; m < slow.length; m++) {
                    assertThat(e.output(Output.VOLTAGE)[m]).isCloseTo(before[m], within(1e-3));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void anOffsetOfTheSurfaceMovesSurfaceAndVoltageAndNoLithium(String design) {
        ReducedCell cell = Cells.cell(design);
        Ensemble e = cell.newEnsemble(2);
        Workspace w = cell.newWorkspace(2);
        Cells.start(cell, e, 0.5);
        double offset = 1e-3;
        e.parameter(MemberParameter.SURFACE_STOICHIOMETRY_OFFSET)[1] = offset;
        for (int i = 0; i < 10; i++) {
            cell.step(e, w, 60, 0, 0, Cells.T_REF_K);
        }
        double[] mean = e.output(Output.MEAN_STOICHIOMETRY);
        double[] surface = e.output(Output.SURFACE_STOICHIOMETRY);
        double[] voltage = e.output(Output.VOLTAGE);
        assertThat(mean[1]).isCloseTo(mean[0], within(1e-14));
        assertThat(surface[1] - surface[0]).isCloseTo(offset, within(1e-12));
        assertThat(voltage[1]).isCloseTo(cell.restVoltage(surface[1]), within(1e-9));
        assertThat(voltage[1]).isLessThan(voltage[0]);
    }

    @ParameterizedTest
    @MethodSource("designs")
    void chargeInIsLithiumMoved(String design) {
        ReducedCell cell = Cells.cell(design);
        CellParameters p = cell.parameters();
        Ensemble e = cell.newEnsemble(1);
        e.parameter(MemberParameter.PLATING_EFFICIENCY)[0] = 1;
        Workspace w = cell.newWorkspace(1);
        Cells.start(cell, e, 0.4);
        double[] mean = e.output(Output.MEAN_STOICHIOMETRY);
        double[] inventory = e.state(e.layout().inventory());
        cell.evaluate(e, w, 0);
        double before = mean[0];
        double lithium = inventory[0];
        double charge = 0;
        double oneC = p.oneCAmpere();
        double[] rates = {1, -1, 0.3, -0.7, 0};
        for (int i = 0; i < 200; i++) {
            double current = rates[i % rates.length] * oneC;
            cell.step(e, w, 7.3, current, current, Cells.T_REF_K);
            charge += 7.3 * current / p.areaM2();
        }
        double sites = p.requireCathode().arealChargeCPerM2();
        assertThat(before - mean[0]).isCloseTo(charge / sites, within(1e-11));
        assertThat(inventory[0] - lithium).isCloseTo(charge / PhysicalConstants.FARADAY_C_PER_MOL, within(1e-11));
        double salt = 0;
        for (int v = 0; v < e.layout().saltVolumes(); v++) {
            boolean inMembrane = v < e.layout().membraneCells();
            double width = inMembrane
                    ? p.membrane().thicknessM() / e.layout().membraneCells()
                    : p.requireCathode().layer().thicknessM()
                            / (e.layout().nodes() * e.layout().saltPerNode());
            double porosity = inMembrane
                    ? p.membrane().porosity()
                    : p.requireCathode().layer().porosity();
            salt += width * porosity * (e.state(e.layout().salt(v))[0] - 1);
        }
        assertThat(salt / p.membrane().thicknessM()).isCloseTo(0, within(1e-10));
    }

    /** Rows of a tester that logs by voltage come ever more rarely; the rest between them is the same. */
    @ParameterizedTest
    @MethodSource("designs")
    void aRestIsTheSameHoweverRarelyItIsRead(String design) {
        ReducedCell cell = Cells.cell(design);
        double[] rarely = {0.1, 0.5, 3, 7, 15, 30, 60, 120, 120, 240};
        Ensemble rare = discharged(cell);
        Ensemble often = discharged(cell);
        Workspace w = cell.newWorkspace(1);
        for (double length : rarely) {
            cell.step(rare, w, length, 0, 0, Cells.T_REF_K);
            int parts = (int) Math.ceil(length / 0.25);
            for (int k = 0; k < parts; k++) {
                cell.step(often, w, length / parts, 0, 0, Cells.T_REF_K);
            }
            assertThat(rare.output(Output.VOLTAGE)[0])
                    .as("%s, after another %s s", design, length)
                    .isCloseTo(often.output(Output.VOLTAGE)[0], within(7e-4));
        }
    }

    private static Ensemble discharged(ReducedCell cell) {
        Ensemble e = cell.newEnsemble(1);
        Workspace w = cell.newWorkspace(1);
        Cells.start(cell, e, 0.5);
        double current = -cell.parameters().oneCAmpere();
        while (e.output(Output.VOLTAGE)[0] > 3.4) {
            cell.step(e, w, 1, current, current, Cells.T_REF_K);
        }
        return e;
    }

    /** At once after a small current, before anything has diffused, the cell is a chain of linear resistances. */
    @ParameterizedTest
    @ValueSource(strings = {"coin-ncm523-ppla", "pouch-5c-ncm523-ppla", "coin-ncm523-pl"})
    void smallCurrentResistanceIsTheAnalyticSum(String design) {
        CellParameters p = Cells.parameters(design);
        // one node: the sum has a closed form
        ReducedCell cell = ReducedCell.of(p, ReducedOptions.THIN.withNodes(1));
        Ensemble e = cell.newEnsemble(1);
        Workspace w = cell.newWorkspace(1);
        Cells.start(cell, e, 0.5);
        double x = Cells.between(cell, 0.5);
        double i = 1e-5 * p.oneCAmpere() / p.areaM2();
        double[] v = new double[1];
        cell.voltageAt(e, w, i * p.areaM2(), v);
        var cathode = p.requireCathode();
        var transport = p.electrolyte().transport();
        double c0 = p.electrolyte().concentrationMolPerM3();
        double kappa = transport.conductivity(c0, Cells.T_REF_K);
        double vt = PhysicalConstants.thermalVoltage(Cells.T_REF_K);
        double lithium = ButlerVolmer.resistance(p.lithium().exchangeCurrent().at(1, Cells.T_REF_K), Cells.T_REF_K);
        double area = cathode.surfacePerVolume() * cathode.layer().thicknessM();
        double reaction =
                ButlerVolmer.resistance(cathode.exchangeCurrent().at(1, x, Cells.T_REF_K), Cells.T_REF_K) / area;
        double membrane = p.membrane().thicknessM() / (kappa * p.membrane().transportEfficiency());
        double pores =
                cathode.layer().thicknessM() / (3 * kappa * cathode.layer().transportEfficiency());
        double solid = cathode.layer().thicknessM() / (3 * cathode.electronicConductivitySPerM());
        double halfShell = 0.5 * (1.0 / (16 * 16)) * cathode.particleRadiusM();
        double outerShell = -cathode.openCircuitVoltage().slope(x)
                * halfShell
                / (PhysicalConstants.FARADAY_C_PER_MOL
                        * cathode.concentrationMaxMolPerM3()
                        * cathode.diffusivity().at(x, Cells.T_REF_K)
                        * area);
        double halfCell = 0.5 * p.membrane().thicknessM() / 2;
        double saltGradient = (1 - p.electrolyte().transference())
                / (PhysicalConstants.FARADAY_C_PER_MOL
                        * c0
                        * transport.diffusivity(c0, Cells.T_REF_K)
                        * p.membrane().transportEfficiency());
        double salt = 2 * (1 - p.electrolyte().transference()) * vt * halfCell * saltGradient;
        double sum = lithium
                + p.lithium().filmResistanceOhmM2()
                + membrane
                + pores
                + solid
                + reaction
                + outerShell
                + salt
                + p.contactResistanceOhmM2();
        assertThat((v[0] - cell.restVoltage(x)) / i).isCloseTo(sum, within(2e-4 * sum));
    }

    @ParameterizedTest
    @MethodSource("designs")
    void voltageIsTheSumOfItsPartsAndPartsFollowTheCurrentsSign(String design) {
        ReducedCell cell = Cells.cell(design);
        Workspace w = cell.newWorkspace(1);
        for (double rate : new double[] {1, -1}) {
            Ensemble e = cell.newEnsemble(1);
            Cells.start(cell, e, 0.5);
            double current = rate * cell.parameters().oneCAmpere();
            for (int i = 0; i < 60; i++) {
                cell.step(e, w, 10, current, current, Cells.T_REF_K);
            }
            double sum = e.output(Output.OPEN_CIRCUIT)[0];
            for (Output part : Output.PARTS) {
                double value = e.output(part)[0];
                assertThat(value * rate).as(part.name()).isGreaterThanOrEqualTo(0);
                sum += value;
            }
            assertThat(e.output(Output.VOLTAGE)[0]).isCloseTo(sum, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"coin-ncm523-ppla", "pouch-ncm811-ppla"})
    void howAStepIsCutDoesNotMatter(String design) {
        ReducedCell cell = Cells.cell(design);
        double oneC = cell.parameters().oneCAmpere();
        for (double rate : new double[] {-1, 1, -0.2}) {
            double[] voltages = new double[3];
            int[] pieces = {1, 10, 600};
            for (int i = 0; i < pieces.length; i++) {
                Ensemble e = cell.newEnsemble(1);
                Workspace w = cell.newWorkspace(1);
                Cells.start(cell, e, 0.5);
                for (int k = 0; k < pieces[i]; k++) {
                    cell.step(e, w, 600.0 / pieces[i], rate * oneC, rate * oneC, Cells.T_REF_K);
                }
                voltages[i] = e.output(Output.VOLTAGE)[0];
            }
            assertThat(voltages[0]).isCloseTo(voltages[2], within(3e-4));
            assertThat(voltages[1]).isCloseTo(voltages[2], within(3e-4));
        }
    }

    @Test
    void aMembersBitsDoNotDependOnHowManyOthersThereAre() {
        ReducedCell cell = Cells.cell("pouch-ncm811-ppla");
        Ensemble many = Cells.varied(cell, 37);
        Cells.drive(cell, many, cell.newWorkspace(37), 40);
        for (int count : new int[] {1, 2, 7, 32}) {
            Ensemble few = Cells.varied(cell, count);
            Cells.drive(cell, few, cell.newWorkspace(count), 40);
            for (int row = 0; row < cell.layout().rows(); row++) {
                for (int m = 0; m < count; m++) {
                    assertThat(few.state(row)[m])
                            .as("row %s member %s of %s", row, m, count)
                            .isEqualTo(many.state(row)[m]);
                }
            }
        }
    }

    @Test
    void oneSickMemberLeavesTheOthersBitsUnchanged() {
        ReducedCell cell = Cells.cell("pouch-5c-ncm523-ppla");
        Workspace w = cell.newWorkspace(8);
        Ensemble well = Cells.varied(cell, 8);
        Ensemble sick = Cells.varied(cell, 8);
        sick.parameter(MemberParameter.FILM_RESISTANCE)[3] = Double.NaN;
        sick.state(sick.layout().stoichiometry(1, 4))[3] = Double.NaN;
        Cells.drive(cell, sick, w, 30);
        Cells.drive(cell, well, w, 30);
        for (int row = 0; row < cell.layout().rows(); row++) {
            for (int m = 0; m < 8; m++) {
                if (m != 3) {
                    assertThat(sick.state(row)[m]).isEqualTo(well.state(row)[m]);
                }
            }
        }
        assertThat(sick.output(Output.VOLTAGE)[3]).isNaN();
    }

    @Test
    void aRestoredEnsembleGoesOnToTheSameBits() {
        ReducedCell cell = Cells.cell("pouch-ncm523-ppla");
        Workspace w = cell.newWorkspace(5);
        Ensemble e = Cells.varied(cell, 5);
        Cells.drive(cell, e, w, 17);
        double[] saved = new double[e.savedLength() + 3];
        e.save(saved, 3);
        Cells.drive(cell, e, w, 13);
        Ensemble other = cell.newEnsemble(5);
        other.restore(saved, 3);
        Cells.drive(cell, other, cell.newWorkspace(5), 13);
        double[] a = new double[e.savedLength()];
        double[] b = new double[e.savedLength()];
        e.save(a, 0);
        other.save(b, 0);
        assertThat(b).isEqualTo(a);
    }

    @ParameterizedTest
    @MethodSource("designs")
    void startsWhereTheGivenVoltageShows(String design) {
        ReducedCell cell = Cells.cell(design);
        Ensemble e = Cells.varied(cell, 6);
        Workspace w = cell.newWorkspace(6);
        double rest = cell.restVoltage(Cells.between(cell, 0.45));
        cell.startAtRestVoltage(e, rest, Cells.T_REF_K);
        assertThat(e.state(0)[0]).isCloseTo(Cells.between(cell, 0.45), within(1e-9));
        double current = -0.5 * cell.parameters().oneCAmpere();
        cell.startAtVoltage(e, w, rest, current, Cells.T_REF_K);
        for (int m = 0; m < 6; m++) {
            assertThat(e.output(Output.VOLTAGE)[m]).isCloseTo(rest, within(1e-6));
        }
    }

    @Test
    void askingForAVoltageLeavesTheEnsembleAsItWas() {
        ReducedCell cell = Cells.cell("pouch-ncm523-ppla");
        Ensemble e = Cells.varied(cell, 4);
        Workspace w = cell.newWorkspace(4);
        Cells.drive(cell, e, w, 12);
        double[] before = new double[e.savedLength()];
        e.save(before, 0);
        double[] v = new double[4];
        cell.voltageAt(e, w, cell.parameters().oneCAmpere(), v);
        double[] after = new double[e.savedLength()];
        e.save(after, 0);
        assertThat(after).isEqualTo(before);
        cell.evaluate(e, w, cell.parameters().oneCAmpere());
        for (int m = 0; m < 4; m++) {
            assertThat(e.output(Output.VOLTAGE)[m]).isCloseTo(v[m], within(2e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"coin-ncm523-ppla", "pouch-ncm811-ppla", "xu2019-half-cell"})
    void absurdInputsSaturateAndAreFlagged(String design) {
        ReducedCell cell = Cells.cell(design);
        for (double current : new double[] {1e6, -1e6}) {
            for (double ambient : new double[] {2000, 1, Cells.T_REF_K}) {
                Ensemble e = cell.newEnsemble(3);
                Workspace w = cell.newWorkspace(3);
                Cells.start(cell, e, 0.5);
                for (double length : new double[] {0, 0.01, 1, 600, 1e9}) {
                    cell.step(e, w, length, current, current, ambient);
                }
                assertThat(e.output(Output.SATURATED)[1]).isEqualTo(1);
                for (int row = 0; row < cell.layout().rows(); row++) {
                    assertThat(e.state(row)[1]).as("row %s", row).isFinite();
                }
                assertThat(e.output(Output.VOLTAGE)[1]).isBetween(-6.0, 16.0);
            }
        }
    }

    @Test
    void refusesWhatIsNotANumberAndStaysAsItWas() {
        ReducedCell cell = Cells.cell("coin-ncm523-ppla");
        Ensemble e = cell.newEnsemble(2);
        Workspace w = cell.newWorkspace(2);
        double[] before = new double[e.savedLength()];
        e.save(before, 0);
        assertThatThrownBy(() -> cell.step(e, w, Double.NaN, 0, 0, 298)).hasMessageContaining("lengthS");
        assertThatThrownBy(() -> cell.step(e, w, -1, 0, 0, 298)).hasMessageContaining("lengthS");
        assertThatThrownBy(() -> cell.step(e, w, 1, Double.NaN, 0, 298)).hasMessageContaining("meanCurrentA");
        assertThatThrownBy(() -> cell.step(e, w, 1, 0, Double.POSITIVE_INFINITY, 298))
                .hasMessageContaining("endCurrentA");
        assertThatThrownBy(() -> cell.step(e, w, 1, 0, 0, Double.NaN)).hasMessageContaining("ambientK");
        double[] after = new double[e.savedLength()];
        e.save(after, 0);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aLeakDrainsTheCellAtRest() {
        ReducedCell cell = Cells.cell("pouch-ncm523-ppla");
        Ensemble e = cell.newEnsemble(1);
        Workspace w = cell.newWorkspace(1);
        Cells.start(cell, e, 0.3);
        double leak = cell.parameters().oneCAmpere() / 50 / 4;
        e.parameter(MemberParameter.LEAK_CONDUCTANCE)[0] = leak;
        cell.evaluate(e, w, 0);
        double before = e.output(Output.MEAN_STOICHIOMETRY)[0];
        double charge = 0;
        for (int i = 0; i < 60; i++) {
            charge += 60 * leak * e.output(Output.VOLTAGE)[0];
            cell.step(e, w, 60, 0, 0, Cells.T_REF_K);
        }
        double sites = cell.parameters().requireCathode().arealChargeCPerM2()
                * cell.parameters().areaM2();
        assertThat(e.output(Output.MEAN_STOICHIOMETRY)[0] - before)
                .isCloseTo(charge / sites, within(0.01 * charge / sites));
        assertThat(e.output(Output.INTERIOR_CURRENT_DENSITY)[0]).isNegative();
    }

    @Test
    void whenTheLithiumRunsOutTheDischargeEnds() {
        ReducedCell cell = Cells.cell("pouch-ncm523-ppla");
        Ensemble e = cell.newEnsemble(2);
        Workspace w = cell.newWorkspace(2);
        Cells.start(cell, e, 0.1);
        double areal = cell.parameters().requireCathode().arealChargeCPerM2();
        // member 0 has lithium for a third of a discharge only
        e.state(e.layout().inventory())[0] = 0.2 * areal / PhysicalConstants.FARADAY_C_PER_MOL;
        double current = -0.2 * cell.parameters().oneCAmpere();
        for (int i = 0; i < 600; i++) {
            cell.step(e, w, 10, current, current, Cells.T_REF_K);
        }
        assertThat(e.output(Output.VOLTAGE)[0]).isLessThan(2.8);
        assertThat(e.output(Output.VOLTAGE)[1]).isGreaterThan(3.5);
        assertThat(e.state(e.layout().inventory())[0]).isZero();
    }

    @Test
    void theVoltageFollowsTheCurrentAtTheEndAndTheChargeTheMean() {
        ReducedCell cell = Cells.cell("coin-ncm523-ppla");
        double oneC = cell.parameters().oneCAmpere();
        Ensemble e = cell.newEnsemble(1);
        Workspace w = cell.newWorkspace(1);
        Cells.start(cell, e, 0.5);
        Ensemble other = cell.newEnsemble(1);
        Cells.start(cell, other, 0.5);
        cell.step(e, w, 10, oneC, 0, Cells.T_REF_K);
        cell.step(other, w, 10, oneC, oneC, Cells.T_REF_K);
        assertThat(e.output(Output.MEAN_STOICHIOMETRY)[0]).isEqualTo(other.output(Output.MEAN_STOICHIOMETRY)[0]);
        assertThat(e.output(Output.CONTACT)[0]).isZero();
        assertThat(other.output(Output.CONTACT)[0]).isPositive();
        assertThat(e.output(Output.VOLTAGE)[0]).isLessThan(other.output(Output.VOLTAGE)[0] - 0.01);
    }

    /** Of half as much salt, counted over itself, a charge moves twice as much, and an ideal one spreads twice as fast. */
    @Test
    void halfTheInitialSaltFollowsTheCurrentAtTwiceTheRate() {
        ParameterSet set = ParameterLibrary.shipped().load("pouch-ncm523-ppla");
        CellParameters diluted = set.with("electrolyte.concentration", 0.5 * set.si("electrolyte.concentration"))
                .toCellParameters();
        ReducedCell left = ReducedCell.of(set.toCellParameters());
        ReducedCell right = ReducedCell.of(diluted);
        Ensemble a = left.newEnsemble(1);
        Ensemble b = right.newEnsemble(1);
        a.parameter(MemberParameter.SALT_RATE_FACTOR)[0] = 2;
        double current = -left.parameters().oneCAmpere();
        Cells.start(left, a, 0.2);
        Cells.start(right, b, 0.2);
        for (int k = 0; k < 60; k++) {
            left.step(a, left.newWorkspace(1), 10, current, current, Cells.T_REF_K);
            right.step(b, right.newWorkspace(1), 10, current, current, Cells.T_REF_K);
        }
        int last = left.layout().salt(left.layout().saltVolumes() - 1);
        assertThat(a.state(last)[0]).isLessThan(0.8).isCloseTo(b.state(last)[0], within(1e-12));
        assertThat(a.output(Output.VOLTAGE)[0]).isCloseTo(b.output(Output.VOLTAGE)[0], within(1e-12));
    }
}
