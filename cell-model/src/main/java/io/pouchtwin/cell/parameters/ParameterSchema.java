package io.pouchtwin.cell.parameters;

import static io.pouchtwin.cell.parameters.ParameterKey.Need.ALWAYS;
import static io.pouchtwin.cell.parameters.ParameterKey.Need.BY_LAW;
import static io.pouchtwin.cell.parameters.ParameterKey.Need.OPTIONAL;
import static io.pouchtwin.cell.parameters.ParameterKey.Need.WITH_CATHODE;
import static io.pouchtwin.cell.parameters.Quantity.AREA;
import static io.pouchtwin.cell.parameters.Quantity.AREAL_MASS;
import static io.pouchtwin.cell.parameters.Quantity.AREAL_RESISTANCE;
import static io.pouchtwin.cell.parameters.Quantity.CHARGE;
import static io.pouchtwin.cell.parameters.Quantity.CONCENTRATION;
import static io.pouchtwin.cell.parameters.Quantity.CONDUCTIVITY;
import static io.pouchtwin.cell.parameters.Quantity.CURRENT_DENSITY;
import static io.pouchtwin.cell.parameters.Quantity.DENSITY;
import static io.pouchtwin.cell.parameters.Quantity.DIFFUSIVITY;
import static io.pouchtwin.cell.parameters.Quantity.HEAT_CAPACITY;
import static io.pouchtwin.cell.parameters.Quantity.HEAT_CONDUCTANCE;
import static io.pouchtwin.cell.parameters.Quantity.LAW;
import static io.pouchtwin.cell.parameters.Quantity.LENGTH;
import static io.pouchtwin.cell.parameters.Quantity.MASS;
import static io.pouchtwin.cell.parameters.Quantity.MOLAR_ENERGY;
import static io.pouchtwin.cell.parameters.Quantity.MOLAR_VOLUME;
import static io.pouchtwin.cell.parameters.Quantity.NUMBER;
import static io.pouchtwin.cell.parameters.Quantity.TEMPERATURE;
import static io.pouchtwin.cell.parameters.Quantity.VOLTAGE;
import static io.pouchtwin.cell.parameters.Quantity.VOLTAGE_PER_TEMPERATURE;
import static io.pouchtwin.cell.parameters.Quantity.VOLUME;

import io.pouchtwin.cell.parameters.ParameterKey.Need;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every key that a parameter file may use, its kind, its plausible range [SI], and the laws with their coefficients. */
final class ParameterSchema {
    private static final Map<String, ParameterKey> KEYS = new LinkedHashMap<>();

    /** Law key -> law name -> coefficient names that the law cannot do without. */
    private static final Map<String, Map<String, List<String>>> LAWS = Map.of(
            "electrolyte.transport",
            Map.of("constant", List.of("conductivity"), "valoen-2005", List.of()),
            "lithium.exchange_current",
            Map.of("power", List.of("prefactor", "electrolyte_exponent")),
            "cathode.exchange_current",
            Map.of("power", List.of("prefactor", "electrolyte_exponent", "filled_exponent", "empty_exponent")),
            "cathode.diffusivity",
            Map.of(
                    "constant",
                    List.of("reference"),
                    "exponential",
                    List.of("reference", "slope", "reference_stoichiometry"),
                    "log-gaussian",
                    List.of("prefactor", "exponent")),
            "cathode.entropy",
            Map.of("zero", List.of(), "gaussian-sum", List.of("a1", "c1", "w1")),
            "cathode.ocv",
            Map.of(
                    "polynomial-exponential",
                    List.of("a0", "a1", "exp_scale", "exp_rate", "exp_power", "exp_shift", "valid_from", "valid_to"),
                    "tanh-sum",
                    List.of("u0", "u1", "a1", "b1", "c1", "valid_from", "valid_to")),
            "thermal.model",
            Map.of("isothermal", List.of(), "lumped", List.of(), "core-surface", List.of()));

    /** Law name -> coefficients that it can do without. */
    private static final Map<String, Set<String>> OPTIONAL_COEFFICIENTS = Map.of(
            "constant",
            Set.of("diffusivity", "activation_energy"),
            "power",
            Set.of("activation_energy"),
            "exponential",
            Set.of("activation_energy"),
            "log-gaussian",
            Set.of("a1", "c1", "w1", "a2", "c2", "w2", "a3", "c3", "w3", "activation_energy"),
            "gaussian-sum",
            Set.of("a2", "c2", "w2"),
            "polynomial-exponential",
            Set.of("a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9"),
            "tanh-sum",
            Set.of("a2", "b2", "c2", "a3", "b3", "c3"));

    static {
        cellAndContact();
        membrane();
        lithium();
        cathode();
        cathodeLaws();
        thermal();
        budget();
    }

    private ParameterSchema() {}

