package io.pouchtwin.contracts;

import com.google.protobuf.Descriptors.Descriptor;
import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.pouchtwin.contracts.v1.AlertWatchState;
import io.pouchtwin.contracts.v1.AuditRecord;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.CellSilence;
import io.pouchtwin.contracts.v1.ChannelState;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.CycleSummary;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.ForecasterState;
import io.pouchtwin.contracts.v1.GatewayPosition;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.contracts.v1.StopRecord;
import io.pouchtwin.contracts.v1.StopRequest;
import io.pouchtwin.contracts.v1.TwinSnapshot;
import io.pouchtwin.contracts.v1.TwinState;

/** The Kafka topics, with what makes each one what it is. */
public enum Topic {
    TELEMETRY_RAW("telemetry.raw", Key.CHANNEL, RawBatch.getDescriptor(), false, "what the gateway read"),
    TELEMETRY_REJECTED(
            "telemetry.rejected",
            Key.CHANNEL,
            Rejected.getDescriptor(),
            false,
            "what could not be accepted, with reason and bytes"),
    TELEMETRY_CLEAN(
            "telemetry.clean",
            Key.CELL,
            CleanBatch.getDescriptor(),
            false,
            "validated, ordered, deduplicated, segmented"),
    CYCLE_SUMMARY("cycle.summary", Key.CELL, CycleSummary.getDescriptor(), false, "what a cycle came to"),
    CELL_REGISTRY("cell.registry", Key.CELL, CellRegistration.getDescriptor(), true, "what a cell is"),
    TWIN_STATE("twin.state", Key.CELL, TwinState.getDescriptor(), false, "one for each accepted sample"),
    TWIN_CYCLE(
            "twin.cycle", Key.CELL, CycleEstimate.getDescriptor(), false, "what the twin knows at the end of a cycle"),
    FORECAST_BASIS(
            "forecast.basis",
            Key.CELL,
            ForecastBasis.getDescriptor(),
            false,
            "what a forecast starts from; one for each cycle"),
    TWIN_FORECAST("twin.forecast", Key.CELL, Forecast.getDescriptor(), false, "what its twin expects, and its record"),
    FORECAST_STATE(
            "forecast.state", Key.CELL, ForecasterState.getDescriptor(), true, "what the forecaster is restored from"),
    TWIN_ALERT("twin.alert", Key.CELL, Alert.getDescriptor(), false, "each change of each alert"),
    ALERT_ACKNOWLEDGEMENT(
            "alert.acknowledgement", Key.ALERT, AlertAcknowledgement.getDescriptor(), false, "who took it on"),
    CELL_SILENCE(
            "cell.silence",
            Key.CELL,
            CellSilence.getDescriptor(),
            false,
            "what a watch with a clock says of cells that are not heard"),
    ALERT_WATCH_STATE(
            "alert.watch.state",
            Key.CELL,
            AlertWatchState.getDescriptor(),
            true,
            "what the rules that look at states are restored from"),
    ALERT_WATCH_FORECAST(
            "alert.watch.forecast",
            Key.CELL,
            AlertWatchState.getDescriptor(),
            true,
            "what the rules that look at forecasts are restored from"),
    ALERT_WATCH_SILENCE(
            "alert.watch.silence",
            Key.CELL,
            AlertWatchState.getDescriptor(),
            true,
            "what the rule that looks at silences is restored from"),
    CHANNEL_CONTROL(
            "channel.control", Key.CHANNEL, StopRequest.getDescriptor(), false, "asks the gateway to stop a channel"),
    CHANNEL_AUDIT("channel.audit", Key.CHANNEL, StopRecord.getDescriptor(), false, "what became of it"),
    API_AUDIT("api.audit", Key.CALLER, AuditRecord.getDescriptor(), false, "who changed something, or tried to"),
    TWIN_SNAPSHOT(
            "twin.snapshot",
            Key.CELL,
            TwinSnapshot.getDescriptor(),
            true,
            "the engine's own snapshots: what a twin is restored from"),
    INGEST_STATE(
            "ingest.state",
            Key.CHANNEL,
            ChannelState.getDescriptor(),
            true,
            "ingest's own state: what ordering and segmentation are restored from"),
    GATEWAY_POSITION(
            "gateway.position",
            Key.CHANNEL,
            GatewayPosition.getDescriptor(),
            true,
            "the gateway's position: the last point that Kafka holds");

    /** What the records of a topic are kept together by. */
    public enum Key {
        /** The cell's name. */
        CELL("cell"),
        /** {@code tester/channel}, or the tester alone where the channel is not known. */
        CHANNEL("tester/channel"),
        /** The alert's id. */
        ALERT("alert"),
        /** Whoever called. */
        CALLER("caller");

        private final String words;

        Key(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private final String topicName;
    private final Key key;
    private final Descriptor value;
    private final boolean compacted;
    private final String purpose;

    Topic(String topicName, Key key, Descriptor value, boolean compacted, String purpose) {
        this.topicName = topicName;
        this.key = key;
        this.value = value;
        this.compacted = compacted;
        this.purpose = purpose;
    }

    /** Name of the topic in Kafka. */
    public String topicName() {
        return topicName;
    }

    /** What its records are keyed by. */
    public Key key() {
        return key;
    }

    /** The message that its values are. */
    public Descriptor value() {
        return value;
    }

    /** Whether Kafka keeps only the latest record of each key. */
    public boolean compacted() {
        return compacted;
    }

    /** What it is for, in a few words. */
    public String purpose() {
        return purpose;
    }

    @Override
    public String toString() {
        return topicName;
    }
}
