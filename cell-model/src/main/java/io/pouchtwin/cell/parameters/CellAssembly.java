package io.pouchtwin.cell.parameters;

import io.pouchtwin.cell.ArrheniusLaw;
import io.pouchtwin.cell.CathodeExchangeCurrent;
import io.pouchtwin.cell.ElectrolyteTransport;
import io.pouchtwin.cell.EntropicCoefficient;
import io.pouchtwin.cell.LithiumExchangeCurrent;
import io.pouchtwin.cell.OpenCircuitVoltage;
import io.pouchtwin.cell.PolynomialExponentialOcv;
import io.pouchtwin.cell.SolidDiffusivity;
import io.pouchtwin.cell.TanhSumOcv;
import io.pouchtwin.cell.parameters.CellParameters.Cathode;
import io.pouchtwin.cell.parameters.CellParameters.Electrolyte;
import io.pouchtwin.cell.parameters.CellParameters.Layer;
import io.pouchtwin.cell.parameters.CellParameters.Lithium;
import io.pouchtwin.cell.parameters.CellParameters.Thermal;
import io.pouchtwin.cell.parameters.CellParameters.ThermalModel;
import io.pouchtwin.cell.parameters.CellParameters.Window;
import java.util.Optional;

/** From named values to the records and laws that the models take; the definitions are those of the parameters' README. */
final class CellAssembly {
    private static final int POLYNOMIAL_TERMS = 10;
    private static final int TANH_TERMS = 3;
    private static final int GAUSSIAN_TERMS = 3;

    private final ParameterSet set;

    private CellAssembly(ParameterSet set) {
        this.set = set;
    }

    static CellParameters assemble(ParameterSet set) {
        CellAssembly assembly = new CellAssembly(set);
        return new CellParameters(
                set.design(),
                set.kind(),
                set.si("temperature.reference"),
                set.si("cell.area"),
                set.si("cell.nominal_capacity"),
                assembly.electrolyte(),
                assembly.layer("membrane", set.si("membrane.thickness")),
                assembly.lithium(),
                set.kind() == CellKind.HALF_CELL ? Optional.of(assembly.cathode()) : Optional.empty(),
                set.si("contact.resistance"),
                new Window(
                        set.si("window.voltage_min"),
                        set.si("window.voltage_max"),
                        set.si("window.temperature_min"),
                        set.si("window.temperature_max")),
                assembly.thermal());
    }

    private Layer layer(String group, double thickness) {
        return new Layer(thickness, set.si(group + ".porosity"), set.si(group + ".transport_efficiency"));
    }

    private ArrheniusLaw arrhenius(String key) {
        return new ArrheniusLaw(set.si(key + ".activation_energy", 0), set.si("temperature.reference"));
    }

    private Electrolyte electrolyte() {
        double transference = set.si("electrolyte.transference");
        double concentration = set.si("electrolyte.concentration");
        String key = "electrolyte.transport";
        ElectrolyteTransport transport;
        if (set.law(key).equals("valoen-2005")) {
            transport = new ElectrolyteTransport.Valoen2005();
        } else {
            double conductivity = set.si(key + ".conductivity");
            double ideal = ElectrolyteTransport.Constant.idealDiffusivity(
                    conductivity, transference, concentration, set.si("temperature.reference"));
            transport = new ElectrolyteTransport.Constant(
                    conductivity, set.si(key + ".diffusivity", ideal), arrhenius(key));
        }
        return new Electrolyte(transport, transference, concentration);
    }

    private Lithium lithium() {
        String key = "lithium.exchange_current";
        return new Lithium(
                set.si("lithium.thickness"),
                set.si("lithium.molar_volume"),
                new LithiumExchangeCurrent(
                        set.si(key + ".prefactor"), set.si(key + ".electrolyte_exponent"), arrhenius(key)),
                set.si("lithium.film.resistance"),
                arrhenius("lithium.film"),
                set.si("lithium.dead_layer.conductivity"),
                set.si("lithium.dead_layer.porosity"),
                set.si("lithium.efficiency"));
    }

