package io.pouchtwin.api.metrics;

import io.pouchtwin.api.json.Liveness;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Turns readings of cells into series named {@code pouchtwin_cell_*}, one label "cell" each: who asks for more joins with {@code pouchtwin_cell_registered}. */
final class CellSnapshots {
    private static final String PREFIX = "pouchtwin_cell_";
    private static final String WATCH_PREFIX = "pouchtwin_watch_";

    private CellSnapshots() {}

    /** Everything of these cells. */
    static List<MetricSnapshot> all(List<CellReading> cells, long nowUnixUs) {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        for (CellFamily family : CellFamilies.ALL) {
            snapshots.add(gauge(PREFIX, family, cells));
        }
        Gauges age =
                new Gauges(PREFIX + "sample_age_seconds", "time since the gateway received the cell's newest sample");
        Gauges liveness = new Gauges(PREFIX + "liveness", "0 live, 1 quiet, 2 stale, 3 ended, 4 never");
        Gauges attention = new Gauges(
                PREFIX + "attention",
                "how much the cell asks to be looked at: 4 critical alert, 3 warning, 2 one sign of a soft short, 1 converging, 0 calm, plus a fraction");
        Gauges registered = new Gauges(PREFIX + "registered", "1; the labels say what the cell is");
        for (CellReading cell : cells) {
            Labels label = cell.label();
            age.add(label, cell.sampleAgeS(nowUnixUs));
            liveness.add(label, number(cell.liveness()));
            attention.add(label, Attention.of(cell));
            cell.registration().ifPresent(registration -> registered.add(identity(registration), 1));
        }
        snapshots.add(age.snapshot());
        snapshots.add(liveness.snapshot());
        snapshots.add(attention.snapshot());
        snapshots.add(registered.snapshot());
        snapshots.addAll(ForecastSnapshots.all(cells));
        return snapshots;
    }

    /** The few quantities that are worth the full rate, of the few cells that ask most. */
    static List<MetricSnapshot> watched(List<CellReading> cells) {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        for (CellFamily family : CellFamilies.WATCHED) {
            snapshots.add(gauge(WATCH_PREFIX, family, cells));
        }
        Gauges attention =
                new Gauges(WATCH_PREFIX + "attention", "as pouchtwin_cell_attention, of the cells that ask most");
        cells.forEach(cell -> attention.add(cell.label(), Attention.of(cell)));
        snapshots.add(attention.snapshot());
        return snapshots;
    }

    private static GaugeSnapshot gauge(String prefix, CellFamily family, List<CellReading> cells) {
        Gauges gauges = new Gauges(prefix + family.name(), family.help());
        for (CellReading cell : cells) {
            if (cell.state().isEmpty() || (family.live() && !cell.isLive())) {
                continue;
            }
            for (CellFamily.Series series : family.series()) {
                gauges.add(
                        cell.label().merge(series.labels()),
                        series.value().applyAsDouble(cell.state().get()));
            }
        }
        return gauges.snapshot();
    }

    private static int number(Liveness.State liveness) {
        return switch (liveness) {
            case LIVE -> 0;
            case QUIET -> 1;
            case STALE -> 2;
            case ENDED -> 3;
            case NEVER -> 4;
        };
    }

    private static Labels identity(CellRegistration registration) {
        return Labels.of(
                "cell", registration.getCell(),
                "tester", registration.getTester(),
                "channel", registration.getChannel(),
                "design", registration.getDesign(),
                "campaign", registration.getCampaign());
    }
}
