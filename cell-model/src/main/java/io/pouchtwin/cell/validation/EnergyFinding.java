package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.full.EnergyDensity;
import io.pouchtwin.cell.parameters.MassVolumeBudget;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.report.Figure;
import io.pouchtwin.cell.report.Finding;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The paper's energy densities from a mass budget whose assumed parts are named. */
final class EnergyFinding {
    private EnergyFinding() {}

    static Finding of(Consumer<String> progress) {
        progress.accept("energy density of the pouches");
        EnergyDensity ncm523 = EnergyDensity.of(ParameterLibrary.shipped().load("pouch-ncm523-ppla"));
        EnergyDensity ncm811 = EnergyDensity.of(ParameterLibrary.shipped().load("pouch-ncm811-ppla"));
        List<Figure> figures = List.of(
                figure("model.pouch523.energy_density", "397.5..405.5", "401.5", ncm523),
                figure("model.pouch811.energy_density", "411.0..419.4", "415.2", ncm811));
        return new Finding(
                figures,
                Section.of(
                        "Energy density of the pouches",
                        "Energy of a full-order discharge at C/5 from full to the lower cut-off, over the mass of all parts. \"Assumed\""
                                + " marks parts whose mass rests on a judgement; the values and their reasons are in the parameter files.",
                        new Table(
                                List.of("cell", "Ah", "Wh", "g", "cm3", "Wh/kg", "Wh/L"),
                                List.of(total(ncm523), total(ncm811))),
                        parts(ncm523.budget(), ncm811.budget())));
    }

    private static Figure figure(String key, String bound, String paper, EnergyDensity energy) {
        return Figure.of(key, energy.wattHourPerKg(), bound, "Wh/kg", "from the mass budget; the paper says " + paper);
    }

    private static List<String> total(EnergyDensity e) {
        return List.of(
                e.design(),
                Table.number(e.ampereHour()),
                Table.number(e.wattHour()),
                Table.number(1e3 * e.budget().massKg()),
                Table.number(1e6 * e.budget().volumeM3()),
                Table.number(e.wattHourPerKg()),
                Table.number(e.wattHourPerLitre()));
    }

    private static Table parts(MassVolumeBudget... budgets) {
        List<List<String>> rows = new ArrayList<>();
        for (MassVolumeBudget budget : budgets) {
            for (MassVolumeBudget.Part part : budget.parts()) {
                rows.add(List.of(
                        budget.design(),
                        part.name(),
                        Table.number(1e3 * part.massKg()),
                        Table.number(1e6 * part.volumeM3()),
                        part.assumed() ? "assumed" : ""));
            }
        }
        return new Table(List.of("cell", "part", "mass [g]", "volume [cm3]", "basis"), rows);
    }
}
