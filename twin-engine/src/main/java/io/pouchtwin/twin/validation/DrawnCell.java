package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.calibration.Posterior;
import io.pouchtwin.cell.calibration.PosteriorFile;
import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.twin.ensemble.UnknownAge;
import java.util.Map;
import java.util.Optional;

/**
 * A cell of its own, of unknown age, and the tester that it hangs on: one of the calibrated cells of the design, what
 * the calibration leaves open from the spreads of the parameter set, a number of cycles behind it, a healthy leak, and
 * offsets of the tester's sensors.
 *
 * @param parameters what the cell is made of
 * @param filmOhmM2 resistance of its film [ohm m2]
 * @param lostMolPerM2 lithium that it has lost [mol/m2]
 * @param leakSiemens conductance past it [S]
 * @param readings what the tester makes of it
 */
record DrawnCell(
        CellParameters parameters, double filmOhmM2, double lostMolPerM2, double leakSiemens, TesterReadings readings) {
    private static final double LEAK_HOURS = 20_000;
    private static final double LEAK_LOG_SIGMA = 0.6;
    private static final double CURRENT_OFFSET_SHARE = 2e-4;
    private static final double VOLTAGE_OFFSET_V = 1e-4;
    private static final double FOIL_SIGMA = 0.05;

    /** A cell that still runs has some lithium left, whatever its foil was: it has lost at most this share [1]. */
    private static final double MOST_LOST_SHARE = 0.98;

    /** Which value of the parameter set a column of the calibration multiplies. */
    private static final Map<String, String> FACTORS = Map.of(
            "diffusivity_factor", "cathode.diffusivity.reference",
            "cathode_exchange_factor", "cathode.exchange_current.prefactor",
            "active_fraction_factor", "cathode.loading",
            "lithium_exchange_factor", "lithium.exchange_current.prefactor",
            "membrane_resistance_factor", "membrane.thickness",
            "pore_transport_factor", "cathode.transport_efficiency");

    private static final Map<String, String> VALUES =
            Map.of("contact_resistance", "contact.resistance", "plating_efficiency", "lithium.efficiency");

    /** New, on a perfect tester but for noise: for tests of one thing. */
    static DrawnCell plain(CellParameters parameters, TesterReadings readings) {
        return new DrawnCell(parameters, parameters.lithium().filmResistanceOhmM2(), 0, 0, readings);
    }

    /** The cell of a seed. */
    static DrawnCell draw(String design, long seed) {
        ParameterSet nominal = ParameterLibrary.shipped().load(design);
        ParameterSet set = nominal.draw(seed);
        Philox random = Philox.of(seed, "drawn-cell");
        double cycles = UnknownAge.MOST_CYCLES * random.uniform(0, 0, 0, 0);
        Optional<Posterior> posterior = PosteriorFile.shipped(design);
        double film = set.si("lithium.film.resistance");
        double lost = 0;
        if (posterior.isPresent()) {
            Posterior all = posterior.orElseThrow();
            double[] row = all.members()
                    .get((int) (random.uniform(0, 0, 1, 0) * all.members().size()));
            set = calibrated(set, nominal, all, row);
            film = UnknownAge.filmOhmM2(all, row, cycles);
            lost = UnknownAge.lostMolPerM2(all, row, nominal.toCellParameters(), cycles);
        }
        CellParameters parameters = set.toCellParameters();
        double foil = parameters.lithium().inventoryMolPerM2();
        lost = Math.min(lost + foil * FOIL_SIGMA * random.normal(0, 0, 2, 0), MOST_LOST_SHARE * foil);
        double oneC = parameters.oneCAmpere();
        double leak = oneC / LEAK_HOURS / 3.6 * Math.exp(LEAK_LOG_SIGMA * random.normal(0, 0, 3, 0));
        TesterReadings readings = TesterReadings.ordinary()
                .withCurrentOffset(CURRENT_OFFSET_SHARE * oneC * random.normal(0, 0, 4, 0))
                .withVoltageOffset(VOLTAGE_OFFSET_V * random.normal(0, 0, 5, 0));
        return new DrawnCell(parameters, film, lost, leak, readings);
    }

    private static ParameterSet calibrated(
            ParameterSet drawn, ParameterSet nominal, Posterior posterior, double[] row) {
        // The membrane's factor holds the conductivity's spread already.
        String conductivity = "electrolyte.transport.conductivity";
        ParameterSet set = drawn.with(conductivity, nominal.si(conductivity));
        for (Map.Entry<String, String> entry : FACTORS.entrySet()) {
            if (posterior.columns().contains(entry.getKey())) {
                set = set.with(entry.getValue(), nominal.si(entry.getValue()) * posterior.value(row, entry.getKey()));
            }
        }
        for (Map.Entry<String, String> entry : VALUES.entrySet()) {
            if (posterior.columns().contains(entry.getKey())) {
                set = set.with(entry.getValue(), posterior.value(row, entry.getKey()));
            }
        }
        String slope = "cathode.diffusivity.slope";
        if (posterior.columns().contains("diffusivity_slope_change")
                && nominal.find(slope).isPresent()) {
            set = set.with(slope, nominal.si(slope) + posterior.value(row, "diffusivity_slope_change"));
        }
        return set;
    }

    /** The same with another film [ohm m2]. */
    DrawnCell withFilm(double ohmM2) {
        return new DrawnCell(parameters, ohmM2, lostMolPerM2, leakSiemens, readings);
    }

    /** The same with other losses of lithium [mol/m2]. */
    DrawnCell withLost(double molPerM2) {
        return new DrawnCell(parameters, filmOhmM2, molPerM2, leakSiemens, readings);
    }
}
