package io.pouchtwin.cell.reduced;

import java.util.List;

/**
 * What each member says after a step or an evaluation; one row each. SI.
 *
 * <p>Voltage is the sum of OPEN_CIRCUIT, the seven parts and the member's voltage offset. Parts are positive on charge. Parts that vary through the cathode are averages over its thickness.
 */
public enum Output {
    /** Voltage as the tester reports it, with the member's offset [V]. */
    VOLTAGE,
    /** Open-circuit voltage of the mean stoichiometry [V]. */
    OPEN_CIRCUIT,
    /** Overpotential of plating and stripping [V]. */
    LITHIUM_KINETIC,
    /** Over the film on lithium [V]. */
    FILM,
    /** Ohmic, over the membrane [V]. */
    MEMBRANE,
    /** Overpotential of the cathode reaction [V]. */
    CATHODE_KINETIC,
    /** Salt concentration between lithium and cathode, and ohmic loss in pores and solid of the cathode [V]. */
    ELECTROLYTE,
    /** Surface against mean of the cathode's particles [V]. */
    PARTICLE_DIFFUSION,
    /** Over the contacts [V]. */
    CONTACT,
    /** Mean stoichiometry of the cathode [1]. */
    MEAN_STOICHIOMETRY,
    /** Stoichiometry at the surface of the particles [1]. */
    SURFACE_STOICHIOMETRY,
    /** Current density that passes through the cell's interior, without the leak's, positive on charge [A/m2]. */
    INTERIOR_CURRENT_DENSITY,
    /** 1 if something had to be held at a physical limit since the last start, else 0; stays [1]. */
    SATURATED;

    /** The seven parts of the voltage beside the open-circuit voltage, from the lithium to the contacts. */
    public static final List<Output> PARTS =
            List.of(LITHIUM_KINETIC, FILM, MEMBRANE, CATHODE_KINETIC, ELECTROLYTE, PARTICLE_DIFFUSION, CONTACT);
}
