package io.pouchtwin.cell.parameters;

import io.pouchtwin.cell.ArrheniusLaw;
import io.pouchtwin.cell.CathodeExchangeCurrent;
import io.pouchtwin.cell.ElectrolyteTransport;
import io.pouchtwin.cell.EntropicCoefficient;
import io.pouchtwin.cell.LithiumExchangeCurrent;
import io.pouchtwin.cell.OpenCircuitVoltage;
import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.SolidDiffusivity;
import java.util.Optional;

/**
 * What the models take: all numbers in SI, functions as laws.
 *
 * @param design name of the parameter set
 * @param kind what is assembled
 * @param referenceTemperatureK T_ref of every law [K]
 * @param areaM2 electrode area [m2]
 * @param nominalCapacityC charge that 1 C refers to [C]; 1 C is {@code nominalCapacityC / 3600} ampere
 * @param electrolyte transport of the salt, the same substance in membrane and pores
 * @param membrane layer between the electrodes
 * @param lithium the metal electrode
 * @param cathode the porous electrode; empty for a symmetric or a Li||Cu cell
 * @param contactResistanceOhmM2 foils, tabs and contacts, in series with everything [ohm m2]
 * @param window limits of use
 * @param thermal heat balance
 */
public record CellParameters(
        String design,
        CellKind kind,
        double referenceTemperatureK,
        double areaM2,
        double nominalCapacityC,
        Electrolyte electrolyte,
        Layer membrane,
        Lithium lithium,
        Optional<Cathode> cathode,
        double contactResistanceOhmM2,
        Window window,
        Thermal thermal) {

    /**
     * The salt.
     *
     * @param transport bulk conductivity and diffusivity
     * @param transference t+ of the cation
     * @param concentrationMolPerM3 initial and reference salt concentration c_e0 [mol/m3]
     */
    public record Electrolyte(ElectrolyteTransport transport, double transference, double concentrationMolPerM3) {}

    /**
     * A layer filled with electrolyte.
     *
     * @param thicknessM [m]
     * @param porosity share of the volume that is electrolyte
     * @param transportEfficiency factor on bulk conductivity and diffusivity
     */
    public record Layer(double thicknessM, double porosity, double transportEfficiency) {}

    /**
     * Lithium metal and its interface.
     *
     * @param thicknessM initial thickness [m]
     * @param molarVolumeM3PerMol [m3/mol]
     * @param exchangeCurrent i0 per electrode area
     * @param filmResistanceOhmM2 of the interphase at T_ref [ohm m2]
     * @param filmArrhenius conductance of the film grows with it
     * @param deadLayerConductivitySPerM of electrolyte in dead lithium [S/m]
     * @param deadLayerPorosity of dead lithium
     * @param efficiency share of plated lithium that can be stripped again
     */
    public record Lithium(
            double thicknessM,
            double molarVolumeM3PerMol,
            LithiumExchangeCurrent exchangeCurrent,
            double filmResistanceOhmM2,
            ArrheniusLaw filmArrhenius,
            double deadLayerConductivitySPerM,
            double deadLayerPorosity,
            double efficiency) {
        /** Lithium that can be stripped at the beginning, per area [mol/m2]. */
        public double inventoryMolPerM2() {
            return thicknessM / molarVolumeM3PerMol;
        }
    }

    /**
     * The porous electrode.
     *
     * @param layer thickness, porosity, transport efficiency
     * @param activeFraction share of the volume that is active material
     * @param densityKgPerM3 of the active material
     * @param electronicConductivitySPerM effective, of the composite [S/m]
     * @param concentrationMaxMolPerM3 lithium sites [mol/m3]
     * @param particleRadiusM [m]
     * @param openCircuitVoltage U(x)
     * @param entropic dU/dT(x)
     * @param diffusivity D(x, T)
     * @param exchangeCurrent i0 per particle surface
     */
    public record Cathode(
            Layer layer,
            double activeFraction,
            double densityKgPerM3,
            double electronicConductivitySPerM,
            double concentrationMaxMolPerM3,
            double particleRadiusM,
            OpenCircuitVoltage openCircuitVoltage,
            EntropicCoefficient entropic,
            SolidDiffusivity diffusivity,
            CathodeExchangeCurrent exchangeCurrent) {
        /** Particle surface per volume a = 3 eps_s / R [1/m]. */
        public double surfacePerVolume() {
            return 3 * activeFraction / particleRadiusM;
        }

        /** Active material per electrode area [kg/m2]. */
        public double loadingKgPerM2() {
            return layer.thicknessM() * activeFraction * densityKgPerM3;
        }

        /** Charge of a full sweep of x from 0 to 1, per electrode area [C/m2]. */
        public double arealChargeCPerM2() {
            return PhysicalConstants.FARADAY_C_PER_MOL * concentrationMaxMolPerM3 * activeFraction * layer.thicknessM();
        }
    }

    /** Limits of use [V], [K]. */
    public record Window(double voltageMinV, double voltageMaxV, double temperatureMinK, double temperatureMaxK) {}

    /** How heat is modelled. */
    public enum ThermalModel {
        ISOTHERMAL,
        LUMPED,
        CORE_SURFACE
    }

    /**
     * Heat balance of the whole cell.
     *
     * @param model how many temperatures
     * @param ambientK surroundings [K]
     * @param heatCapacityJPerK whole cell [J/K]
     * @param surfaceConductanceWPerK surface to surroundings, h A [W/K]
     * @param coreSurfaceConductanceWPerK core to surface [W/K]
     * @param surfaceFraction share of the heat capacity that is at the surface
     */
    public record Thermal(
            ThermalModel model,
            double ambientK,
            double heatCapacityJPerK,
            double surfaceConductanceWPerK,
            double coreSurfaceConductanceWPerK,
            double surfaceFraction) {
        /** The same with another model. */
        public Thermal withModel(ThermalModel other) {
            return new Thermal(
                    other,
                    ambientK,
                    heatCapacityJPerK,
                    surfaceConductanceWPerK,
                    coreSurfaceConductanceWPerK,
                    surfaceFraction);
        }

        /** The same in other surroundings [K]. */
        public Thermal withAmbient(double otherK) {
            return new Thermal(
                    model,
                    otherK,
                    heatCapacityJPerK,
                    surfaceConductanceWPerK,
                    coreSurfaceConductanceWPerK,
                    surfaceFraction);
        }
    }

    /** The current of 1 C [A]. */
    public double oneCAmpere() {
        return nominalCapacityC / 3600;
    }

    /** The cathode; throws for a cell that has none. */
    public Cathode requireCathode() {
        return cathode.orElseThrow(
                () -> new IllegalArgumentException(design + ": a " + kind.label() + " cell has no cathode"));
    }

    /** Stoichiometry of the fully charged cathode: its open-circuit voltage is the upper limit. */
    public double chargedStoichiometry() {
        return requireCathode().openCircuitVoltage().stoichiometry(window.voltageMaxV());
    }

    /** Stoichiometry of the fully discharged cathode: its open-circuit voltage is the lower limit. */
    public double dischargedStoichiometry() {
        return requireCathode().openCircuitVoltage().stoichiometry(window.voltageMinV());
    }

    /** The same cell with another lithium foil [m]. */
    public CellParameters withLithiumThickness(double thicknessM) {
        Lithium other = new Lithium(
                thicknessM,
                lithium.molarVolumeM3PerMol,
                lithium.exchangeCurrent,
                lithium.filmResistanceOhmM2,
                lithium.filmArrhenius,
                lithium.deadLayerConductivitySPerM,
                lithium.deadLayerPorosity,
                lithium.efficiency);
        return new CellParameters(
                design,
                kind,
                referenceTemperatureK,
                areaM2,
                nominalCapacityC,
                electrolyte,
                membrane,
                other,
                cathode,
                contactResistanceOhmM2,
                window,
                thermal);
    }

    /** The same cell with another heat balance. */
    public CellParameters withThermal(Thermal other) {
        return new CellParameters(
                design,
                kind,
                referenceTemperatureK,
                areaM2,
                nominalCapacityC,
                electrolyte,
                membrane,
                lithium,
                cathode,
                contactResistanceOhmM2,
                window,
                other);
    }
}
