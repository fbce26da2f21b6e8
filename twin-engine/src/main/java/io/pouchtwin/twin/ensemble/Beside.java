package io.pouchtwin.twin.ensemble;

/**
 * What published quantities are off by beside the members' spread: what the model's own error leaves open of its parts.
 * The voltage tells a resistance that the model does not have ({@link ModelError}) from none of the resistances in series:
 * it may sit in the film, in the contacts or in the kinetics of the lithium. What the model's voltage is off by besides
 * belongs to the three parts of the cathode. The rest is the sampling of the profiles by a few nodes.
 */
final class Beside {
    /** Resistance in series that the model does not have, as far as it may belong to any one of those that it has [ohm m2]. */
    private static final double SERIES_OHM_M2 = 3e-5;

    /** Share of the model's own error that belongs to each of the parts of the cathode [1]. */
    private static final double CATHODE_SHARE = 0.2;

    /** Beside the resistance in series, those of the cathode and its pores at small currents [1]. */
    private static final double RESISTANCE_SHARE = 7e-3;

    /** Transport of the salt: what is learnt of the membrane from its transients its transference may also be [1]. */
    private static final double MEMBRANE_SHARE = 0.085;

    /** Likewise of the pores [1]. */
    private static final double PORE_SHARE = 0.13;

    /** The profile in the particles between its few shells [1]. */
    private static final double DIFFUSION_SHARE = 0.008;

    /** Exchange current of the cathode [1]. */
    private static final double CATHODE_KINETIC_SHARE = 0.014;

    /** A leak is believed in by its logarithm: above, the belief reaches farther than an even band [1]. */
    private static final double LEAK_SHARE = 0.55;

    /** Exchange current of the lithium, where its overpotential is linear in the current [1]. */
    private static final double KINETIC_SHARE = 0.009;

    /** Charge in the shells of the particles [1]. */
    private static final double SOC_SHARE = 2e-5;

    private static final double STOICHIOMETRY_SHARE = 8e-5;

    private Beside() {}

    /**
     * In the quantity's unit.
     *
     * @param quantity which
     * @param modelErrorV what the model's voltage is off by at the present current [V]
     * @param densityAPerM2 present current density [A/m2]
     * @param value of the quantity
     */
    static double sigma(Quantity quantity, double modelErrorV, double densityAPerM2, double value) {
        double series = SERIES_OHM_M2 * Math.abs(densityAPerM2);
        double cathode = CATHODE_SHARE * modelErrorV;
        return switch (quantity) {
            case FILM_RESISTANCE -> SERIES_OHM_M2;
            case FILM, CONTACT -> series;
            case LITHIUM_KINETIC -> both(series, KINETIC_SHARE * value);
            case MEMBRANE -> MEMBRANE_SHARE * Math.abs(value);
            case ELECTROLYTE -> both(cathode, PORE_SHARE * value);
            case CATHODE_KINETIC -> both(cathode, CATHODE_KINETIC_SHARE * value);
            case PARTICLE_DIFFUSION -> both(cathode, DIFFUSION_SHARE * value);
            case LEAK_CONDUCTANCE -> LEAK_SHARE * value;
            case RESISTANCE_RATIO -> RESISTANCE_SHARE;
            case SOC -> SOC_SHARE;
            case SURFACE_STOICHIOMETRY -> STOICHIOMETRY_SHARE;
            default -> 0;
        };
    }

    private static double both(double one, double other) {
        return Math.sqrt(Math.fma(one, one, other * other));
    }
}
