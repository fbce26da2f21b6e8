package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.parameters.CellKind;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.report.Figure;
import io.pouchtwin.cell.report.Finding;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lithium is neither made nor lost: counted over a 1 C cycle of every shipped cell with a cathode. */
final class LithiumFinding {
    private LithiumFinding() {}

    static Finding of(Consumer<String> progress) {
        progress.accept("lithium over a cycle");
        ParameterLibrary library = ParameterLibrary.shipped();
        List<List<String>> rows = new ArrayList<>();
        double worst = 0;
        for (String design : ParameterLibrary.DESIGNS) {
            CellParameters cell = library.cell(design);
            if (cell.kind() != CellKind.HALF_CELL) {
                continue;
            }
            LithiumBalance balance = LithiumBalance.overACycle(cell, 1);
            double largest = Math.max(balance.imbalanceRatio(), Math.max(balance.chargeRatio(), balance.saltRatio()));
            worst = Double.isNaN(largest) ? largest : Math.max(worst, largest);
            rows.add(List.of(
                    design,
                    Table.number(balance.imbalanceRatio()),
                    Table.number(balance.chargeRatio()),
                    Table.number(balance.saltRatio())));
        }
        Figure figure = Figure.of(
                "model.full.lithium_conservation",
                worst,
                "<=1e-10",
                "1",
                "largest of all lithium, charge against lithium moved, and salt, over a 1 C cycle of every shipped cell");
        return new Finding(
                List.of(figure),
                Section.of(
                        "Lithium is conserved",
                        "Discharge, rest, charge and rest at 1 C with the full-order cell. Cathode, metal, lost lithium and salt are"
                                + " counted before and after; charge that passed the terminals on discharge is compared with the lithium"
                                + " that the cathode took up.",
                        new Table(List.of("cell", "all lithium", "charge against lithium", "salt"), rows)));
    }
}
