package io.pouchtwin.history.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * States summed up, so that a month need not be read sample by sample. The database keeps them up to date by itself: what came late is in them after a
 * minute.
 *
 * <p>Of each quantity {@code q} there are {@code q_first}, {@code q_min}, {@code q_max}, {@code q_mean} and {@code q_last} over the samples in which it is
 * known; of a standard deviation the mean alone. {@code samples} says over how many.
 */
public enum StateView {
    /** One row for each cell and minute. */
    MINUTES("twin_state_1m", HistoryTables.STATES.name(), 60),
    /** One row for each cell and hour. */
    HOURS("twin_state_1h", "twin_state_1m", 3600);

    private final String viewName;
    private final String source;
    private final int bucketS;

    StateView(String viewName, String source, int bucketS) {
        this.viewName = viewName;
        this.source = source;
        this.bucketS = bucketS;
    }

    /** Its name in the database. */
    public String viewName() {
        return viewName;
    }

    /** Length of time that a row stands for, s. */
    public int bucketS() {
        return bucketS;
    }

    /** The quantities that can be asked for: the state's numbers. */
    public static List<Column> quantities() {
        return HistoryTables.STATES.columns().stream()
                .filter(column -> column.type() == ColumnType.DOUBLE)
                .toList();
    }

    /** It, and what is computed from it. */
    public List<StateView> withDependents() {
        return this == MINUTES ? List.of(MINUTES, HOURS) : List.of(HOURS);
    }

    /** Its columns but time and cell. */
    public List<String> columnNames() {
        List<String> names = new ArrayList<>(List.of("samples", "test_run", "sequence"));
        for (Column quantity : quantities()) {
            summaries(quantity).forEach(summary -> names.add(columnName(quantity, summary)));
        }
        return names;
    }

    /** How a quantity is summed up. */
    public static List<Summary> summaries(Column quantity) {
        return quantity.isSigma() ? List.of(Summary.MEAN) : List.of(Summary.values());
    }

    /** Name of the column that holds a summary. */
    public static String columnName(Column quantity, Summary summary) {
        return quantity.name() + "_" + summary.word();
    }

    /** SQL that makes it. */
    public String createStatement() {
        List<String> terms = new ArrayList<>();
        if (this == MINUTES) {
            terms.add("count() samples");
        } else {
            terms.add("sum(samples) samples");
        }
        terms.add("last(test_run) test_run");
        terms.add("last(sequence) sequence");
        for (Column quantity : quantities()) {
            for (Summary summary : summaries(quantity)) {
                String name = '"' + columnName(quantity, summary) + '"';
                terms.add((this == MINUTES ? summary.ofSamples('"' + quantity.name() + '"') : summary.ofSummaries(name))
                        + " " + name);
            }
        }
        return "CREATE MATERIALIZED VIEW IF NOT EXISTS \"" + viewName + "\" REFRESH EVERY 1m AS (SELECT "
                + HistoryTable.TIME + ", cell, " + String.join(", ", terms) + " FROM \"" + source + "\" SAMPLE BY "
                + (this == MINUTES ? "1m" : "1h") + ") PARTITION BY MONTH";
    }
}
