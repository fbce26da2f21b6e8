package io.pouchtwin.api.metrics;

import io.pouchtwin.api.metrics.CellFamily.Value;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells' series as Prometheus reads them. Some fifty thousand lines for a thousand cells, of which only the cell's name and the value differ from one
 * scrape to the next: everything else of a line is made once. {@link CellSnapshots} with the client library's writer says the same and is the test's oracle;
 * it sorts and copies labels for each value.
 */
final class CellText {
    /** Prometheus's text format, version 0.0.4. */
    static final CellText PROMETHEUS = new CellText(false);

    /** OpenMetrics 1.0. */
    static final CellText OPEN_METRICS = new CellText(true);

    private static final String CELL = "cell";
    private static final int CHARACTERS_OF_A_CELL = 4_000;

    /** One line without the cell's name and the value. */
    private record Line(String beforeCell, String afterCell, Value value) {}

    private record Block(String heading, List<Line> lines) {}

    private final List<Block> blocks;
    private final String registeredHeading;
    private final String end;

    private CellText(boolean openMetrics) {
        blocks = CellFamilies.ALL.stream()
                .map(family -> block(family, openMetrics))
                .toList();
        registeredHeading = heading(CellSnapshots.REGISTERED, CellSnapshots.REGISTERED_HELP, openMetrics);
        end = openMetrics ? "# EOF\n" : "";
    }

    /** Every series of these cells. */
    String of(List<CellReading> cells, long nowUnixUs) {
        List<String> names =
                cells.stream().map(cell -> escaped(cell.cell(), true)).toList();
        StringBuilder text = new StringBuilder(1_000 + CHARACTERS_OF_A_CELL * cells.size());
        for (Block block : blocks) {
            int begin = text.length();
            text.append(block.heading());
            int afterHeading = text.length();
            for (Line line : block.lines()) {
                append(text, line, cells, names, nowUnixUs);
            }
            if (text.length() == afterHeading) {
                text.setLength(begin); // a family without a value is not there
            }
        }
        appendRegistered(text, cells);
        return text.append(end).toString();
    }

    private static void append(
            StringBuilder text, Line line, List<CellReading> cells, List<String> names, long nowUnixUs) {
        for (int i = 0; i < cells.size(); i++) {
            double value = line.value().of(cells.get(i), nowUnixUs);
            if (!Double.isNaN(value)) {
                text.append(line.beforeCell()).append(names.get(i)).append(line.afterCell());
                appendNumber(text, value);
                text.append('\n');
            }
        }
    }

    private void appendRegistered(StringBuilder text, List<CellReading> cells) {
        int begin = text.length();
        text.append(registeredHeading);
        int afterHeading = text.length();
        for (CellReading cell : cells) {
            if (cell.registration().isPresent()) {
                Labels labels = CellSnapshots.identity(cell.registration().get());
                text.append(CellSnapshots.REGISTERED).append('{');
                for (int i = 0; i < labels.size(); i++) {
                    text.append(i == 0 ? "" : ",")
                            .append(labels.getName(i))
                            .append("=\"")
                            .append(escaped(labels.getValue(i), true))
                            .append('"');
                }
                text.append("} 1.0\n");
            }
        }
        if (text.length() == afterHeading) {
            text.setLength(begin);
        }
    }

    private static void appendNumber(StringBuilder text, double value) {
        if (Double.isInfinite(value)) {
            text.append(value > 0 ? "+Inf" : "-Inf");
        } else {
            text.append(value);
        }
    }

    private static Block block(CellFamily family, boolean openMetrics) {
        String name = CellSnapshots.PREFIX + family.name();
        return new Block(
                heading(name, family.help(), openMetrics),
                family.series().stream()
                        .map(series -> line(name, series.labels(), series.value()))
                        .toList());
    }

    /** Labels are written in the order of their names. */
    private static Line line(String name, Labels labels, Value value) {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            String pair = labels.getName(i) + "=\"" + escaped(labels.getValue(i), true) + "\"";
            (labels.getName(i).compareTo(CELL) < 0 ? before : after).add(pair);
        }
        String beforeCell = before.isEmpty() ? "" : String.join(",", before) + ",";
        String afterCell = after.isEmpty() ? "" : "," + String.join(",", after);
        return new Line(name + "{" + beforeCell + CELL + "=\"", "\"" + afterCell + "} ", value);
    }

    private static String heading(String name, String help, boolean openMetrics) {
        String type = "# TYPE " + name + " gauge\n";
        String words = "# HELP " + name + " " + escaped(help, openMetrics) + "\n";
        return openMetrics ? type + words : words + type;
    }

    private static String escaped(String text, boolean quotes) {
        String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
        return quotes ? escaped.replace("\"", "\\\"") : escaped;
    }
}
