package io.pouchtwin.cell.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.ButlerVolmer;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.CellParameters.Cathode;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import net.jqwik.api.Example;

class HalfCellInvariantsTest extends CellInvariants {
    private static final CellParameters COIN = ParameterLibrary.shipped().cell("coin-ncm523-ppla");
    private static final Mesh MESH = new Mesh(4, 6, 12);

    @Override
    SimulatedCell cell() {
        return FullOrderCell.at(COIN, MESH, 0.6);
    }

    @Override
    double allLithium(SimulatedCell cell) {
        return cell.lithiumInventoryMolPerM2()
                + cell.lostLithiumMolPerM2()
                + ((FullOrderCell) cell).cathodeLithiumMolPerM2();
    }

    @Override
    double salt(SimulatedCell cell) {
        return ((FullOrderCell) cell).relativeSalt();
    }

    @Example
    void activeMaterialThatLosesContactKeepsItsLithium() {
        FullOrderCell cell = FullOrderCell.at(COIN, MESH, 0.6);
        double before = allLithium(cell);
        double inCathode = cell.cathodeLithiumMolPerM2();

        SlowState s = cell.slow();
        cell.age(new SlowState(
                s.filmResistanceOhmM2(),
                s.deadLithiumMolPerM2(),
                s.contactUtilisation(),
                0.9 * s.activeFraction(),
                s.membraneConductivityFactor(),
                s.leakConductanceSiemensPerM2()));
        cell.advance(new Drive.Current(-COIN.oneCAmpere()), 600, Limits.NONE);

        assertThat(cell.lostLithiumMolPerM2()).isCloseTo(0.1 * inCathode, within(1e-9 * inCathode));
        assertThat(allLithium(cell)).isCloseTo(before, within(1e-10 * before));
    }

    @Example
    void theResistanceOfASmallCurrentIsTheSumOfItsParts() {
        FullOrderCell cell = FullOrderCell.at(COIN, new Mesh(10, 40, 40), 0.6);
        double rest = cell.advance(Drive.rest(), 0, Limits.NONE).voltageV();
        double density = 1e-4;
        double drop = cell.advance(new Drive.Current(density * COIN.areaM2()), 0, Limits.NONE)
                        .voltageV()
                - rest;

        Cathode cathode = COIN.requireCathode();
        double t = 298.15;
        double kappa = COIN.electrolyte().transport().conductivity(1000, t);
        double reaction = ButlerVolmer.resistance(cathode.exchangeCurrent().at(1, 0.6, t), t)
                / cathode.surfacePerVolume()
                / cathode.layer().thicknessM();
        double pores = cathode.layer().thicknessM() / (kappa * cathode.layer().transportEfficiency());
        double sum = ButlerVolmer.resistance(COIN.lithium().exchangeCurrent().at(1, t), t)
                + COIN.lithium().filmResistanceOhmM2()
                + COIN.membrane().thicknessM() / kappa
                + COIN.contactResistanceOhmM2()
                + transmissionLine(
                        reaction, pores, cathode.layer().thicknessM() / cathode.electronicConductivitySPerM());
        assertThat(drop / density).isCloseTo(sum, within(2e-3 * sum));
    }

    /** Resistance of a porous electrode: reaction spread between an ionic and an electronic rail (Newman and Tobias 1962). */
    private static double transmissionLine(double reaction, double ionic, double electronic) {
        double nu = Math.sqrt((ionic + electronic) / reaction);
        double both = ionic * electronic / (ionic + electronic);
        return both
                + (2 * both + (ionic * ionic + electronic * electronic) / (ionic + electronic) * Math.cosh(nu))
                        / (nu * Math.sinh(nu));
    }

    @Example
    void chargingOnFromAConstantCurrentAtConstantVoltageTapers() {
        FullOrderCell cell = FullOrderCell.at(COIN, MESH, 0.7);
        Limits limits = Limits.window(COIN).withTaper(0.05 * COIN.oneCAmpere());

        StepReport constantCurrent = cell.advance(new Drive.Current(5 * COIN.oneCAmpere()), 3600, limits);
        StepReport constantVoltage =
                cell.advance(new Drive.Voltage(COIN.window().voltageMaxV()), 36000, limits);

        assertThat(constantCurrent.stop()).isEqualTo(Stop.VOLTAGE_MAX);
        assertThat(constantVoltage.stop()).isEqualTo(Stop.TAPER);
        assertThat(constantVoltage.ampere()).isCloseTo(0.05 * COIN.oneCAmpere(), within(1e-8));
        assertThat(constantVoltage.voltageV()).isCloseTo(COIN.window().voltageMaxV(), within(1e-9));
    }

    @Example
    void powerIsHeld() {
        FullOrderCell cell = FullOrderCell.at(COIN, MESH, 0.6);

        StepReport report = cell.advance(new Drive.Power(-2e-3), 100, Limits.window(COIN));

        assertThat(report.voltageV() * report.ampere()).isCloseTo(-2e-3, within(1e-9));
        assertThat(report.energyJ()).isCloseTo(-0.2, within(1e-5));
    }

    @Example
    void theLastLithiumEndsTheDischarge() {
        FullOrderCell cell = FullOrderCell.charged(COIN, MESH);
        cell.setLithiumInventory(0.1);
        double ampere = COIN.oneCAmpere();

        StepReport report = cell.advance(new Drive.Current(-ampere), 7200, Limits.window(COIN));

        double expected = 0.1 * 96485.33212 * COIN.areaM2() / ampere;
        assertThat(report.stop()).isEqualTo(Stop.LITHIUM_EXHAUSTED);
        assertThat(report.elapsedS()).isCloseTo(expected, within(1e-3));
    }
}
