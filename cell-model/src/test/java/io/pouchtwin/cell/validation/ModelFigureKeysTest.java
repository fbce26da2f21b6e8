package io.pouchtwin.cell.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pouchtwin.cell.report.Bound;
import io.pouchtwin.cell.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys, bounds and units are those that the design lists. */
class ModelFigureKeysTest {
    @Test
    void comparedFiguresHaveTheKeysBoundsAndUnitsOfTheDesign() throws IOException {
        Path list = Path.of(System.getProperty("pouchtwin.shared", ""), "design", "figures.csv");
        assumeTrue(Files.isReadable(list));
        List<Figure> figures = new ArrayList<>(FullOrderFinding.figures(List.of()));
        figures.addAll(ReducedFinding.figures(List.of()));
        for (String line : Files.readAllLines(list)) {
            String[] cells = line.split(",", -1);
            if (!cells[0].startsWith("model.full_vs") && !cells[0].startsWith("model.reduced_vs")) {
                continue;
            }
            assertThat(figures)
                    .as(cells[0])
                    .anySatisfy(f -> assertThat(f)
                            .returns(cells[0], Figure::key)
                            .returns(Bound.parse(cells[1]), Figure::bound)
                            .returns(cells[2], Figure::unit));
        }
    }
}
