package io.pouchtwin.cell.ageing;

import io.pouchtwin.cell.PhysicalConstants;

/**
 * The interphase (SEI) on lithium: its growth and the resistance that it adds.
 *
 * <p>Three contributions [A/m2 of lithium bound]:
 *
 * <pre>
 *   at all times     j_cal = 1 / (1/j_reaction + (L_0 + L) / (F D c))                     reaction and diffusion in series
 *   while plating    j_thr = k_f i (1 + n_q) (q / q_ref)^n_q (i / i_ref)^n_i A(T)         fresh surface; q: charge plated so far in this half cycle
 * </pre>
 *
 * so that a half cycle of charge q at current i adds k_f q (q/q_ref)^n_q (i/i_ref)^n_i A(T). The film's thickness is L = V_sei Q / (2 F) and its resistance rho L.
 *
 * <p>The diffusion-limited growth of the literature's constants adds 45 nm in a year, nothing beside what cycling adds on lithium metal; it matters at rest.
 *
 * @param growthFraction k_f: share of the plated charge that the film binds at the reference load [1]
 * @param chargeExponent n_q [1]
 * @param currentExponent n_i [1]
 * @param referenceChargeCPerM2 q_ref [C/m2]
 * @param referenceCurrentDensity i_ref [A/m2]
 * @param resistivityOhmM rho of the grown film [ohm m]
 * @param reactionCurrentDensity j_reaction [A/m2]
 * @param diffusionAPerM F D c of the species that diffuses through the film [A/m]
 * @param activationEnergyJPerMol of the growth [J/mol]
 * @see "Xu, Chao, Allen et al., J. Energy Chem. 2019 (PyBaMM parameter set Xu2019) for V_sei, j_reaction, F D c, L_0"
 */
public record SeiFilm(
        double growthFraction,
        double chargeExponent,
        double currentExponent,
        double referenceChargeCPerM2,
        double referenceCurrentDensity,
        double resistivityOhmM,
        double reactionCurrentDensity,
        double diffusionAPerM,
        double activationEnergyJPerMol) {
    /** Volume of film per mole of film, two lithium each [m3/mol]. */
    static final double MOLAR_VOLUME_M3_PER_MOL = 9.585e-5;
    /** Thickness of the film that is there from the start; its resistance is the cell's own film resistance [m]. */
    static final double INITIAL_THICKNESS_M = 5e-9;

    private static final double THICKNESS_PER_CHARGE =
            MOLAR_VOLUME_M3_PER_MOL / (2 * PhysicalConstants.FARADAY_C_PER_MOL);

    /** Calendar growth [A/m2] of a film that has bound this charge [C/m2]. */
    public double calendarRate(double filmChargeCPerM2, double temperatureK) {
        double thickness = INITIAL_THICKNESS_M + THICKNESS_PER_CHARGE * filmChargeCPerM2;
        return PowerLaw.activated(activationEnergyJPerMol, temperatureK)
                / (1 / reactionCurrentDensity + thickness / diffusionAPerM);
    }

    /**
     * Growth on fresh lithium while plating [A/m2].
     *
     * @param currentDensity plating current density, positive [A/m2]
     * @param platedSoFarCPerM2 charge plated since this half cycle began [C/m2]
     */
    public double platingRate(double currentDensity, double platedSoFarCPerM2, double temperatureK) {
        return growthFraction
                * currentDensity
                * (1 + chargeExponent)
                * PowerLaw.of(platedSoFarCPerM2, referenceChargeCPerM2, chargeExponent)
                * PowerLaw.of(currentDensity, referenceCurrentDensity, currentExponent)
                * PowerLaw.activated(activationEnergyJPerMol, temperatureK);
    }

    /** Lithium bound in one cycle [C/m2]. */
    public double perCycle(double filmChargeCPerM2, CycleStress load) {
        double q = load.platedChargeCPerM2();
        double plating = growthFraction
                * q
                * PowerLaw.of(q, referenceChargeCPerM2, chargeExponent)
                * PowerLaw.of(load.platingCurrentDensity(), referenceCurrentDensity, currentExponent)
                * PowerLaw.activated(activationEnergyJPerMol, load.temperatureK());
        return plating + calendarRate(filmChargeCPerM2, load.temperatureK()) * load.durationS();
    }

    /** Resistance that the grown film adds [ohm m2]. */
    public double resistanceOhmM2(double filmChargeCPerM2) {
        return resistivityOhmM * THICKNESS_PER_CHARGE * filmChargeCPerM2;
    }
}
