package io.pouchtwin.cell.full;

import io.pouchtwin.cell.parameters.CellParameters;

/**
 * What ages: constant within a step, changed between steps by an ageing law or a fault story.
 *
 * @param filmResistanceOhmM2 of the interphase on lithium at T_ref [ohm m2]
 * @param deadLithiumMolPerM2 disconnected lithium that the current has to pass through [mol/m2]
 * @param contactUtilisation share of the lithium face that takes part, 0..1
 * @param activeFraction share of the initial active material that is still connected, 0..1
 * @param membraneConductivityFactor on the membrane's conductivity and diffusivity (electrolyte that has been used up), 0..1
 * @param leakConductanceSiemensPerM2 electronic path between the electrodes (soft short) [S/m2]
 */
public record SlowState(
        double filmResistanceOhmM2,
        double deadLithiumMolPerM2,
        double contactUtilisation,
        double activeFraction,
        double membraneConductivityFactor,
        double leakConductanceSiemensPerM2) {

    /** Refuses what has no meaning. */
    public SlowState {
        require(filmResistanceOhmM2 >= 0 && filmResistanceOhmM2 < 10, "filmResistanceOhmM2", filmResistanceOhmM2);
        require(deadLithiumMolPerM2 >= 0 && deadLithiumMolPerM2 < 1e3, "deadLithiumMolPerM2", deadLithiumMolPerM2);
        require(contactUtilisation > 0 && contactUtilisation <= 1, "contactUtilisation", contactUtilisation);
        require(activeFraction > 0 && activeFraction <= 1, "activeFraction", activeFraction);
        require(
                membraneConductivityFactor > 0 && membraneConductivityFactor <= 1,
                "membraneConductivityFactor",
                membraneConductivityFactor);
        require(
                leakConductanceSiemensPerM2 >= 0 && leakConductanceSiemensPerM2 < 1e6,
                "leakConductanceSiemensPerM2",
                leakConductanceSiemensPerM2);
    }

    private static void require(boolean holds, String name, double value) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + ", expected a finite value in its range");
        }
    }

    /** A new cell. */
    public static SlowState fresh(CellParameters cell) {
        return new SlowState(cell.lithium().filmResistanceOhmM2(), 0, 1, 1, 1, 0);
    }

    /** The same with another film resistance [ohm m2]. */
    public SlowState withFilmResistance(double ohmM2) {
        return new SlowState(
                ohmM2,
                deadLithiumMolPerM2,
                contactUtilisation,
                activeFraction,
                membraneConductivityFactor,
                leakConductanceSiemensPerM2);
    }

    /** The same with another amount of dead lithium [mol/m2]. */
    public SlowState withDeadLithium(double molPerM2) {
        return new SlowState(
                filmResistanceOhmM2,
                molPerM2,
                contactUtilisation,
                activeFraction,
                membraneConductivityFactor,
                leakConductanceSiemensPerM2);
    }

    /** The same with another leak [S/m2]. */
    public SlowState withLeakConductance(double sPerM2) {
        return new SlowState(
                filmResistanceOhmM2,
                deadLithiumMolPerM2,
                contactUtilisation,
                activeFraction,
                membraneConductivityFactor,
                sPerM2);
    }

    /** Resistance of film and dead-lithium layer at a temperature [ohm m2]. */
    public double interfaceResistance(CellParameters cell, double temperatureK) {
        CellParameters.Lithium lithium = cell.lithium();
        double film = filmResistanceOhmM2 / lithium.filmArrhenius().factor(temperatureK);
        double layerM = deadLithiumMolPerM2 * lithium.molarVolumeM3PerMol() / (1 - lithium.deadLayerPorosity());
        return film + layerM / lithium.deadLayerConductivitySPerM();
    }
}
