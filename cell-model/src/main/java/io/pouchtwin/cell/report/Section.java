package io.pouchtwin.cell.report;

import java.util.List;

/**
 * A part of a report's page: what was done, then its tables and charts.
 *
 * @param title heading
 * @param text paragraphs in Markdown
 * @param tables shown after the text
 * @param charts shown after the tables
 */
public record Section(String title, String text, List<Table> tables, List<LineChart> charts) {
    /** Keeps unmodifiable copies. */
    public Section {
        tables = List.copyOf(tables);
        charts = List.copyOf(charts);
    }

    /** Text and tables, no charts. */
    public static Section of(String title, String text, Table... tables) {
        return new Section(title, text, List.of(tables), List.of());
    }
}
