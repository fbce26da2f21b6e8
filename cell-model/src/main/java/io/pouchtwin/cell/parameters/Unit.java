package io.pouchtwin.cell.parameters;

import static java.util.Map.entry;

import io.pouchtwin.cell.PhysicalConstants;
import java.util.Map;
import java.util.Optional;

/**
 * A unit that a parameter file may use, and its way to SI: si = value * factor + offset.
 *
 * @param symbol as written in the file
 * @param quantity what it measures
 * @param factor to SI
 * @param offset to SI; not 0 only for degC
 */
public record Unit(String symbol, Quantity quantity, double factor, double offset) {
    private static final double GRAM = 1e-3;
    private static final Map<String, Unit> KNOWN = Map.ofEntries(
            unit("law", Quantity.LAW, 1),
            unit("1", Quantity.NUMBER, 1),
            unit("%", Quantity.NUMBER, 0.01),
            unit("m", Quantity.LENGTH, 1),
            unit("cm", Quantity.LENGTH, 1e-2),
            unit("mm", Quantity.LENGTH, 1e-3),
            unit("um", Quantity.LENGTH, 1e-6),
            unit("nm", Quantity.LENGTH, 1e-9),
            unit("m2", Quantity.AREA, 1),
            unit("cm2", Quantity.AREA, 1e-4),
            unit("m3", Quantity.VOLUME, 1),
            unit("cm3", Quantity.VOLUME, 1e-6),
            unit("kg", Quantity.MASS, 1),
            unit("g", Quantity.MASS, GRAM),
            unit("kg/m2", Quantity.AREAL_MASS, 1),
            unit("mg/cm2", Quantity.AREAL_MASS, 1e-2),
            unit("kg/m3", Quantity.DENSITY, 1),
            unit("g/cm3", Quantity.DENSITY, 1e3),
            unit("mol/m3", Quantity.CONCENTRATION, 1),
            unit("mol/l", Quantity.CONCENTRATION, 1e3),
            unit("m3/mol", Quantity.MOLAR_VOLUME, 1),
            unit("cm3/mol", Quantity.MOLAR_VOLUME, 1e-6),
            unit("J/mol", Quantity.MOLAR_ENERGY, 1),
            unit("kJ/mol", Quantity.MOLAR_ENERGY, 1e3),
            unit("eV", Quantity.MOLAR_ENERGY, PhysicalConstants.FARADAY_C_PER_MOL),
            unit("m2/s", Quantity.DIFFUSIVITY, 1),
            unit("cm2/s", Quantity.DIFFUSIVITY, 1e-4),
            unit("S/m", Quantity.CONDUCTIVITY, 1),
            unit("S/cm", Quantity.CONDUCTIVITY, 100),
            unit("mS/cm", Quantity.CONDUCTIVITY, 0.1),
            unit("A/m2", Quantity.CURRENT_DENSITY, 1),
            unit("mA/cm2", Quantity.CURRENT_DENSITY, 10),
            unit("ohm m2", Quantity.AREAL_RESISTANCE, 1),
            unit("ohm cm2", Quantity.AREAL_RESISTANCE, 1e-4),
            unit("C", Quantity.CHARGE, 1),
            unit("Ah", Quantity.CHARGE, 3600),
            unit("mAh", Quantity.CHARGE, 3.6),
            unit("mAh/g", Quantity.SPECIFIC_CHARGE, 3600),
            unit("Wh/kg", Quantity.SPECIFIC_ENERGY, 3600),
            unit("V", Quantity.VOLTAGE, 1),
            unit("mV", Quantity.VOLTAGE, 1e-3),
            unit("V/K", Quantity.VOLTAGE_PER_TEMPERATURE, 1),
            unit("mV/K", Quantity.VOLTAGE_PER_TEMPERATURE, 1e-3),
            unit("K", Quantity.TEMPERATURE, 1),
            entry("degC", new Unit("degC", Quantity.TEMPERATURE, 1, 273.15)),
            unit("J/K", Quantity.HEAT_CAPACITY, 1),
            unit("W/K", Quantity.HEAT_CONDUCTANCE, 1),
            unit("Pa", Quantity.PRESSURE, 1),
            unit("MPa", Quantity.PRESSURE, 1e6),
            unit("s", Quantity.TIME, 1),
            unit("h", Quantity.TIME, 3600),
            unit("cycle", Quantity.COUNT, 1),
            unit("C-rate", Quantity.RATE, 1));

    private static Map.Entry<String, Unit> unit(String symbol, Quantity quantity, double factor) {
        return entry(symbol, new Unit(symbol, quantity, factor, 0));
    }

    /** The unit with this symbol, if it is known. */
    public static Optional<Unit> of(String symbol) {
        return Optional.ofNullable(KNOWN.get(symbol));
    }

    /** To SI. */
    public double toSi(double value) {
        return value * factor + offset;
    }

    /** From SI. */
    public double fromSi(double si) {
        return (si - offset) / factor;
    }
}
