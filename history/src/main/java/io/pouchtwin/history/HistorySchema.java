package io.pouchtwin.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.pouchtwin.history.schema.Column;
import io.pouchtwin.history.schema.HistoryTable;
import io.pouchtwin.history.schema.HistoryTable.Partitions;
import io.pouchtwin.history.schema.HistoryTables;
import io.pouchtwin.history.schema.StateView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the database's tables what this version of the program writes: creates what is missing, adds new columns, removes nothing. */
public final class HistorySchema {
    private static final Logger LOG = LoggerFactory.getLogger(HistorySchema.class);

    private final Database database;
    private final Retention retention;

    /** For a database. */
    public HistorySchema(Database database, Retention retention) {
        this.database = database;
        this.retention = retention;
    }

    /** Does it; safe to repeat, and to be done by several at once. */
    public void ensure() throws IOException {
        for (HistoryTable table : HistoryTables.all()) {
            database.execute(createStatement(table));
            addMissingColumns(table);
            database.execute("ALTER TABLE \"" + table.name() + "\" SET TTL "
                    + (table.partitions() == Partitions.DAY ? retention.samplesTtl() : retention.summariesTtl()));
        }
        for (StateView view : StateView.values()) {
            ensure(view);
        }
    }

    static String createStatement(HistoryTable table) {
        List<String> columns = new ArrayList<>();
        columns.add(HistoryTable.TIME + " TIMESTAMP");
        table.columns().forEach(column -> columns.add(declaration(column)));
        String keys = table.keys().stream().map(HistorySchema::quoted).collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS " + quoted(table.name()) + " (" + String.join(", ", columns)
                + ") TIMESTAMP(" + HistoryTable.TIME + ") PARTITION BY " + table.partitions()
                + " WAL DEDUP UPSERT KEYS(" + HistoryTable.TIME + ", " + keys + ")";
    }

    private void addMissingColumns(HistoryTable table) throws IOException {
        Set<String> present = columns(table.name());
        for (Column column : table.columns()) {
            if (!present.contains(column.name())) {
                database.execute(
                        "ALTER TABLE " + quoted(table.name()) + " ADD COLUMN IF NOT EXISTS " + declaration(column));
                LOG.info("history: table {} has a new column {}", table.name(), column.name());
            }
        }
    }

    private void ensure(StateView view) throws IOException {
        database.execute(view.createStatement());
        if (!columns(view.viewName()).containsAll(view.columnNames())) {
            rebuild(view);
        }
        database.execute("ALTER MATERIALIZED VIEW " + quoted(view.viewName()) + " SET TTL " + retention.summariesTtl());
    }

    /** A view cannot get new columns; it can be computed again while nothing that it was computed from has been thrown away. */
    private void rebuild(StateView view) throws IOException {
        String oldestKept = oldest(HistoryTables.STATES.name());
        String oldestSummed = oldest(view.viewName());
        boolean samplesAreGone = oldestKept.isEmpty() || isLaterHour(oldestKept, oldestSummed);
        if (!oldestSummed.isEmpty() && samplesAreGone) {
            LOG.warn(
                    "history: {} lacks quantities that are new in this version and is kept as it is, since samples of its time are"
                            + " gone. To have the new ones and lose the old time: DROP MATERIALIZED VIEW {}",
                    view.viewName(),
                    view.viewName());
            return;
        }
        for (StateView dependent : view.withDependents()) {
            database.execute("DROP MATERIALIZED VIEW IF EXISTS " + quoted(dependent.viewName()));
        }
        for (StateView dependent : view.withDependents()) {
            database.execute(dependent.createStatement());
        }
        LOG.info("history: {} is computed again, for quantities that are new in this version", view.viewName());
    }

    private String oldest(String table) throws IOException {
        JsonNode value =
                database.execute("SELECT min(ts) FROM " + quoted(table)).at("/dataset/0/0");
        return value.isTextual() ? value.asText() : "";
    }

    /** ISO times in UTC: text in the order of time. */
    private static boolean isLaterHour(String one, String other) {
        int hour = "2026-01-01T00".length();
        return one.substring(0, hour).compareTo(other.substring(0, hour)) > 0;
    }

    private Set<String> columns(String table) throws IOException {
        Set<String> names = new HashSet<>();
        database.execute("SHOW COLUMNS FROM " + quoted(table))
                .path("dataset")
                .forEach(row -> names.add(row.get(0).asText()));
        return names;
    }

    private static String declaration(Column column) {
        return quoted(column.name()) + " " + column.type();
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
