package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.LithiumPairCell;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.PaperFacts;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.parameters.ParameterValue;
import io.pouchtwin.cell.parameters.Spread;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Facts that are parameters as printed: what the models give when the measurement behind each of them is repeated on a simulated cell. */
final class ParameterFacts {
    private static final double ZERO_CELSIUS_K = 273.15;
    private static final double ROOM_K = 298.15;
    private static final double PULSE_S = 0.1;
    /** Of a Tafel plot [A/m2]. */
    private static final double[] TAFEL_CURRENTS = {5, 10, 20, 40};

    private static final double PLATING_A_PER_M2 = 5;
    private static final double PLATING_S = 3600;
    private static final double[] ARRHENIUS_CELSIUS = {20, 30, 40, 50, 60, 70, 80};

    private final ParameterLibrary library = ParameterLibrary.shipped();
    private final PaperFacts facts = PaperFacts.load();
    private final List<List<String>> rows = new ArrayList<>();

    Section section() {
        for (String membrane : new String[] {"PPLA", "PPL", "PL"}) {
            String lower = membrane.toLowerCase(Locale.ROOT);
            row(
                    "sigma." + membrane,
                    conductivity(library.cell("symmetric-li-" + lower), ROOM_K) / 100,
                    "symmetric-li-" + lower,
                    "electrolyte.transport.conductivity");
            if (facts.find("Ea." + membrane).isPresent()) {
                row(
                        "Ea." + membrane,
                        arrhenius(library.cell("symmetric-li-" + lower)),
                        "symmetric-li-" + lower,
                        "electrolyte.transport.activation_energy");
            }
            row(
                    "i0." + membrane,
                    tafel(library.cell("symmetric-li-" + lower)),
                    "symmetric-li-" + lower,
                    "lithium.exchange_current.prefactor");
            row("ce." + membrane, efficiency(library.cell("licu-" + lower)), "licu-" + lower, "lithium.efficiency");
        }
        return Section.of(
                "Facts that are parameters",
                "Not fitted: taken as printed, with the spread that the parameter file states. To see that nothing is lost on the way, the measurement behind each is repeated on the simulated cell: a Tafel plot of pulses "
                        + "(0.5 to 4 mA/cm2) on the symmetric cell after correction for its ohmic drop, 0.5 mA/cm2 and 0.5 mAh/cm2 of plating and stripping on copper, the slope of ln(conductivity) over 1/T from 20 to 80 degC. The critical currents (fact:ccd.*) scale the "
                        + "law of damage; what it takes them for is under \"Symmetric cells\".",
                new Table(
                        List.of(
                                "fact",
                                "unit",
                                "printed",
                                "measured on the simulated cell",
                                "90 % of the parameter's spread"),
                        rows));
    }

    private void row(String fact, double simulated, String design, String key) {
        ParameterSet set = library.load(design);
        ParameterValue value = set.find(key).orElseThrow();
        String unit = facts.find(fact).orElseThrow().unit();
        rows.add(List.of(
                fact, unit, Table.number(CoinFacts.number(facts, fact)), Table.number(simulated), interval(value)));
    }

    private static String interval(ParameterValue value) {
        Spread spread = value.spread();
        return spread.law() == Spread.Law.NONE
                ? "none stated"
                : Table.number(spread.displaced(value.value(), -1.645)) + " to "
                        + Table.number(spread.displaced(value.value(), 1.645));
    }

    /** [S/m]. */
    private static double conductivity(CellParameters cell, double temperatureK) {
        CellParameters.Electrolyte electrolyte = cell.electrolyte();
        return electrolyte.transport().conductivity(electrolyte.concentrationMolPerM3(), temperatureK);
    }

    /** Activation energy by regression [eV]. */
    private static double arrhenius(CellParameters cell) {
        double n = ARRHENIUS_CELSIUS.length;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        for (double celsius : ARRHENIUS_CELSIUS) {
            double x = 1 / (celsius + ZERO_CELSIUS_K);
            double y = Elementary.log(conductivity(cell, celsius + ZERO_CELSIUS_K));
            sx += x;
            sy += y;
            sxx = Math.fma(x, x, sxx);
            sxy = Math.fma(x, y, sxy);
        }
        double slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
        return -slope * PhysicalConstants.GAS_J_PER_MOL_K / PhysicalConstants.FARADAY_C_PER_MOL;
    }

    /** Exchange current density by Tafel's law from pulses [mA/cm2]: eta = (2 R T / F) ln(i / i0) for each of the two equal electrodes. */
    private static double tafel(CellParameters cell) {
        double ohmic = cell.membrane().thicknessM()
                        / (conductivity(cell, ROOM_K) * cell.membrane().transportEfficiency())
                + cell.contactResistanceOhmM2()
                + 2 * cell.lithium().filmResistanceOhmM2();
        double thermal = 2 * PhysicalConstants.GAS_J_PER_MOL_K * ROOM_K / PhysicalConstants.FARADAY_C_PER_MOL;
        double sum = 0;
        for (double current : TAFEL_CURRENTS) {
            LithiumPairCell pair = LithiumPairCell.fresh(cell, Mesh.COARSE);
            double volt = Math.abs(pair.advance(new Drive.Current(current * cell.areaM2()), PULSE_S, Limits.NONE)
                    .voltageV());
            double eta = 0.5 * (volt - ohmic * current);
            // with the back reaction, which a straight line at these currents would mistake for a larger i0
            sum += current / (Elementary.exp(eta / thermal) - Elementary.exp(-eta / thermal));
        }
        return sum / TAFEL_CURRENTS.length / 10;
    }

    /** Share of the plated lithium that comes back from copper [%]. */
    private static double efficiency(CellParameters cell) {
        LithiumPairCell pair = LithiumPairCell.fresh(cell, Mesh.COARSE);
        double ampere = PLATING_A_PER_M2 * cell.areaM2();
        double plated =
                pair.advance(new Drive.Current(-ampere), PLATING_S, Limits.NONE).chargeC();
        double stripped = pair.advance(new Drive.Current(ampere), 2 * PLATING_S, Limits.NONE)
                .chargeC();
        return -100 * stripped / plated;
    }
}
