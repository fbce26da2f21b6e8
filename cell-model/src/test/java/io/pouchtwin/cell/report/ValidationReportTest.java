package io.pouchtwin.cell.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationReportTest {
    private static final Figure KEPT = Figure.of("a.b", 1.5, "<=2", "mV", "worst: here");
    private static final Figure BROKEN = Figure.of("a.c", 3, "89..91", "%", "");

    @ParameterizedTest
    @CsvSource({
        "<=2, 2, true, <= 2",
        "<=2, 2.0000001, false, <= 2",
        ">=95, 95, true, >= 95",
        ">=95, 94.9, false, >= 95",
        "89..91, 89, true, 89 to 91",
        "89..91, 91.1, false, 89 to 91",
        "<=1e-10, 1e-11, true, <= 1e-10",
        "-2..2.5, -2, true, -2 to 2.5",
        "<=0.3, NaN, false, <= 0.3"
    })
    void aBoundAdmitsItsEndsAndNeverNotANumber(String bound, double value, boolean admitted, String text) {
        Bound parsed = Bound.parse(bound);
        assertThat(parsed.admits(value)).isEqualTo(admitted);
        assertThat(parsed.text()).isEqualTo(text);
    }

    @Test
    void aBoundThatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> Bound.parse("about 3")).hasMessageContaining("about 3");
        assertThatThrownBy(() -> Bound.parse("3..2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneBrokenFigureBreaksTheReport() {
        assertThat(report(List.of(KEPT)).pass()).isTrue();
        assertThat(report(List.of(KEPT, BROKEN)).pass()).isFalse();
        assertThat(report(List.of(KEPT, BROKEN)).text()).contains("NO").contains("yes");
        assertThat(report(List.of(KEPT, BROKEN)).markdown("img")).contains("1 of 2 figures");
    }

    @Test
    void jsonIsOneFlatObjectWithNullForWhatCouldNotBeMeasured() {
        Figure lost = Figure.of("a.d", Double.NaN, "<=2", "mV", "");
        assertThat(report(List.of(KEPT, lost)).json()).isEqualTo("{\n  \"a.b\": 1.5,\n  \"a.d\": null\n}\n");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1.51, 1.51", "196.94, 196.9", "1e-12, 1.00e-12", "2, 2", "100, 100", "NaN, NaN", "-0.25, -0.25"
    })
    void numbersKeepFourDigits(double value, String text) {
        assertThat(Table.number(value)).isEqualTo(text);
    }

    @Test
    void raggedRowsAreRefused() {
        assertThatThrownBy(() -> new Table(List.of("a", "b"), List.of(List.of("1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePageShowsItsPictures(@TempDir Path folder) throws IOException {
        LineChart chart = new LineChart(
                "curve",
                "a curve",
                "x [1]",
                "y [1]",
                List.of(
                        new LineChart.Curve("line", new double[] {0, 1, 2}, new double[] {1, 3, 2}, false),
                        new LineChart.Curve("dots", new double[] {0, 1, 2}, new double[] {1, 3, 2}, true)));
        Section section = new Section("How", "By hand.", List.of(), List.of(chart));
        ValidationReport report = new ValidationReport("Title", "Why.", List.of(KEPT), List.of(section));
        Path page = folder.resolve("page.md");
        ReportWriter.writePage(report, page);
        assertThat(page).content().contains("# Title").contains("![a curve](img/curve.png)");
        try (var in = Files.newInputStream(folder.resolve("img").resolve("curve.png"))) {
            assertThat(ImageIO.read(in).getWidth()).isGreaterThan(600);
        }
    }

    private static ValidationReport report(List<Figure> figures) {
        return new ValidationReport("Title", "Why.", figures, List.of());
    }
}
