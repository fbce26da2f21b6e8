package io.pouchtwin.history.schema;

import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.CycleSummary;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.List;

/** The tables of the history. docs/history.md shows them to people. */
public final class HistoryTables {
    /** What testers measured, as ingest accepted it. */
    public static final HistoryTable SAMPLES = HistoryTable.of(Topic.TELEMETRY_CLEAN, CleanBatch.getDefaultInstance())
            .daily()
            .eachOf("samples", "cell", "tester", "channel", "test_run")
            .keys("cell", "test_run", "sequence")
            .build();

    /** What the twin said of each sample. */
    public static final HistoryTable STATES = HistoryTable.of(Topic.TWIN_STATE, TwinState.getDefaultInstance())
            .daily()
            .keys("cell", "test_run", "sequence")
            .build();

    private static final List<HistoryTable> ALL = List.of(
            SAMPLES,
            STATES,
            HistoryTable.of(Topic.CYCLE_SUMMARY, CycleSummary.getDefaultInstance())
                    .keys("cell", "test_run", "cycle_count")
                    .build(),
            HistoryTable.of(Topic.TWIN_CYCLE, CycleEstimate.getDefaultInstance())
                    .keys("cell", "test_run", "cycle_count")
                    .build(),
            HistoryTable.of(Topic.TWIN_FORECAST, Forecast.getDefaultInstance())
                    .keys("cell", "test_run", "last_sequence")
                    .build(),
            HistoryTable.of(Topic.TWIN_FORECAST, Forecast.getDefaultInstance())
                    .named("twin_forecast_points")
                    .eachOf("points", "cell", "test_run", "cycle_count", "last_sequence", "unix_time_s")
                    .keys("cell", "test_run", "last_sequence", HistoryTable.ITEM)
                    .build(),
            HistoryTable.of(Topic.TWIN_FORECAST, Forecast.getDefaultInstance())
                    .named("twin_forecast_failure")
                    .eachOf("failure", "cell", "test_run", "cycle_count", "last_sequence", "unix_time_s")
                    .keys("cell", "test_run", "last_sequence", HistoryTable.ITEM)
                    .build(),
            HistoryTable.of(Topic.TWIN_ALERT, Alert.getDefaultInstance())
                    .keys("cell", "id", "revision")
                    .timeFrom("updated_unix_time_s")
                    .build(),
            HistoryTable.of(Topic.ALERT_ACKNOWLEDGEMENT, AlertAcknowledgement.getDefaultInstance())
                    .keys("cell", "alert_id", "revision")
                    .build());

    private HistoryTables() {}

    /** Those that a topic's records become rows of. */
    public static List<HistoryTable> of(String topicName) {
        return ALL.stream()
                .filter(table -> table.topic().topicName().equals(topicName))
                .toList();
    }

    /** All of them. */
    public static List<HistoryTable> all() {
        return ALL;
    }
}
