package io.pouchtwin.cell.ageing;

import io.pouchtwin.cell.PhysicalConstants;

/**
 * Lithium that loses its electrical contact when it is stripped, and the layer it forms.
 *
 * <pre>
 *   dQ_dead/dt = k_d i_s (i_s / i_ref)^n A(T)        while stripping
 *   L = Q_dead V_Li / (F (1 - porosity)),  R = L / kappa
 * </pre>
 *
 * <p>1 mAh/cm2 of dead lithium is 4.85 um dense.
 *
 * @param lossFraction k_d: share of the stripped charge that stays behind, at the reference current [1]
 * @param currentExponent n [1]
 * @param referenceCurrentDensity i_ref [A/m2]
 * @param molarVolumeM3PerMol V_Li [m3/mol]
 * @param porosity of the layer [1]
 * @param conductivitySPerM kappa of electrolyte in the layer [S/m]
 * @param activationEnergyJPerMol of the loss [J/mol]
 */
public record DeadLithium(
        double lossFraction,
        double currentExponent,
        double referenceCurrentDensity,
        double molarVolumeM3PerMol,
        double porosity,
        double conductivitySPerM,
        double activationEnergyJPerMol) {
    /** Lithium that dies [A/m2] while stripping at a current density, positive [A/m2]. */
    public double strippingRate(double currentDensity, double temperatureK) {
        return lossFraction
                * currentDensity
                * PowerLaw.of(currentDensity, referenceCurrentDensity, currentExponent)
                * PowerLaw.activated(activationEnergyJPerMol, temperatureK);
    }

    /** Lithium that dies in one cycle [C/m2]. */
    public double perCycle(CycleStress load) {
        return load.strippedChargeCPerM2()
                * lossFraction
                * PowerLaw.of(load.strippingCurrentDensity(), referenceCurrentDensity, currentExponent)
                * PowerLaw.activated(activationEnergyJPerMol, load.temperatureK());
    }

    /** Thickness of the layer [m]. */
    public double thicknessM(double deadChargeCPerM2) {
        return deadChargeCPerM2 * molarVolumeM3PerMol / (PhysicalConstants.FARADAY_C_PER_MOL * (1 - porosity));
    }

    /** Resistance of the layer [ohm m2]. */
    public double resistanceOhmM2(double deadChargeCPerM2) {
        return thicknessM(deadChargeCPerM2) / conductivitySPerM;
    }
}
