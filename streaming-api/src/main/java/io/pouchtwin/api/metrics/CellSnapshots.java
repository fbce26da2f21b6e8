package io.pouchtwin.api.metrics;

import io.pouchtwin.contracts.v1.CellRegistration;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns readings of cells into series named {@code pouchtwin_cell_*}, one label "cell" each: who asks for more joins with {@code pouchtwin_cell_registered}.
 */
final class CellSnapshots {
    static final String PREFIX = "pouchtwin_cell_";
    static final String REGISTERED = PREFIX + "registered";
    static final String REGISTERED_HELP = "1; the labels say what the cell is";
    private static final String WATCH_PREFIX = "pouchtwin_watch_";

    private CellSnapshots() {}

    /** Everything of these cells, as the client library has it: {@link CellText} writes the same in a fraction of the time. */
    static List<MetricSnapshot> all(List<CellReading> cells, long nowUnixUs) {
        List<MetricSnapshot> snapshots = new ArrayList<>(of(PREFIX, CellFamilies.ALL, cells, nowUnixUs));
        Gauges registered = new Gauges(REGISTERED, REGISTERED_HELP);
        cells.forEach(cell -> cell.registration().ifPresent(registration -> registered.add(identity(registration), 1)));
        snapshots.add(registered.snapshot());
        return snapshots;
    }

    /** The few quantities that are worth the full rate, of the few cells that ask most. */
    static List<MetricSnapshot> watched(List<CellReading> cells, long nowUnixUs) {
        return of(WATCH_PREFIX, CellFamilies.WATCHED, cells, nowUnixUs);
    }

    /** What the registry says of a cell, as labels. */
    static Labels identity(CellRegistration registration) {
        return Labels.of(
                "cell", registration.getCell(),
                "tester", registration.getTester(),
                "channel", registration.getChannel(),
                "design", registration.getDesign(),
                "campaign", registration.getCampaign());
    }

    private static List<MetricSnapshot> of(
            String prefix, List<CellFamily> families, List<CellReading> cells, long nowUnixUs) {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        for (CellFamily family : families) {
            snapshots.add(gauge(prefix, family, cells, nowUnixUs));
        }
        return snapshots;
    }

    private static GaugeSnapshot gauge(String prefix, CellFamily family, List<CellReading> cells, long nowUnixUs) {
        Gauges gauges = new Gauges(prefix + family.name(), family.help());
        for (CellReading cell : cells) {
            for (CellFamily.Series series : family.series()) {
                gauges.add(cell.label().merge(series.labels()), series.value().of(cell, nowUnixUs));
            }
        }
        return gauges.snapshot();
    }
}
