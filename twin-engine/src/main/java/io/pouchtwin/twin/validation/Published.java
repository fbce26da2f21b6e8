package io.pouchtwin.twin.validation;

import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.OverpotentialSplit;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.Optional;

/** Everything that a twin publishes with a band, each held against the truth, with the unit of the tables. */
enum Published {
    VOLTAGE("voltage, one step ahead", "mV", 1e3),
    TEMPERATURE("temperature, one step ahead", "K", 1),
    SOC("state of charge", "%", 100),
    SURFACE_STOICHIOMETRY("surface stoichiometry", "1", 1),
    LITHIUM_KINETIC("overpotential: lithium kinetics", "mV", 1e3),
    FILM("overpotential: film", "mV", 1e3),
    MEMBRANE("overpotential: membrane", "mV", 1e3),
    CATHODE_KINETIC("overpotential: cathode kinetics", "mV", 1e3),
    ELECTROLYTE("overpotential: electrolyte", "mV", 1e3),
    PARTICLE_DIFFUSION("overpotential: particle diffusion", "mV", 1e3),
    CONTACT("overpotential: contacts", "mV", 1e3),
    FILM_RESISTANCE("film resistance", "ohm cm2", 1),
    CAPACITY("capacity", "mAh", 1e3),
    RESISTANCE("resistance health", "1", 1),
    LEAK("leak conductance", "uS", 1e6),
    INVENTORY("lithium left", "mAh/cm2", 1),
    EFFICIENCY("plating efficiency", "%", 100);

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

    /** What the twin says; empty where it says nothing, or where nothing flows that would split the voltage. */
    Optional<Estimate> estimate(TwinState state) {
        OverpotentialSplit v = state.getOverpotentialV();
        return switch (this) {
            case VOLTAGE -> Optional.of(state.getVoltagePredictedV());
            case TEMPERATURE ->
                state.hasTemperatureMeasuredDegc()
                        ? Optional.of(state.getTemperaturePredictedDegc())
                        : Optional.empty();
            case SOC -> Optional.of(state.getSoc());
            case SURFACE_STOICHIOMETRY -> Optional.of(state.getCathodeSurfaceStoichiometry());
            case LITHIUM_KINETIC -> part(state, v.getLithiumKineticV(), v.getLithiumKineticSigmaV());
            case FILM -> part(state, v.getFilmV(), v.getFilmSigmaV());
            case MEMBRANE -> part(state, v.getMembraneV(), v.getMembraneSigmaV());
            case CATHODE_KINETIC -> part(state, v.getCathodeKineticV(), v.getCathodeKineticSigmaV());
            case ELECTROLYTE -> part(state, v.getElectrolyteV(), v.getElectrolyteSigmaV());
            case PARTICLE_DIFFUSION -> part(state, v.getParticleDiffusionV(), v.getParticleDiffusionSigmaV());
            case CONTACT -> part(state, v.getContactV(), v.getContactSigmaV());
            case FILM_RESISTANCE -> Optional.of(state.getFilmResistanceOhmCm2());
            case CAPACITY -> Optional.of(state.getCapacityAh());
            case RESISTANCE -> Optional.of(state.getResistanceHealth());
            case LEAK -> Optional.of(state.getLeakConductanceSiemens());
            case INVENTORY -> Optional.of(state.getLithiumInventoryMahCm2());
            case EFFICIENCY -> Optional.of(state.getPlatingEfficiency());
        };
    }

    private static Optional<Estimate> part(TwinState state, double value, double sigma) {
        boolean flows = state.getStepType() != StepType.STEP_TYPE_REST;
        return flows
                ? Optional.of(
                        Estimate.newBuilder().setValue(value).setSigma(sigma).build())
                : Optional.empty();
    }

    /** What is true. */
    double truth(TwinState state, Truth truth) {
        return switch (this) {
            case VOLTAGE -> state.getVoltageMeasuredV();
            case TEMPERATURE -> state.getTemperatureMeasuredDegc();
            case SOC -> truth.soc();
            case SURFACE_STOICHIOMETRY -> truth.surfaceStoichiometry();
            case LITHIUM_KINETIC -> truth.partsV()[0];
            case FILM -> truth.partsV()[1];
            case MEMBRANE -> truth.partsV()[2];
            case CATHODE_KINETIC -> truth.partsV()[3];
            case ELECTROLYTE -> truth.partsV()[4];
            case PARTICLE_DIFFUSION -> truth.partsV()[5];
            case CONTACT -> truth.partsV()[6];
            case FILM_RESISTANCE -> truth.filmResistanceOhmCm2();
            case CAPACITY -> truth.capacityAh();
            case RESISTANCE -> truth.resistanceRatio();
            case LEAK -> truth.leakSiemens();
            case INVENTORY -> truth.inventoryMilliampHourPerCm2();
            case EFFICIENCY -> truth.efficiency();
        };
    }
}
