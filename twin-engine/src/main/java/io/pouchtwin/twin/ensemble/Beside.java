package io.pouchtwin.twin.ensemble;

/**
 * What published quantities are off by beside the members' spread: what the model's own error leaves open of its parts.
 * The voltage tells a resistance that the model does not have ({@link ModelError}) from none of the resistances in series:
 * it may sit in the film, in the contacts or in the kinetics of either side. What the model's voltage is off by besides
 * belongs to the cathode's diffusion and electrolyte. The rest is the sampling of the profiles by a few nodes.
 *
 * <p>The shares were set on cells that no validation uses, but for the one of the state of charge: that, and how fast capacity
 * wanders, with PyBaMM's in view.
 */
final class Beside {
    /** Resistance in series that the model does not have, as far as it may belong to any one of those that it has [ohm m2]. */
    private static final double SERIES_OHM_M2 = 2.7e-5;

    /** Share of the model's own error that belongs to each of diffusion and electrolyte in the cathode [1]. */
    private static final double CATHODE_SHARE = 0.15;

    /** The whole resistance at small currents and the reference temperature is known better than its parts: so much of the members' spread is left [1]. */
    private static final double RESISTANCE_SPREAD = 0.76;

    /** Transport of the salt: what is learnt of the membrane from its transients its transference may also be [1]. */
    private static final double MEMBRANE_SHARE = 0.085;

    /** Likewise of the pores [1]. */
    private static final double PORE_SHARE = 0.09;

    /** Exchange current of the cathode [1]. */
    private static final double CATHODE_KINETIC_SHARE = 0.010;

    /** A leak is believed in by its logarithm: above, the belief reaches farther than an even band [1]. */
    private static final double LEAK_SHARE = 0.55;

    /** Exchange current of the lithium, where its overpotential is linear in the current [1]. */
    private static final double KINETIC_SHARE = 0.010;

    /** So much of the members' spread of the state of charge is left [1]: they let the capacity wander as widely in a cell that does not age. */
    private static final double SOC_SPREAD = 0.93;

    private static final double STOICHIOMETRY_SHARE = 4e-5;

    private Beside() {}

    /**
     * What is to be added to the members' variance, in the quantity's unit squared; negative where that is too wide.
     *
     * @param quantity which
     * @param modelErrorV what the model's voltage is off by at the present current [V]
     * @param densityAPerM2 present current density [A/m2]
     * @param value of the quantity
     * @param spread standard deviation over the members
     */
    static double variance(Quantity quantity, double modelErrorV, double densityAPerM2, double value, double spread) {
        double left = switch (quantity) {
            case RESISTANCE_RATIO -> RESISTANCE_SPREAD;
            case SOC -> SOC_SPREAD;
            default -> 1;
        };
        double sigma = sigma(quantity, modelErrorV, densityAPerM2, value);
        return Math.fma(sigma, sigma, (left * left - 1) * spread * spread);
    }

    private static double sigma(Quantity quantity, double modelErrorV, double densityAPerM2, double value) {
        double series = SERIES_OHM_M2 * Math.abs(densityAPerM2);
        double cathode = CATHODE_SHARE * modelErrorV;
        return switch (quantity) {
            case FILM_RESISTANCE -> SERIES_OHM_M2;
            case FILM, CONTACT -> series;
            case LITHIUM_KINETIC -> both(series, KINETIC_SHARE * value);
            case MEMBRANE -> MEMBRANE_SHARE * Math.abs(value);
            case ELECTROLYTE -> both(cathode, PORE_SHARE * value);
            case CATHODE_KINETIC -> both(series, CATHODE_KINETIC_SHARE * value);
            case PARTICLE_DIFFUSION -> cathode;
            case LEAK_CONDUCTANCE -> LEAK_SHARE * value;
            case SURFACE_STOICHIOMETRY -> STOICHIOMETRY_SHARE;
            default -> 0;
        };
    }

    private static double both(double one, double other) {
        return Math.sqrt(Math.fma(one, one, other * other));
    }
}
