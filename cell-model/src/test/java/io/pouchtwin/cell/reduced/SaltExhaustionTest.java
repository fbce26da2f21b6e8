package io.pouchtwin.cell.reduced;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.validation.DrawnReference;
import io.pouchtwin.cell.validation.ReferenceCurve;
import org.junit.jupiter.api.Test;

/** A thick cathode in whose depth the salt runs out at 2 C, as PyBaMM's DFN has it. */
class SaltExhaustionTest {
    private static final String DEPLETED = "pouch-ncm523-ppla-00";
    /** Between these voltages the salt at the foil is used up; below, the last fifth of a second shows the open-circuit curve's cliff. */
    private static final double FROM_V = 3.25;

    private static final double TO_V = 3.0;

    private static final int CYCLE_AT_2C = 3;

    @Test
    void atTheResolutionOfTheTwinTheVoltageIsThatOfTheContinuum() {
        CellParameters cell = DrawnReference.load(DEPLETED).parameters().toCellParameters();
        assertThat(ReducedOptions.lockstep(cell)).isEqualTo(ReducedOptions.FINE);
        assertThat(rmsV(ReducedOptions.FINE)).isLessThan(0.015);
    }

    @Test
    void fourNodesLoseTheReactionTooSoon() {
        assertThat(rmsV(ReducedOptions.THICK)).isGreaterThan(0.1);
    }

    /** Root mean square error where the salt runs out, and that it does. */
    private static double rmsV(ReducedOptions options) {
        DrawnReference reference = DrawnReference.load(DEPLETED);
        CellParameters parameters = reference.parameters().toCellParameters();
        ReferenceCurve curve = reference.curve();
        ReducedCell cell = ReducedCell.of(parameters, options);
        Ensemble e = cell.newEnsemble(1);
        Workspace w = cell.newWorkspace(1);
        double ambientK = parameters.thermal().ambientK();
        cell.startAtRest(e, new double[] {curve.meanStoichiometry()[0]}, ambientK);
        e.state(cell.layout().inventory())[0] = cell.freshInventoryMolPerM2(curve.meanStoichiometry()[0]);
        double coulomb = parameters.requireCathode().arealChargeCPerM2() * parameters.areaM2();
        int last = cell.layout().salt(cell.layout().saltVolumes() - 1);
        double squares = 0;
        double leastSalt = 1;
        int rows = 0;
        for (int k = 1; k < curve.size() && reference.cycle()[k] <= CYCLE_AT_2C; k++) {
            double length = curve.timeS()[k] - curve.timeS()[k - 1];
            double charge = coulomb * (curve.meanStoichiometry()[k - 1] - curve.meanStoichiometry()[k]);
            cell.step(e, w, length, charge / length, curve.ampere()[k], ambientK);
            if (reference.cycle()[k] == CYCLE_AT_2C && curve.ampere()[k] < 0 && isWithoutSalt(curve.voltageV()[k])) {
                double error = e.output(Output.VOLTAGE)[0] - curve.voltageV()[k];
                squares += error * error;
                leastSalt = Math.min(leastSalt, e.state(last)[0]);
                rows++;
            }
        }
        assertThat(rows).isGreaterThan(15);
        assertThat(leastSalt).isLessThan(0.001);
        return Math.sqrt(squares / rows);
    }

    private static boolean isWithoutSalt(double voltageV) {
        return voltageV < FROM_V && voltageV > TO_V;
    }
}
