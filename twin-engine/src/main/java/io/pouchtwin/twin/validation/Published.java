package io.pouchtwin.twin.validation;

/** Quantities whose bands are held against the truth, with the unit of the tables. */
enum Published {
    VOLTAGE("voltage, one step ahead", "mV", 1e3),
    TEMPERATURE("temperature, one step ahead", "K", 1),
    SOC("state of charge", "%", 100),
    SURFACE_STOICHIOMETRY("surface stoichiometry", "1", 1),
    FILM_RESISTANCE("film resistance", "ohm cm2", 1),
    CAPACITY("capacity", "mAh", 1e3);

    private final String label;
    private final String unit;
    private final double perUnit;

    Published(String label, String unit, double perUnit) {
        this.label = label;
        this.unit = unit;
        this.perUnit = perUnit;
    }

    String label() {
        return label;
    }

    String unit() {
        return unit;
    }

    /** Table's unit per SI unit. */
    double perUnit() {
        return perUnit;
    }
}
