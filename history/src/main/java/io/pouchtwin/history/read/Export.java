package io.pouchtwin.history.read;

import io.pouchtwin.history.Database;
import io.pouchtwin.history.schema.HistoryTable;
import io.pouchtwin.history.schema.HistoryTables;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Rows of a cell to take away.
 *
 * @param cell its name
 * @param content which rows
 * @param fromUnixUs first moment, microseconds since 1970-01-01 UTC; empty: from the beginning
 * @param toUnixUs the first moment that is not wanted any more; empty: to the end
 * @param testRun only of this run; empty: of all
 */
public record Export(
        String cell, Content content, OptionalLong fromUnixUs, OptionalLong toUnixUs, Optional<String> testRun) {

    /** What rows there are to take away. */
    public enum Content {
        /** What was measured. */
        SAMPLES(HistoryTables.SAMPLES.name()),
        /** What the twin said of each sample. */
        STATES(HistoryTables.STATES.name()),
        /** What the twin knows of each cycle. */
        CYCLES("twin_cycle"),
        /** Forecasts, without their points. */
        FORECASTS("twin_forecast"),
        /** The points of the forecasts. */
        FORECAST_POINTS("twin_forecast_points"),
        /** Each change of each alert. */
        ALERTS("twin_alert");

        private final String table;

        Content(String table) {
            this.table = table;
        }

        /** As the API writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The content of a word. */
        public static Optional<Content> of(String word) {
            return Arrays.stream(values())
                    .filter(each -> each.word().equals(word))
                    .findFirst();
        }
    }

    /** Columns of the Battery Data Format, by the columns of the samples' table. */
    private static final List<String> BATTERY_DATA_FORMAT = List.of(
            "test_time_s \"Test Time / s\"",
            "voltage_v \"Voltage / V\"",
            "current_a \"Current / A\"",
            "unix_time_s \"Unix Time / s\"",
            "sequence \"Record Index / 1\"",
            "cycle_count \"Cycle Count / 1\"",
            "step_count \"Step Count / 1\"",
            "step_type \"Step Type\"",
            "step_time_s \"Step Time / s\"",
            "step_charge_ah \"Step Capacity / Ah\"",
            "step_energy_wh \"Step Energy / Wh\"",
            "net_charge_ah \"Net Capacity / Ah\"",
            "cell_temperature_degc \"Surface Temperature / degC\"",
            "ambient_temperature_degc \"Ambient Temperature / degC\"");

    /** How many rows there are. */
    public long rows(Database database) throws IOException {
        return database.execute("SELECT count() FROM " + content.table + conditions())
                .at("/dataset/0/0")
                .asLong();
    }

    /** The run of the newest sample that would be taken away. */
    public Optional<String> newestRun(Database database) throws IOException {
        String run = database.execute("SELECT last(test_run) FROM " + content.table + conditions())
                .at("/dataset/0/0")
                .asText("");
        return run.isEmpty() || run.equals("null") ? Optional.empty() : Optional.of(run);
    }

    /** The same of one run alone. */
    public Export ofRun(String run) {
        return new Export(cell, content, fromUnixUs, toUnixUs, Optional.of(run));
    }

    /** Samples as Battery Data Format CSV, read while they are taken away. */
    public InputStream batteryDataFormat(Database database) throws IOException {
        return database.export(
                "SELECT " + String.join(", ", BATTERY_DATA_FORMAT) + " FROM " + HistoryTables.SAMPLES.name()
                        + conditions(),
                "csv");
    }

    /** The rows with all their columns as Parquet, read while they are taken away. */
    public InputStream parquet(Database database) throws IOException {
        String columns = HistoryTables.all().stream()
                .filter(table -> table.name().equals(content.table))
                .flatMap(table -> table.columns().stream())
                .map(column -> Sql.name(column.name()))
                .collect(Collectors.joining(", "));
        return database.export(
                "SELECT " + HistoryTable.TIME + ", " + columns + " FROM " + content.table + conditions(), "parquet");
    }

    private String conditions() {
        StringBuilder where = new StringBuilder(" WHERE cell = ").append(Sql.text(cell));
        fromUnixUs.ifPresent(from -> where.append(" AND ts >= ").append(Sql.time(from)));
        toUnixUs.ifPresent(to -> where.append(" AND ts < ").append(Sql.time(to)));
        testRun.ifPresent(run -> where.append(" AND test_run = ").append(Sql.text(run)));
        return where.toString();
    }
}
