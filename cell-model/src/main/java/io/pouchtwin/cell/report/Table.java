package io.pouchtwin.cell.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Text in rows and columns.
 *
 * @param header one title per column, unit included
 * @param rows cells, as many per row as there are columns
 */
public record Table(List<String> header, List<List<String>> rows) {
    /** Keeps unmodifiable copies; refuses ragged rows. */
    public Table {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException("row " + row + ", expected " + header.size() + " cells");
            }
        }
    }

    /** Figures as a table: key, value, bound, unit, verdict, words. */
    public static Table of(List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        for (Figure f : figures) {
            rows.add(
                    List.of(f.key(), number(f.value()), f.bound().text(), f.unit(), f.pass() ? "yes" : "NO", f.what()));
        }
        return new Table(List.of("figure", "value", "bound", "unit", "kept", "what"), rows);
    }

    /** A number with four significant digits. */
    public static String number(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        return size >= 1e-3 && size < 1e6
                ? trimmed(String.format(Locale.ROOT, "%.4g", value))
                : String.format(Locale.ROOT, "%.2e", value);
    }

    private static String trimmed(String text) {
        return text.contains(".") && !text.contains("e") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /** For a terminal: columns aligned with blanks. */
    public String text() {
        int[] widths = IntStream.range(0, header.size())
                .map(c -> Math.max(
                        header.get(c).length(),
                        rows.stream().mapToInt(r -> r.get(c).length()).max().orElse(0)))
                .toArray();
        List<String> lines = new ArrayList<>();
        lines.add(padded(header, widths));
        rows.forEach(row -> lines.add(padded(row, widths)));
        return String.join("\n", lines) + "\n";
    }

    /** For a page. */
    public String markdown() {
        String head = "| " + String.join(" | ", header) + " |\n|" + "---|".repeat(header.size()) + "\n";
        return rows.stream()
                .map(row -> row.stream().map(c -> c.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |")))
                .collect(Collectors.joining("\n", head, "\n"));
    }

    private static String padded(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(c -> row.get(c) + " ".repeat(widths[c] - row.get(c).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