    static Optional<ParameterKey> key(String name) {
        return Optional.ofNullable(KEYS.get(name));
    }

    static Iterable<ParameterKey> keys() {
        return KEYS.values();
    }

    /** Laws that a key may name; empty if it is not a law. */
    static Map<String, List<String>> lawsOf(String name) {
        return LAWS.getOrDefault(name, Map.of());
    }

    /** Coefficients that the law named by a value cannot do without. */
    static List<String> coefficientsOf(ParameterValue law) {
        return lawsOf(law.key()).getOrDefault(law.law(), List.of());
    }

    /** Coefficients that a law can do without. */
    static boolean isOptionalCoefficient(String law, String coefficient) {
        return OPTIONAL_COEFFICIENTS.getOrDefault(law, Set.of()).contains(coefficient);
    }

    private static void cellAndContact() {
        add("temperature.reference", TEMPERATURE, 273, 333, ALWAYS);
        add("cell.area", AREA, 1e-5, 10, ALWAYS);
        add("cell.nominal_capacity", CHARGE, 0.1, 1e6, ALWAYS);
        add("contact.resistance", AREAL_RESISTANCE, 0, 1e-2, ALWAYS);
        add("window.voltage_min", VOLTAGE, -5, 4, ALWAYS);
        add("window.voltage_max", VOLTAGE, 0.1, 6, ALWAYS);
        add("window.temperature_min", TEMPERATURE, 200, 300, ALWAYS);
        add("window.temperature_max", TEMPERATURE, 300, 450, ALWAYS);
    }

    private static void membrane() {
        add("membrane.thickness", LENGTH, 1e-6, 1e-3, ALWAYS);
        add("membrane.porosity", NUMBER, 0.05, 1, ALWAYS);
        add("membrane.transport_efficiency", NUMBER, 1e-3, 1, ALWAYS);
        law("electrolyte.transport", ALWAYS);
        add("electrolyte.transport.conductivity", CONDUCTIVITY, 1e-5, 10, BY_LAW);
        add("electrolyte.transport.diffusivity", DIFFUSIVITY, 1e-15, 1e-8, BY_LAW);
        add("electrolyte.transport.activation_energy", MOLAR_ENERGY, 0, 1.5e5, BY_LAW);
        add("electrolyte.transference", NUMBER, 0.05, 0.999, ALWAYS);
        add("electrolyte.concentration", CONCENTRATION, 50, 5000, ALWAYS);
    }

    private static void lithium() {
        add("lithium.thickness", LENGTH, 1e-7, 2e-3, ALWAYS);
        add("lithium.molar_volume", MOLAR_VOLUME, 1.2e-5, 1.4e-5, ALWAYS);
        law("lithium.exchange_current", ALWAYS);
        add("lithium.exchange_current.prefactor", CURRENT_DENSITY, 1e-3, 1e3, BY_LAW);
        add("lithium.exchange_current.electrolyte_exponent", NUMBER, 0, 1, BY_LAW);
        add("lithium.exchange_current.activation_energy", MOLAR_ENERGY, 0, 1.5e5, BY_LAW);
        add("lithium.film.resistance", AREAL_RESISTANCE, 0, 1e-1, ALWAYS);
        add("lithium.film.activation_energy", MOLAR_ENERGY, 0, 1.5e5, OPTIONAL);
        add("lithium.dead_layer.conductivity", CONDUCTIVITY, 1e-5, 10, ALWAYS);
        add("lithium.dead_layer.porosity", NUMBER, 0, 0.95, ALWAYS);
        add("lithium.efficiency", NUMBER, 0.5, 1, ALWAYS);
    }

    private static void cathode() {
        add("cathode.loading", AREAL_MASS, 5e-3, 0.6, OPTIONAL);
        add("cathode.thickness", LENGTH, 1e-6, 5e-4, OPTIONAL);
        add("cathode.density", DENSITY, 1000, 6000, WITH_CATHODE);
        add("cathode.active_fraction", NUMBER, 0.1, 0.9, WITH_CATHODE);
        add("cathode.porosity", NUMBER, 0.02, 0.8, WITH_CATHODE);
        add("cathode.transport_efficiency", NUMBER, 1e-3, 1, WITH_CATHODE);
        add("cathode.electronic_conductivity", CONDUCTIVITY, 1e-3, 1e4, WITH_CATHODE);
        add("cathode.concentration_max", CONCENTRATION, 5000, 1e5, WITH_CATHODE);
        add("cathode.particle_radius", LENGTH, 1e-8, 5e-5, WITH_CATHODE);
        law("cathode.ocv", WITH_CATHODE);
        law("cathode.entropy", WITH_CATHODE);
        law("cathode.diffusivity", WITH_CATHODE);
        law("cathode.exchange_current", WITH_CATHODE);
    }

