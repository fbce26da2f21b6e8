package io.pouchtwin.cell.reduced;

import io.pouchtwin.cell.ElectrolyteTransport;
import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;

/**
 * Every factor that temperature puts on a law, 1 at the reference, in steps of 0.1 K from -40 to 100 degC; colder or hotter counts as the end.
 *
 * <p>One look-up serves all six. Straight lines between the nodes err by less than 1e-5 of the factor up to 50 kJ/mol.
 */
final class TemperatureTable {
    static final double COLDEST_K = 233.15;
    static final double HOTTEST_K = 373.15;
    private static final int PIECES = 1400;
    private static final double PER_KELVIN = PIECES / (HOTTEST_K - COLDEST_K);
    private static final int FACTORS = 6;

    private final double[] nodes = new double[FACTORS * (PIECES + 1)];

    TemperatureTable(CellParameters cell) {
        CellParameters.Cathode cathode = cell.requireCathode();
        ElectrolyteTransport transport = cell.electrolyte().transport();
        double c0 = cell.electrolyte().concentrationMolPerM3();
        double tRef = cell.referenceTemperatureK();
        for (int i = 0; i <= PIECES; i++) {
            double t = COLDEST_K + i / PER_KELVIN;
            int at = FACTORS * i;
            nodes[at] = cathode.diffusivity().arrhenius().factor(t);
            nodes[at + 1] = cathode.exchangeCurrent().arrhenius().factor(t);
            nodes[at + 2] = cell.lithium().exchangeCurrent().arrhenius().factor(t);
            nodes[at + 3] = cell.lithium().filmArrhenius().factor(t);
            nodes[at + 4] = transport.conductivity(c0, t) / transport.conductivity(c0, tRef);
            nodes[at + 5] = transport.diffusivity(c0, t) / transport.diffusivity(c0, tRef);
        }
    }

    /** Fills the workspace's temperature rows from a row of temperatures [K]. */
    void rows(double[] temperatureK, Workspace w) {
        int n = w.members;
        for (int m = 0; m < n; m++) {
            double held = Math.max(COLDEST_K, Math.min(HOTTEST_K, temperatureK[m]));
            double position = (held - COLDEST_K) * PER_KELVIN;
            int i = Math.min(PIECES - 1, (int) position);
            double t = position - i;
            int at = FACTORS * i;
            w.temperature[m] = held;
            w.twoThermalVoltages[m] =
                    held * (2 * PhysicalConstants.GAS_J_PER_MOL_K / PhysicalConstants.FARADAY_C_PER_MOL);
            w.diffusivityFactor[m] = between(at, t);
            w.cathodeFactor[m] = between(at + 1, t);
            w.lithiumFactor[m] = between(at + 2, t);
            w.filmFactor[m] = between(at + 3, t);
            w.conductivityFactor[m] = between(at + 4, t);
            w.saltFactor[m] = between(at + 5, t);
        }
    }

    private double between(int at, double t) {
        return Math.fma(t, nodes[at + FACTORS] - nodes[at], nodes[at]);
    }
}
