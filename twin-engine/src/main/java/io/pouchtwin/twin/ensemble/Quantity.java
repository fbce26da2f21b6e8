package io.pouchtwin.twin.ensemble;

/** What each member of an ensemble says of its cell after a step; one row each. SI unless the name says otherwise. */
public enum Quantity {
    /** Terminal voltage under the present current, with model and sensor offset [V]. */
    VOLTAGE,
    /** Temperature where the sensor sits [K]. */
    TEMPERATURE,
    /** State of charge: 1 at the upper voltage limit at rest, 0 at the lower [1]. */
    SOC,
    /** Lithium fraction at the surface of the cathode's particles [1]. */
    SURFACE_STOICHIOMETRY,
    /** Overpotential of plating and stripping [V]. */
    LITHIUM_KINETIC,
    /** Voltage over the film on lithium [V]. */
    FILM,
    /** Voltage over the membrane [V]. */
    MEMBRANE,
    /** Overpotential of the cathode reaction [V]. */
    CATHODE_KINETIC,
    /** Concentration and ohmic loss in the electrolyte of the cathode [V]. */
    ELECTROLYTE,
    /** Voltage lost to diffusion in the particles [V]. */
    PARTICLE_DIFFUSION,
    /** Voltage over the contacts [V]. */
    CONTACT,
    /** Resistance of the film on lithium [ohm m2]. */
    FILM_RESISTANCE,
    /** Charge between the voltage limits at vanishing current [Ah]. */
    CAPACITY_AH,
    /** Resistance at small current over that of the design [1]. */
    RESISTANCE_RATIO,
    /** Conductance past the cell [S]. */
    LEAK_CONDUCTANCE,
    /** Lithium that can still be stripped [mol/m2]. */
    LITHIUM_INVENTORY,
    /** Share of plated lithium that can be stripped again [1]. */
    PLATING_EFFICIENCY,
    /** What model and voltage sensor are off by [V]. */
    VOLTAGE_OFFSET
}
