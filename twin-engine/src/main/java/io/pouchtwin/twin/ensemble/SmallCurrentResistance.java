package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;

/**
 * Resistance of a cell at vanishing current, half charged, at the reference temperature, by its parts:
 *
 * <pre>
 *   R = R T / (F i0_Li) + L_m / kappa_m + R T / (F i0_c a L_c) + L_c / (3 kappa_c) + R_film + R_contact
 * </pre>
 *
 * @param lithium charge transfer at the lithium [ohm m2]
 * @param membrane [ohm m2]
 * @param cathode charge transfer in the cathode [ohm m2]
 * @param pore electrolyte in the cathode's pores [ohm m2]
 * @param film on the lithium [ohm m2]
 * @param contact [ohm m2]
 */
public record SmallCurrentResistance(
        double lithium, double membrane, double cathode, double pore, double film, double contact) {

    /** Of a cell with a cathode. */
    public static SmallCurrentResistance of(CellParameters parameters) {
        CellParameters.Cathode layer = parameters.requireCathode();
        double t = parameters.referenceTemperatureK();
        double thermalVoltage = PhysicalConstants.GAS_J_PER_MOL_K * t / PhysicalConstants.FARADAY_C_PER_MOL;
        double c0 = parameters.electrolyte().concentrationMolPerM3();
        double conductivity = parameters.electrolyte().transport().conductivity(c0, t);
        double middle = 0.5 * (parameters.chargedStoichiometry() + parameters.dischargedStoichiometry());
        return new SmallCurrentResistance(
                thermalVoltage / parameters.lithium().exchangeCurrent().at(1, t),
                parameters.membrane().thicknessM()
                        / (conductivity * parameters.membrane().transportEfficiency()),
                thermalVoltage
                        / (layer.exchangeCurrent().at(1, middle, t)
                                * layer.surfacePerVolume()
                                * layer.layer().thicknessM()),
                layer.layer().thicknessM() / (3 * conductivity * layer.layer().transportEfficiency()),
                parameters.lithium().filmResistanceOhmM2(),
                parameters.contactResistanceOhmM2());
    }

    /** The sum [ohm m2]. */
    public double total() {
        return lithium + membrane + cathode + pore + film + contact;
    }
}
