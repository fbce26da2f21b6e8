package io.pouchtwin.app.roles;

import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import com.hazelcast.map.LocalMapStats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What this member of the Hazelcast cluster holds, for Prometheus. Only what the member knows by itself: a scrape asks no other one. How long it takes to
 * write to the live view is {@code pouchtwin_twin_view_seconds}, counted where it is written.
 */
final class HazelcastSeries implements MultiCollector {
    private final HazelcastInstance hazelcast;

    HazelcastSeries(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    @Override
    public MetricSnapshots collect() {
        try {
            return hazelcast.getLifecycleService().isRunning() ? series() : new MetricSnapshots();
        } catch (HazelcastInstanceNotActiveException e) {
            // it was closed after the question
            return new MetricSnapshots();
        }
    }

    private MetricSnapshots series() {
        List<IMap<?, ?>> maps = new ArrayList<>();
        for (DistributedObject object : hazelcast.getDistributedObjects()) {
            if (object instanceof IMap<?, ?> map) {
                maps.add(map);
            }
        }
        return new MetricSnapshots(
                gauge("pouchtwin_hazelcast_members", "members of the cluster that this one sees", members()),
                gauge(
                        "pouchtwin_hazelcast_owned_partitions",
                        "parts of the maps, of 271, that this member answers for",
                        ownedPartitions()),
                ofMaps(
                        "pouchtwin_hazelcast_map_entries",
                        "entries of a map that this member answers for",
                        maps,
                        stats -> stats.getOwnedEntryCount()),
                ofMaps(
                        "pouchtwin_hazelcast_map_backup_entries",
                        "entries of a map that this member keeps for others",
                        maps,
                        stats -> stats.getBackupEntryCount()),
                ofMaps(
                        "pouchtwin_hazelcast_map_heap_bytes",
                        "heap that a map's entries take in this process",
                        maps,
                        stats -> stats.getHeapCost()));
    }

    private double members() {
        return hazelcast.getCluster().getMembers().size();
    }

    private double ownedPartitions() {
        var local = hazelcast.getCluster().getLocalMember();
        return hazelcast.getPartitionService().getPartitions().stream()
                .filter(partition -> local.equals(partition.getOwner()))
                .count();
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return new GaugeSnapshot(
                new MetricMetadata(name, help), List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null)));
    }

    private static GaugeSnapshot ofMaps(
            String name, String help, List<IMap<?, ?>> maps, ToDoubleFunction<LocalMapStats> value) {
        List<GaugeDataPointSnapshot> points = maps.stream()
                .map(map -> new GaugeDataPointSnapshot(
                        value.applyAsDouble(map.getLocalMapStats()), Labels.of("map", map.getName()), null))
                .toList();
        return new GaugeSnapshot(new MetricMetadata(name, help), points);
    }
}
