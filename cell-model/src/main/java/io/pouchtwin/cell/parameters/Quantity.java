package io.pouchtwin.cell.parameters;

/** Kinds of quantity; two units are interchangeable only within one kind. The SI unit is in brackets. */
public enum Quantity {
    NUMBER("1"),
    LENGTH("m"),
    AREA("m2"),
    VOLUME("m3"),
    MASS("kg"),
    AREAL_MASS("kg/m2"),
    DENSITY("kg/m3"),
    CONCENTRATION("mol/m3"),
    MOLAR_VOLUME("m3/mol"),
    MOLAR_ENERGY("J/mol"),
    DIFFUSIVITY("m2/s"),
    CONDUCTIVITY("S/m"),
    CURRENT_DENSITY("A/m2"),
    AREAL_RESISTANCE("ohm m2"),
    CHARGE("C"),
    SPECIFIC_CHARGE("C/kg"),
    SPECIFIC_ENERGY("J/kg"),
    VOLTAGE("V"),
    VOLTAGE_PER_TEMPERATURE("V/K"),
    TEMPERATURE("K"),
    HEAT_CAPACITY("J/K"),
    HEAT_CONDUCTANCE("W/K"),
    PRESSURE("Pa"),
    TIME("s"),
    COUNT("cycle"),
    RATE("1/h"),
    /** Not a number: the name of a law. */
    LAW("law");

    private final String siUnit;

    Quantity(String siUnit) {
        this.siUnit = siUnit;
    }

    /** The SI unit that values of this kind have inside. */
    public String siUnit() {
        return siUnit;
    }
}
