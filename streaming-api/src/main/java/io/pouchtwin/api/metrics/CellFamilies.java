package io.pouchtwin.api.metrics;

import io.pouchtwin.api.json.Liveness;
import io.pouchtwin.api.metrics.CellFamily.Labelled;
import io.pouchtwin.contracts.v1.OverpotentialSplit;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Which quantities of a cell Prometheus gets, in base units. */
final class CellFamilies {
    /** 1 mA/cm2 in A/m2. */
    static final double MILLIAMPERE_PER_CM2 = 10;
    /** 1 ohm cm2 in ohm m2. */
    static final double OHM_CM2 = 1e-4;
    /** 1 mAh/cm2 in C/m2. */
    static final double MILLIAMPERE_HOUR_PER_CM2 = 3.6e4;

    /** What is worth the full rate for the few cells that ask most. */
    static final List<CellFamily> WATCHED = List.of(
            CellFamily.live("voltage_volts", "voltage that the tester measured", TwinState::getVoltageMeasuredV),
            CellFamily.live(
                    "predicted_voltage_volts",
                    "voltage that the twin expected before it saw the measured one",
                    s -> s.hasVoltagePredictedV() ? s.getVoltagePredictedV().getValue() : Double.NaN),
            CellFamily.live(
                    "predicted_voltage_sigma_volts",
                    "standard deviation of the comparison: of the twin's state, its model and the tester together",
                    s -> s.hasVoltagePredictedV() ? s.getVoltagePredictedV().getSigma() : Double.NaN),
            CellFamily.live(
                    "current_density_amperes_per_square_meter",
                    "current on the electrode area, positive on charge; 10 A/m2 is 1 mA/cm2",
                    s -> s.getCurrentDensityMaCm2() * MILLIAMPERE_PER_CM2),
            CellFamily.live(
                    "temperature_celsius",
                    "temperature that the tester measured at the cell, else the twin's",
                    CellFamilies::temperature),
            CellFamily.live(
                    "soc_ratio",
                    "state of charge between the voltage limits, 0 to 1",
                    s -> s.hasSoc() ? s.getSoc().getValue() : Double.NaN),
            CellFamily.live(
                    "nis",
                    "normalised innovation squared of the newest sample; 1 on average while uncertainties are right",
                    TwinState::getNormalisedInnovationSquared),
            CellFamily.of(
                    "attention",
                    "how much the cell asks to be looked at: 4 critical alert, 3 warning, 2 one sign of a soft short, 1 converging, 0 calm, plus a fraction",
                    (cell, now) -> Attention.of(cell)));

    /** Every cell's. */
    static final List<CellFamily> ALL = Stream.of(
                    WATCHED.stream(), live(), lasting(), line(), ForecastFamilies.ALL.stream())
            .flatMap(families -> families)
            .toList();

    private CellFamilies() {}

    private static Stream<CellFamily> live() {
        return Stream.of(
                CellFamily.live(
                        "soc_sigma_ratio",
                        "standard deviation of soc_ratio",
                        s -> s.hasSoc() ? s.getSoc().getSigma() : Double.NaN),
                CellFamily.live(
                        "overpotential_volts",
                        "where the voltage goes, positive on charge: lithium kinetics, film, membrane, cathode kinetics, electrolyte, particle diffusion, contacts",
                        "part",
                        List.of(
                                part("lithium_kinetic", OverpotentialSplit::getLithiumKineticV),
                                part("film", OverpotentialSplit::getFilmV),
                                part("membrane", OverpotentialSplit::getMembraneV),
                                part("cathode_kinetic", OverpotentialSplit::getCathodeKineticV),
                                part("electrolyte", OverpotentialSplit::getElectrolyteV),
                                part("particle_diffusion", OverpotentialSplit::getParticleDiffusionV),
                                part("contact", OverpotentialSplit::getContactV))),
                CellFamily.live("step_kind", "kind of step, see docs/metrics.md", s -> s.getStepTypeValue()));
    }

