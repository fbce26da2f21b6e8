package io.pouchtwin.history.write;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.history.schema.HistoryTable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the writer counts. */
final class HistoryMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryMetrics.class);
    private static final int MOST_LOGGED = 10;

    private final MeterRegistry registry;
    private final Counter leftOut;
    private final AtomicLong lag = new AtomicLong();

    HistoryMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.leftOut = Counter.builder("pouchtwin.history.left.out")
                .description("records that could not be read, or that the database refused")
                .register(registry);
        Gauge.builder("pouchtwin.history.lag", lag, AtomicLong::get)
                .description("records in Kafka that are not in the database yet")
                .register(registry);
    }

    void rows(HistoryTable table, int count) {
        Counter.builder("pouchtwin.history.rows")
                .description("rows sent to the database")
                .tag("table", table.name())
                .register(registry)
                .increment(count);
    }

    void leftOut(ConsumerRecord<byte[], byte[]> record, String why) {
        leftOut.increment();
        if (leftOut.count() <= MOST_LOGGED) {
            LOG.warn("history: {}-{}@{} is left out: {}", record.topic(), record.partition(), record.offset(), why);
        }
    }

    void behind(Consumer<?, ?> consumer) {
        lag.set(consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum());
    }

    long lag() {
        return lag.get();
    }
}
