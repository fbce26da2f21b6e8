package io.pouchtwin.cell.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a report's page and pictures: the rim of this package, everything else in it is values. */
public final class ReportWriter {
    private static final String PICTURES = "img";

    private ReportWriter() {}

    /** Writes the page, and its pictures into {@code img} beside it. */
    public static void writePage(ValidationReport report, Path page) throws IOException {
        Path folder = page.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no folder for " + page);
        }
        Path pictures = folder.resolve(PICTURES);
        Files.createDirectories(pictures);
        for (Section section : report.sections()) {
            for (LineChart chart : section.charts()) {
                Files.write(pictures.resolve(chart.file() + ".png"), ChartPainter.png(chart));
            }
        }
        Files.writeString(page, report.markdown(PICTURES), StandardCharsets.UTF_8);
    }

    /** Writes the figures as one flat JSON object. */
    public static void writeJson(ValidationReport report, Path file) throws IOException {
        Files.writeString(file, report.json(), StandardCharsets.UTF_8);
    }
}