    private static Stream<CellFamily> lasting() {
        return Stream.of(
                        CellFamily.lastingEstimate(
                                "capacity_health",
                                "ratio",
                                "capacity over that of the design",
                                1,
                                TwinState::hasCapacityHealth,
                                TwinState::getCapacityHealth),
                        CellFamily.lastingEstimate(
                                "resistance_health",
                                "ratio",
                                "resistance at small current over that of the design; above 1 is worse",
                                1,
                                TwinState::hasResistanceHealth,
                                TwinState::getResistanceHealth),
                        CellFamily.lastingEstimate(
                                "film_resistance",
                                "ohm_square_meters",
                                "resistance of the film on lithium; 1e-4 ohm m2 is 1 ohm cm2",
                                OHM_CM2,
                                TwinState::hasFilmResistanceOhmCm2,
                                TwinState::getFilmResistanceOhmCm2),
                        CellFamily.lastingEstimate(
                                "lithium_inventory",
                                "coulombs_per_square_meter",
                                "lithium that can still be stripped; 36000 C/m2 is 1 mAh/cm2",
                                MILLIAMPERE_HOUR_PER_CM2,
                                TwinState::hasLithiumInventoryMahCm2,
                                TwinState::getLithiumInventoryMahCm2),
                        CellFamily.lastingEstimate(
                                "plating_efficiency",
                                "ratio",
                                "share of plated lithium that can be stripped again",
                                1,
                                TwinState::hasPlatingEfficiency,
                                TwinState::getPlatingEfficiency),
                        CellFamily.lastingEstimate(
                                "leak_conductance",
                                "siemens",
                                "conductance through the cell that moves no charge past the tester",
                                1,
                                TwinState::hasLeakConductanceSiemens,
                                TwinState::getLeakConductanceSiemens),
                        Stream.of(
                                CellFamily.lasting(
                                        "soft_short_level_ratio",
                                        "evidence for a soft short over the threshold at which the sign speaks",
                                        "sign",
                                        List.of(
                                                new Labelled<>(
                                                        "charge_balance",
                                                        s -> s.hasSoftShort()
                                                                ? s.getSoftShort()
                                                                        .getChargeBalanceLevel()
                                                                : Double.NaN),
                                                new Labelled<>(
                                                        "rest_drift",
                                                        s -> s.hasSoftShort()
                                                                ? s.getSoftShort()
                                                                        .getRestDriftLevel()
                                                                : Double.NaN))),
                                CellFamily.lasting(
                                        "trust_state", "1 converging, 2 trusted, 3 diverged", s -> s.getTrustValue()),
                                CellFamily.lasting(
                                        "cycle", "number of the running cycle, from 1", s -> s.getCycleCount())))
                .flatMap(families -> families);
    }

    /** Of the line to the tester. */
    private static Stream<CellFamily> line() {
        return Stream.of(
                CellFamily.of(
                        "sample_age_seconds",
                        "time since the gateway received the cell's newest sample",
                        CellReading::sampleAgeS),
                CellFamily.of(
                        "liveness",
                        "0 live, 1 quiet, 2 stale, 3 ended, 4 never",
                        (cell, now) -> number(cell.liveness())));
    }

    private static int number(Liveness.State liveness) {
        return switch (liveness) {
            case LIVE -> 0;
            case QUIET -> 1;
            case STALE -> 2;
            case ENDED -> 3;
            case NEVER -> 4;
        };
    }

    private static Labelled<TwinState> part(String name, ToDoubleFunction<OverpotentialSplit> value) {
        return new Labelled<>(
                name, s -> s.hasOverpotentialV() ? value.applyAsDouble(s.getOverpotentialV()) : Double.NaN);
    }

    private static double temperature(TwinState state) {
        if (state.hasTemperatureMeasuredDegc()) {
            return state.getTemperatureMeasuredDegc();
        }
        return state.hasTemperaturePredictedDegc()
                ? state.getTemperaturePredictedDegc().getValue()
                : Double.NaN;
    }
}