    private Cathode cathode() {
        double density = set.si("cathode.density");
        double activeFraction = set.si("cathode.active_fraction");
        double thickness = set.find("cathode.thickness")
                .map(ParameterValue::si)
                .orElseGet(() -> set.si("cathode.loading") / (density * activeFraction));
        return new Cathode(
                layer("cathode", thickness),
                activeFraction,
                density,
                set.si("cathode.electronic_conductivity"),
                set.si("cathode.concentration_max"),
                set.si("cathode.particle_radius"),
                openCircuitVoltage(),
                entropic(),
                diffusivity(),
                exchangeCurrent());
    }

    private OpenCircuitVoltage openCircuitVoltage() {
        String key = "cathode.ocv";
        double from = set.si(key + ".valid_from");
        double to = set.si(key + ".valid_to");
        if (set.law(key).equals("tanh-sum")) {
            return new TanhSumOcv(
                    set.si(key + ".u0"),
                    set.si(key + ".u1"),
                    row(key + ".a", TANH_TERMS),
                    row(key + ".b", TANH_TERMS),
                    row(key + ".c", TANH_TERMS),
                    from,
                    to);
        }
        double[] coefficients = new double[POLYNOMIAL_TERMS];
        for (int k = 0; k < POLYNOMIAL_TERMS; k++) {
            coefficients[k] = set.si(key + ".a" + k, 0);
        }
        return new PolynomialExponentialOcv(
                coefficients,
                set.si(key + ".exp_scale"),
                set.si(key + ".exp_rate"),
                set.si(key + ".exp_power"),
                set.si(key + ".exp_shift"),
                from,
                to);
    }

    private EntropicCoefficient entropic() {
        String key = "cathode.entropy";
        if (set.law(key).equals("zero")) {
            return EntropicCoefficient.zero();
        }
        int terms = GAUSSIAN_TERMS;
        return new EntropicCoefficient(row(key + ".a", terms), row(key + ".c", terms), row(key + ".w", terms));
    }

    private SolidDiffusivity diffusivity() {
        String key = "cathode.diffusivity";
        ArrheniusLaw arrhenius = arrhenius(key);
        String law = set.law(key);
        if (law.equals("constant")) {
            return new SolidDiffusivity.Constant(set.si(key + ".reference"), arrhenius);
        }
        if (law.equals("exponential")) {
            return new SolidDiffusivity.Exponential(
                    set.si(key + ".reference"),
                    set.si(key + ".slope"),
                    set.si(key + ".reference_stoichiometry"),
                    arrhenius);
        }
        int terms = GAUSSIAN_TERMS;
        return new SolidDiffusivity.LogGaussian(
                set.si(key + ".prefactor"),
                set.si(key + ".exponent"),
                row(key + ".a", terms),
                row(key + ".c", terms),
                row(key + ".w", terms),
                arrhenius);
    }

    private CathodeExchangeCurrent exchangeCurrent() {
        String key = "cathode.exchange_current";
        return new CathodeExchangeCurrent(
                set.si(key + ".prefactor"),
                set.si(key + ".electrolyte_exponent"),
                set.si(key + ".filled_exponent"),
                set.si(key + ".empty_exponent"),
                arrhenius(key));
    }

    /** Coefficients prefix1, prefix2, ... as far as the set has them. */
    private double[] row(String prefix, int terms) {
        int count = 0;
        while (count < terms && set.find(prefix + (count + 1)).isPresent()) {
            count++;
        }
        double[] row = new double[count];
        for (int k = 0; k < count; k++) {
            row[k] = set.si(prefix + (k + 1));
        }
        return row;
    }

    private Thermal thermal() {
        String law = set.law("thermal.model");
        ThermalModel model = law.equals("isothermal")
                ? ThermalModel.ISOTHERMAL
                : law.equals("lumped") ? ThermalModel.LUMPED : ThermalModel.CORE_SURFACE;
        return new Thermal(
                model,
                set.si("thermal.ambient"),
                set.si("thermal.heat_capacity"),
                set.si("thermal.surface_conductance"),
                set.si("thermal.core_surface_conductance"),
                set.si("thermal.surface_fraction"));
    }
}
