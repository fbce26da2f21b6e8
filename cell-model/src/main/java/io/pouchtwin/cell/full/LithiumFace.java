package io.pouchtwin.cell.full;

import io.pouchtwin.cell.ButlerVolmer;
import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;

/**
 * From the lithium metal (potential 0) to the centre of the first membrane cell:
 *
 * <pre>
 * 0 = phi_1 + 2 V_T asinh( i / (2 u i0(c_0)) ) + i (R_film/u + w/(2 kappa)) - chi V_T ln(c_1/c_0)
 * c_0 = c_1 + (1 - t+) i w / (2 D F)
 * </pre>
 *
 * with V_T = R T / F, chi = 2 (1 - t+), w the width of the first cell, u the share of the face in contact.
 */
final class LithiumFace {
    private final CellParameters cell;
    private double residual;
    private double perCurrent;
    private double perSalt;
    private double utilisation = 1;
    private double interfaceResistance;

    LithiumFace(CellParameters cell) {
        this.cell = cell;
    }

    /** Sets what ages. */
    void age(SlowState slow, double temperatureK) {
        utilisation = slow.contactUtilisation();
        interfaceResistance = slow.interfaceResistance(cell, temperatureK) / utilisation;
    }

    /** Overpotential and film drop at a current density, for reports [V]. */
    double overpotential(double current, double salt, double temperatureK) {
        double exchange = exchange(salt, temperatureK);
        return ButlerVolmer.overpotential(current, exchange, temperatureK);
    }

    /** Film and dead-layer drop at a current density [V]. */
    double filmDrop(double current) {
        return current * interfaceResistance;
    }

    private double exchange(double salt, double temperatureK) {
        return cell.lithium().exchangeCurrent().at(salt, temperatureK) * utilisation;
    }

    /** Linearises the relation about the current density, the potential and the salt of the first cell. */
    void linearise(
            double current,
            double potential,
            double salt,
            double halfResistance,
            double saltPerCurrent,
            double kelvin) {
        double thermal = PhysicalConstants.thermalVoltage(kelvin);
        double chi = 2 * (1 - cell.electrolyte().transference());
        double firstSalt = salt + StageSolver.RESIDUAL_SALT;
        double faceSalt = firstSalt + saltPerCurrent * current;
        boolean depleted = faceSalt < StageSolver.RESIDUAL_SALT;
        faceSalt = depleted ? StageSolver.RESIDUAL_SALT : faceSalt;
        double exchange = exchange(faceSalt, kelvin);
        double z = current / (2 * exchange);
        double root = Math.sqrt(1 + z * z);
        double order = cell.lithium().exchangeCurrent().electrolyteExponent();
        double perFaceSalt = depleted ? 0 : (chi * thermal - 2 * thermal * order * z / root) / faceSalt;
        residual = potential
                + 2 * thermal * ButlerVolmer.asinh(z)
                + current * (interfaceResistance + halfResistance)
                - chi * thermal * Math.log(firstSalt / faceSalt);
        perCurrent = thermal / (exchange * root) + interfaceResistance + halfResistance + perFaceSalt * saltPerCurrent;
        perSalt = perFaceSalt - chi * thermal / firstSalt;
    }

    /** Change of the current density when potential and salt stay. */
    double fixedChange() {
        return -residual / perCurrent;
    }

    /** Change of the current density per change of the potential. */
    double perPotential() {
        return -1 / perCurrent;
    }

    /** Change of the current density per change of the salt. */
    double perSalt() {
        return -perSalt / perCurrent;
    }
}
