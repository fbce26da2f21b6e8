package io.pouchtwin.contracts;

/** The Kafka topics, with what makes each one what it is. */
public enum Topic {
    /** {@code RawBatch} by "tester/channel": what the gateway read. */
    TELEMETRY_RAW("telemetry.raw", false),
    /** {@code Rejected} by "tester/channel": what could not be accepted, with reason and bytes. */
    TELEMETRY_REJECTED("telemetry.rejected", false),
    /** {@code CleanBatch} by cell: validated, ordered, deduplicated, segmented. */
    TELEMETRY_CLEAN("telemetry.clean", false),
    /** {@code CycleSummary} by cell. */
    CYCLE_SUMMARY("cycle.summary", false),
    /** {@code CellRegistration} by cell. */
    CELL_REGISTRY("cell.registry", true),
    /** {@code TwinState} by cell: one for each accepted sample. */
    TWIN_STATE("twin.state", false),
    /** {@code CycleEstimate} by cell: what the twin knows at the end of a cycle. */
    TWIN_CYCLE("twin.cycle", false),
    /** {@code ForecastBasis} by cell: what a forecast starts from; one for each cycle. */
    FORECAST_BASIS("forecast.basis", false),
    /** {@code Forecast} by cell: what its twin expects, and its record. */
    TWIN_FORECAST("twin.forecast", false),
    /** {@code ForecasterState} by cell: what the forecaster is restored from. */
    FORECAST_STATE("forecast.state", true),
    /** {@code Alert} by cell: each change of each alert. */
    TWIN_ALERT("twin.alert", false),
    /** {@code AlertAcknowledgement} by alert: who took it on. */
    ALERT_ACKNOWLEDGEMENT("alert.acknowledgement", false),
    /** {@code CellSilence} by cell: what a watch with a clock says of cells that are not heard. */
    CELL_SILENCE("cell.silence", false),
    /** {@code AlertWatchState} by cell: what the rules that look at states are restored from. */
    ALERT_WATCH_STATE("alert.watch.state", true),
    /** {@code AlertWatchState} by cell: what the rules that look at forecasts are restored from. */
    ALERT_WATCH_FORECAST("alert.watch.forecast", true),
    /** {@code AlertWatchState} by cell: what the rule that looks at silences is restored from. */
    ALERT_WATCH_SILENCE("alert.watch.silence", true),
    /** {@code StopRequest} by "tester/channel": asks the gateway to stop a channel. */
    CHANNEL_CONTROL("channel.control", false),
    /** {@code StopRecord} by "tester/channel": what became of it. */
    CHANNEL_AUDIT("channel.audit", false),
    /** The engine's own snapshots by cell: what a twin is restored from. */
    TWIN_SNAPSHOT("twin.snapshot", true),
    /** Ingest's own state by "tester/channel": what ordering and segmentation are restored from. */
    INGEST_STATE("ingest.state", true),
    /** The gateway's position by "tester/channel": the last point that Kafka holds. */
    GATEWAY_POSITION("gateway.position", true);

    private final String topicName;
    private final boolean compacted;

    Topic(String topicName, boolean compacted) {
        this.topicName = topicName;
        this.compacted = compacted;
    }

    /** Name of the topic in Kafka. */
    public String topicName() {
        return topicName;
    }

    /** Whether Kafka keeps only the latest record of each key. */
    public boolean compacted() {
        return compacted;
    }

    @Override
    public String toString() {
        return topicName;
    }
}
