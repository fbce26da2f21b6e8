package io.pouchtwin.api.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.ArrayList;
import java.util.List;

/** The values of one gauge while they are gathered. NaN is no value: it is left out. */
final class Gauges {
    private final MetricMetadata metadata;
    private final List<GaugeDataPointSnapshot> points = new ArrayList<>();

    Gauges(String name, String help) {
        metadata = new MetricMetadata(name, help);
    }

    Gauges add(Labels labels, double value) {
        if (!Double.isNaN(value)) {
            points.add(new GaugeDataPointSnapshot(value, labels, null));
        }
        return this;
    }

    GaugeSnapshot snapshot() {
        return new GaugeSnapshot(metadata, points);
    }
}
