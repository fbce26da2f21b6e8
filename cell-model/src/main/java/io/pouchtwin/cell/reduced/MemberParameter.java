package io.pouchtwin.cell.reduced;

/**
 * What may differ from one member of an ensemble to the next; one row each. The nominal value reproduces the parameter set.
 *
 * <p>Bounds are physical limits inside which the model's equations make sense, not beliefs about a cell.
 */
public enum MemberParameter {
    /** Factor on the cathode's exchange current density [1]. */
    CATHODE_EXCHANGE_FACTOR(1e-3, 1e3),
    /** Factor on the diffusivity in the particles [1]. */
    DIFFUSIVITY_FACTOR(1e-3, 1e3),
    /** s in the additional factor exp(-s (x - 0.6)) on the diffusivity [1]; |s (x - 0.6)| above 1.5 counts as 1.5. */
    DIFFUSIVITY_SLOPE_CHANGE(-4, 4),
    /** Factor on the share of active material: on capacity and on particle surface [1]. */
    ACTIVE_FRACTION_FACTOR(0.05, 2),
    /** Factor on lithium's exchange current density [1]. */
    LITHIUM_EXCHANGE_FACTOR(1e-3, 1e3),
    /** Resistance of the film on lithium at the reference temperature [ohm m2]. */
    FILM_RESISTANCE(0, 1),
    /** Resistance in series with everything [ohm m2]. */
    CONTACT_RESISTANCE(0, 1),
    /** Factor on the membrane's resistance to current and to salt [1]. */
    MEMBRANE_RESISTANCE_FACTOR(1e-2, 1e3),
    /** Factor on conductivity and diffusivity in the cathode's pores [1]. */
    PORE_TRANSPORT_FACTOR(1e-2, 1e2),
    /** Factor on how fast the salt's profile follows the current: (1 - t+) / c0, with which an ideal salt's diffusivity goes, too, so that the steady profile stays [1]. */
    SALT_RATE_FACTOR(0.05, 20),
    /** Share of the lithium's area that takes part, u [1]. */
    CONTACT_UTILISATION(1e-3, 1),
    /** Conductance past the cell, from terminal to terminal [S]. */
    LEAK_CONDUCTANCE(0, 1e3),
    /** What the tester's current is off by: true minus reported [A]. */
    CURRENT_OFFSET(-1e3, 1e3),
    /** What the reported voltage is off by: reported minus true [V]. */
    VOLTAGE_OFFSET(-1, 1),
    /** Factor on the heat that leaves for the surroundings [1]. */
    HEAT_TRANSFER_FACTOR(1e-2, 1e2),
    /** Share of plated lithium that can be stripped again [1]. */
    PLATING_EFFICIENCY(0, 1),
    /** Factor on the cell's heat capacity [1]. */
    HEAT_CAPACITY_FACTOR(0.1, 10),
    /** By how much the surfaces of the particles are fuller than their few shells say: an error of the model, which a filter may learn [1]. */
    SURFACE_STOICHIOMETRY_OFFSET(-0.01, 0.01);

    private final double lowest;
    private final double highest;

    MemberParameter(double lowest, double highest) {
        this.lowest = lowest;
        this.highest = highest;
    }

    /** Lower physical bound. */
    public double lowest() {
        return lowest;
    }

    /** Upper physical bound. */
    public double highest() {
        return highest;
    }
}
