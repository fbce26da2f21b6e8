package io.pouchtwin.api.metrics;

import io.pouchtwin.api.json.Liveness;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.TwinState;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one cell at one moment; may be read by any thread.
 *
 * @param cell its name
 * @param registration what the registry says it is
 * @param state its newest twin state
 * @param liveness whether its numbers are of now
 * @param lastSampleUnixUs when the gateway received its newest sample, microseconds since 1970-01-01 UTC; 0 where none came
 * @param forecast its newest forecast
 * @param alerts what is raised and not cleared
 */
record CellReading(
        String cell,
        Optional<CellRegistration> registration,
        Optional<TwinState> state,
        Liveness.State liveness,
        long lastSampleUnixUs,
        Optional<Forecast> forecast,
        List<OpenAlert> alerts) {

    /** Takes what the store holds; on the store's thread. */
    static CellReading of(CellLine line, List<OpenAlert> alerts, long nowUnixUs, double staleAfterS) {
        List<Forecast> forecasts = line.forecasts();
        return new CellReading(
                line.cell(),
                line.registration(),
                line.latest(),
                Liveness.of(line, nowUnixUs, staleAfterS).state(),
                line.lastSampleUnixUs(),
                forecasts.isEmpty() ? Optional.empty() : Optional.of(forecasts.get(forecasts.size() - 1)),
                alerts);
    }

    /** Whether the newest numbers are those of now. */
    boolean isLive() {
        return liveness == Liveness.State.LIVE || liveness == Liveness.State.QUIET;
    }

    /** The label that names the cell. */
    Labels label() {
        return Labels.of("cell", cell);
    }

    /** Seconds since the newest sample arrived; NaN where none came. */
    double sampleAgeS(long nowUnixUs) {
        return lastSampleUnixUs == 0 ? Double.NaN : Math.max(0, (nowUnixUs - lastSampleUnixUs) * 1e-6);
    }
}
