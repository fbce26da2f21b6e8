package io.pouchtwin.app.roles;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * What Kafka's clients and the embedded broker say of themselves, for Prometheus. They say it by JMX only; the few numbers taken here are those that
 * tell whether records flow. A process without a broker has no {@code pouchtwin_kafka_broker_*} series.
 */
final class KafkaSeries implements MultiCollector {

    /**
     * One number.
     *
     * @param name of the series
     * @param help what Prometheus shows beside it
     * @param beans which beans have it
     * @param attribute what it is called there
     * @param keys which of the bean's keys become labels; values of beans with equal labels are added up
     */
    private record Source(String name, String help, String beans, String attribute, Map<String, String> keys) {}

    private static final Map<String, String> BY_CLIENT = Map.of("client-id", "client");
    private static final Map<String, String> BY_TOPIC = Map.of("topic", "topic");

    private static final String CONSUMERS = "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*";
    private static final String PRODUCERS = "kafka.producer:type=producer-metrics,client-id=*";

    private static final List<Source> SOURCES = List.of(
            new Source(
                    "pouchtwin_kafka_consumer_lag_max_records",
                    "most records that any of the client's partitions is behind",
                    CONSUMERS,
                    "records-lag-max",
                    BY_CLIENT),
            new Source(
                    "pouchtwin_kafka_consumer_consumed_records_per_second",
                    "records taken from Kafka, mean over the client's own window of 30 s",
                    CONSUMERS,
                    "records-consumed-rate",
                    BY_CLIENT),
            new Source(
                    "pouchtwin_kafka_producer_sent_records_per_second",
                    "records given to Kafka, likewise",
                    PRODUCERS,
                    "record-send-rate",
                    BY_CLIENT),
            new Source(
                    "pouchtwin_kafka_producer_failed_records_per_second",
                    "records that Kafka did not take, likewise",
                    PRODUCERS,
                    "record-error-rate",
                    BY_CLIENT),
            new Source(
                    "pouchtwin_kafka_producer_buffer_available_bytes",
                    "room for records that wait to be sent",
                    PRODUCERS,
                    "buffer-available-bytes",
                    BY_CLIENT),
            new Source(
                    "pouchtwin_kafka_broker_log_bytes",
                    "size of a topic on the embedded broker's disk",
                    "kafka.log:type=Log,name=Size,topic=*,partition=*",
                    "Value",
                    BY_TOPIC),
            new Source(
                    "pouchtwin_kafka_broker_offline_log_directories",
                    "directories that the embedded broker gave up",
                    "kafka.log:type=LogManager,name=OfflineLogDirectoryCount",
                    "Value",
                    Map.of()),
            new Source(
                    "pouchtwin_kafka_broker_offline_partitions",
                    "partitions of the embedded broker without a leader",
                    "kafka.controller:type=KafkaController,name=OfflinePartitionsCount",
                    "Value",
                    Map.of()));

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    @Override
    public MetricSnapshots collect() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        for (Source source : SOURCES) {
            snapshots.add(snapshot(source));
        }
        return new MetricSnapshots(snapshots);
    }

    private GaugeSnapshot snapshot(Source source) {
        Map<Labels, Double> sums = new TreeMap<>();
        for (ObjectName bean : beans.queryNames(named(source.beans()), null)) {
            double value = value(bean, source.attribute());
            if (Double.isFinite(value)) {
                Labels.Builder labels = Labels.builder();
                source.keys().forEach((key, label) -> labels.label(label, unquoted(bean.getKeyProperty(key))));
                sums.merge(labels.build(), value, Double::sum);
            }
        }
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        sums.forEach((labels, value) -> points.add(new GaugeDataPointSnapshot(value, labels, null)));
        return new GaugeSnapshot(new MetricMetadata(source.name(), source.help()), points);
    }

    private double value(ObjectName bean, String attribute) {
        try {
            return beans.getAttribute(bean, attribute) instanceof Number number ? number.doubleValue() : Double.NaN;
        } catch (JMException e) {
            // the client was closed between the listing and the question
            return Double.NaN;
        }
    }

    private static String unquoted(String text) {
        return text.startsWith("\"") ? ObjectName.unquote(text) : text;
    }

    private static ObjectName named(String pattern) {
        try {
            return new ObjectName(pattern);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(pattern, e);
        }
    }
}