    private static void cathodeLaws() {
        for (int k = 0; k <= 9; k++) {
            add("cathode.ocv.a" + k, VOLTAGE, -1e6, 1e6, BY_LAW);
        }
        add("cathode.ocv.exp_scale", VOLTAGE, 0, 10, BY_LAW);
        add("cathode.ocv.exp_rate", NUMBER, 0, 1e3, BY_LAW);
        add("cathode.ocv.exp_power", NUMBER, 0, 1e3, BY_LAW);
        add("cathode.ocv.exp_shift", NUMBER, -1e3, 1e3, BY_LAW);
        add("cathode.ocv.u0", VOLTAGE, -10, 10, BY_LAW);
        add("cathode.ocv.u1", VOLTAGE, -10, 10, BY_LAW);
        add("cathode.ocv.valid_from", NUMBER, 0, 0.9, BY_LAW);
        add("cathode.ocv.valid_to", NUMBER, 0.1, 1, BY_LAW);
        for (int k = 1; k <= 3; k++) {
            add("cathode.ocv.b" + k, NUMBER, 0, 1e3, BY_LAW);
            add("cathode.ocv.c" + k, NUMBER, -2, 2, BY_LAW);
            add("cathode.diffusivity.a" + k, NUMBER, -20, 20, BY_LAW);
            add("cathode.diffusivity.c" + k, NUMBER, -2, 2, BY_LAW);
            add("cathode.diffusivity.w" + k, NUMBER, 1e-5, 10, BY_LAW);
        }
        for (int k = 1; k <= 2; k++) {
            add("cathode.entropy.a" + k, VOLTAGE_PER_TEMPERATURE, -3e-4, 3e-4, BY_LAW);
            add("cathode.entropy.c" + k, NUMBER, -2, 2, BY_LAW);
            add("cathode.entropy.w" + k, NUMBER, 1e-5, 10, BY_LAW);
        }
        add("cathode.diffusivity.reference", DIFFUSIVITY, 1e-18, 1e-10, BY_LAW);
        add("cathode.diffusivity.slope", NUMBER, -20, 30, BY_LAW);
        add("cathode.diffusivity.reference_stoichiometry", NUMBER, 0, 1, BY_LAW);
        add("cathode.diffusivity.prefactor", DIFFUSIVITY, 1e-3, 1e3, BY_LAW);
        add("cathode.diffusivity.exponent", NUMBER, -20, -8, BY_LAW);
        add("cathode.diffusivity.activation_energy", MOLAR_ENERGY, 0, 1.5e5, BY_LAW);
        add("cathode.exchange_current.prefactor", CURRENT_DENSITY, 1e-4, 1e3, BY_LAW);
        add("cathode.exchange_current.electrolyte_exponent", NUMBER, 0, 1, BY_LAW);
        add("cathode.exchange_current.filled_exponent", NUMBER, 0, 1, BY_LAW);
        add("cathode.exchange_current.empty_exponent", NUMBER, 0, 1, BY_LAW);
        add("cathode.exchange_current.activation_energy", MOLAR_ENERGY, 0, 1.5e5, BY_LAW);
    }

    private static void thermal() {
        law("thermal.model", ALWAYS);
        add("thermal.ambient", TEMPERATURE, 230, 360, ALWAYS);
        add("thermal.heat_capacity", HEAT_CAPACITY, 1e-2, 1e4, ALWAYS);
        add("thermal.surface_conductance", HEAT_CONDUCTANCE, 1e-5, 1e3, ALWAYS);
        add("thermal.core_surface_conductance", HEAT_CONDUCTANCE, 1e-4, 1e4, ALWAYS);
        add("thermal.surface_fraction", NUMBER, 0.01, 0.99, ALWAYS);
    }

    private static void budget() {
        add("budget.positive_foil.thickness", LENGTH, 0, 1e-4, OPTIONAL);
        add("budget.positive_foil.density", DENSITY, 500, 2e4, OPTIONAL);
        add("budget.negative_foil.thickness", LENGTH, 0, 1e-4, OPTIONAL);
        add("budget.negative_foil.density", DENSITY, 500, 2e4, OPTIONAL);
        add("budget.membrane.density", DENSITY, 500, 5000, OPTIONAL);
        add("budget.catholyte.density", DENSITY, 500, 5000, OPTIONAL);
        add("budget.inactive.mass_fraction", NUMBER, 0, 0.4, OPTIONAL);
        add("budget.packaging.mass", MASS, 0, 10, OPTIONAL);
        add("budget.tabs.mass", MASS, 0, 10, OPTIONAL);
        add("budget.packaging.volume", VOLUME, 0, 1, OPTIONAL);
    }

    private static void law(String name, Need need) {
        add(name, LAW, 0, 0, need);
    }

    private static void add(String name, Quantity quantity, double minSi, double maxSi, Need need) {
        KEYS.put(name, new ParameterKey(name, quantity, minSi, maxSi, need));
    }
}
