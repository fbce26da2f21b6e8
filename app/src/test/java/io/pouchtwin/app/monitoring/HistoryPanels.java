package io.pouchtwin.app.monitoring;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks the history database what a panel asks it, as Grafana's PostgreSQL data source does: its macros written out, its user, its protocol. */
final class HistoryPanels {
    private static final Pattern TIME_FILTER = Pattern.compile("\\$__timeFilter\\(([^)]*)\\)");
    private static final Pattern TIME = Pattern.compile("\\$__time\\(([^)]*)\\)");

    private final int port;

    HistoryPanels(int port) {
        this.port = port;
    }

    /**
     * An answer.
     *
     * @param columns as named in the query
     * @param filled those that have a value in some row
     */
    record Answer(List<String> columns, Set<String> filled) {
        List<String> empty() {
            List<String> empty = new ArrayList<>(columns);
            empty.removeAll(filled);
            return empty;
        }
    }

    /** The query as it is sent: Grafana's macros and its format "sqlstring". */
    static String written(String rawSql, Instant from, Instant to, List<String> cells) {
        String quoted =
                cells.stream().map(cell -> "'" + cell.replace("'", "''") + "'").collect(Collectors.joining(","));
        String filtered = TIME_FILTER.matcher(rawSql).replaceAll("$1 BETWEEN '" + from + "' AND '" + to + "'");
        return TIME.matcher(filtered).replaceAll("$1 AS \"time\"").replace("${cell:sqlstring}", quoted);
    }

    /** What the database answers; an error of its own is the test's. */
    Answer ask(String sql) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/qdb?sslmode=disable";
        try (Connection connection = DriverManager.getConnection(url, "reader", "reader");
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return answer(rows);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static Answer answer(ResultSet rows) throws SQLException {
        ResultSetMetaData about = rows.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= about.getColumnCount(); column++) {
            columns.add(about.getColumnLabel(column));
        }
        Set<String> filled = new TreeSet<>();
        while (rows.next()) {
            for (int column = 1; column <= columns.size(); column++) {
                if (rows.getObject(column) != null) {
                    filled.add(columns.get(column - 1));
                }
            }
        }
        return new Answer(columns, filled);
    }
}
