package io.pouchtwin.twin.ensemble;

/**
 * What published quantities are off by beside the members' spread, measured on cells of the full-order model (`validate
 * estimation`, other draws than those of the page): what differs from cell to cell and no member carries (transference,
 * porosity, area), and how film and contact, which only temperature tells apart, share their sum.
 */
final class Beside {
    /** Film against contact [ohm m2]. */
    private static final double SERIES_OHM_M2 = 0.2e-4;

    /** The same as the parts of the voltage feel it [ohm m2]. */
    private static final double SERIES_PART_OHM_M2 = 0.28e-4;

    /** Kinetics of the lithium, by the current [ohm m2]. */
    private static final double KINETIC_OHM_M2 = 6e-6;

    /** Share of the model's own error that belongs to each of the parts of the cathode [1]. */
    private static final double CATHODE_SHARE = 0.3;

    private static final double RESISTANCE_SHARE = 0.01;
    private static final double SOC_SHARE = 1.3e-4;
    private static final double STOICHIOMETRY_SHARE = 1e-4;

    private Beside() {}

    /**
     * In the quantity's unit.
     *
     * @param quantity which
     * @param modelErrorV what the model's voltage is off by at the present current [V]
     * @param densityAPerM2 present current density [A/m2]
     */
    static double sigma(Quantity quantity, double modelErrorV, double densityAPerM2) {
        return switch (quantity) {
            case FILM_RESISTANCE -> SERIES_OHM_M2;
            case FILM, CONTACT -> SERIES_PART_OHM_M2 * Math.abs(densityAPerM2);
            case LITHIUM_KINETIC -> KINETIC_OHM_M2 * Math.abs(densityAPerM2);
            case CATHODE_KINETIC, ELECTROLYTE, PARTICLE_DIFFUSION -> CATHODE_SHARE * modelErrorV;
            case RESISTANCE_RATIO -> RESISTANCE_SHARE;
            case SOC -> SOC_SHARE;
            case SURFACE_STOICHIOMETRY -> STOICHIOMETRY_SHARE;
            default -> 0;
        };
    }
}
