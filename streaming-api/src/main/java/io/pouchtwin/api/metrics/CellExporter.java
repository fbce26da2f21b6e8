package io.pouchtwin.api.metrics;

import io.pouchtwin.api.store.StateStore;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The cells' series. The store's thread lays a reading of all cells down twice a second; scrapes work on that, on threads of their own, and never
 * wait for the store.
 */
public final class CellExporter {
    /** How often {@link #refresh} is to be called. */
    public static final long REFRESH_MS = 500;

    /** So many cells are worth the full rate; a screen shows no more. */
    static final int WATCHED_CELLS = 20;

    /** More open alerts than this are counted, not listed: a fleet that has them all has one cause. */
    static final int MOST_ALERTS = 1_000;

    private final LongSupplier unixUs;
    private final double staleAfterS;
    private volatile List<CellReading> cells = List.of();

    /** Exports nothing until the first refresh. */
    public CellExporter(LongSupplier unixUs, double staleAfterS) {
        this.unixUs = unixUs;
        this.staleAfterS = staleAfterS;
    }

    /** Reads the store; on the store's thread. */
    public void refresh(StateStore store) {
        long now = unixUs.getAsLong();
        List<CellReading> read = new ArrayList<>(store.cells().size());
        Map<String, List<OpenAlert>> alerts = OpenAlert.byCell(store.alerts());
        store.cells()
                .values()
                .forEach(line ->
                        read.add(CellReading.of(line, alerts.getOrDefault(line.cell(), List.of()), now, staleAfterS)));
        cells = read;
    }

    /** Adds fleet, alerts and watched cells to what a registry shows. */
    public MultiCollector register(PrometheusRegistry registry) {
        MultiCollector collector = this::fleet;
        registry.register(collector);
        return collector;
    }

    private MetricSnapshots fleet() {
        List<CellReading> now = cells;
        long nowUnixUs = unixUs.getAsLong();
        var snapshots = new ArrayList<>(FleetSnapshots.all(now, nowUnixUs, MOST_ALERTS));
        snapshots.addAll(CellSnapshots.watched(Attention.most(now, WATCHED_CELLS), nowUnixUs));
        return new MetricSnapshots(snapshots);
    }

    /** Writes every cell's series, or those of one shard. */
    public void write(OutputStream out, Shard shard, boolean openMetrics) throws IOException {
        List<CellReading> chosen =
                cells.stream().filter(cell -> shard.holds(cell.cell())).toList();
        CellText text = openMetrics ? CellText.OPEN_METRICS : CellText.PROMETHEUS;
        out.write(text.of(chosen, unixUs.getAsLong()).getBytes(StandardCharsets.UTF_8));
    }
}
