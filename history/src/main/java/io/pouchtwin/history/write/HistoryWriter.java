package io.pouchtwin.history.write;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.history.Database;
import io.pouchtwin.history.DatabaseAddress;
import io.pouchtwin.history.HistorySchema;
import io.pouchtwin.history.Retention;
import io.pouchtwin.history.schema.HistoryTable;
import io.pouchtwin.history.schema.HistoryTables;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.StageHealth;
import io.questdb.client.cutlass.line.LineSenderException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings records from Kafka into the database, on one thread of its own. Several may share the work, in one process each.
 *
 * <p>Its place in Kafka is committed after the database has the rows; rows that are written again after a crash replace themselves. So each is there once,
 * whatever is killed when. While the database is away it waits, and says so; nobody waits for it.
 */
public final class HistoryWriter implements AutoCloseable {
    /** Consumer group of all history writers. */
    public static final String GROUP = "pouchtwin-history";

    private static final Logger LOG = LoggerFactory.getLogger(HistoryWriter.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST_RECORDS_AT_ONCE = 1_000;
    private static final int MOST_ROWS_AT_ONCE = 5_000;
    private static final int MOST_BYTES_AT_ONCE = 8 << 20;
    private static final int MOST_WORDS = 160;
    private static final long FIRST_WAIT_MS = 250;
    private static final long LONGEST_WAIT_MS = 5_000;
    private static final long CLOSE_PATIENCE_MS = 2_000;

    private final DatabaseAddress address;
    private final HistorySchema schema;
    private final Database database;
    private final KafkaSettings kafka;
    private final HistoryMetrics metrics;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile StageHealth health = new StageHealth(StageHealth.State.STARTING, "connecting");
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable RowSender sender;

    private HistoryWriter(DatabaseAddress address, Retention retention, KafkaSettings kafka, MeterRegistry registry) {
        this.address = address;
        this.database = new Database(address);
        this.schema = new HistorySchema(database, retention);
        this.kafka = kafka;
        this.metrics = new HistoryMetrics(registry);
        this.thread = new Thread(this::run, "history-writer");
        thread.setDaemon(true);
    }

    /** Starts at once; waits for Kafka and the database as long as it takes. */
    public static HistoryWriter start(
            DatabaseAddress address, Retention retention, KafkaSettings kafka, MeterRegistry registry) {
        HistoryWriter writer = new HistoryWriter(address, retention, kafka, registry);
        writer.thread.start();
        return writer;
    }

    /** How it is. */
    public StageHealth health() {
        return health;
    }

    /** Records in Kafka that are not in the database yet, of the partitions that it has. */
    public long lag() {
        return metrics.lag();
    }

    @Override
    public void close() {
        stopped.countDown();
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(CLOSE_PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean wanted() {
        return stopped.getCount() > 0;
    }

    private void run() {
        long waitMs = FIRST_WAIT_MS;
        while (wanted()) {
            try {
                session();
            } catch (WakeupException e) {
                LOG.debug("history writer woken", e);
            } catch (KafkaException | IOException | LineSenderException e) {
                waitMs = health.ready() ? FIRST_WAIT_MS : waitMs;
                retrying(e);
                pause(waitMs);
                waitMs = Math.min(LONGEST_WAIT_MS, 2 * waitMs);
            } finally {
                closeSender();
            }
        }
        health = new StageHealth(StageHealth.State.CLOSED, "closed");
    }

    private void session() throws IOException {
        schema.ensure();
        try (KafkaConsumer<byte[], byte[]> opened = new KafkaConsumer<>(consumerSettings())) {
            consumer = opened;
            opened.subscribe(HistoryTables.all().stream()
                    .map(table -> table.topic().topicName())
                    .distinct()
                    .toList());
            health = new StageHealth(StageHealth.State.RUNNING, "writes");
            while (wanted()) {
                List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
                opened.poll(POLL).forEach(records::add);
                if (!records.isEmpty() && write(records)) {
                    opened.commitSync();
                }
                metrics.behind(opened);
            }
        } finally {
            consumer = null;
        }
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> settings = kafka.with(Map.of(
                "fetch.max.bytes",
                MOST_BYTES_AT_ONCE,
                "max.partition.fetch.bytes",
                MOST_BYTES_AT_ONCE / 8,
                "session.timeout.ms",
                6_000,
                "heartbeat.interval.ms",
                1_500,
                // it may wait for the database so long without losing its share of the partitions; after that it reads
                // again what it had not committed
                "max.poll.interval.ms",
                (int) TimeUnit.MINUTES.toMillis(8)));
        settings.put("group.id", GROUP);
        settings.put("client.id", GROUP);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("max.poll.records", MOST_RECORDS_AT_ONCE);
        settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
        settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
        return settings;
    }

    /** Tries until the database has the records; false if this writer is closed before. */
    private boolean write(List<ConsumerRecord<byte[], byte[]>> records) {
        long waitMs = FIRST_WAIT_MS;
        boolean answered = false;
        while (wanted()) {
            try {
                send(records);
                health = new StageHealth(StageHealth.State.RUNNING, "writes");
                return true;
            } catch (LineSenderException e) {
                boolean connected = sender != null;
                closeSender();
                if (answered && connected) {
                    // it answers, and refuses for the second time: one of the records is the reason
                    return writeEach(records);
                }
                retrying(e);
                pause(waitMs);
                waitMs = Math.min(LONGEST_WAIT_MS, 2 * waitMs);
                answered = connected && answers();
            }
        }
        return false;
    }

    /** One by one, so that a record which the database refuses stands in nobody's way. */
    private boolean writeEach(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            boolean written = false;
            while (wanted() && !written) {
                try {
                    send(List.of(record));
                    written = true;
                } catch (LineSenderException e) {
                    // a connection that could not be made is no record's fault
                    boolean connected = sender != null;
                    closeSender();
                    if (connected && answers()) {
                        metrics.leftOut(record, e.toString());
                        written = true;
                    } else {
                        retrying(e);
                        pause(LONGEST_WAIT_MS);
                    }
                }
            }
        }
        return wanted();
    }

    private void send(List<ConsumerRecord<byte[], byte[]>> records) {
        RowSender open = sender;
        if (open == null) {
            open = new RowSender(address);
            sender = open;
        }
        int pending = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            pending += add(open, record);
            if (pending >= MOST_ROWS_AT_ONCE) {
                open.flush();
                pending = 0;
            }
        }
        open.flush();
    }

    private int add(RowSender open, ConsumerRecord<byte[], byte[]> record) {
        int rows = 0;
        if (record.value() == null) {
            return rows;
        }
        try {
            for (HistoryTable table : HistoryTables.of(record.topic())) {
                Message message = table.parse(record.value());
                List<HistoryTable.Row> found = table.rows(message, TimeUnit.MILLISECONDS.toMicros(record.timestamp()));
                found.forEach(row -> open.add(table, row));
                metrics.rows(table, found.size());
                rows += found.size();
            }
        } catch (InvalidProtocolBufferException e) {
            metrics.leftOut(record, e.toString());
        }
        return rows;
    }

    private boolean answers() {
        try {
            schema.ensure();
            database.execute("SELECT 1");
            return true;
        } catch (IOException e) {
            LOG.debug("the history's database does not answer", e);
            return false;
        }
    }

    private void retrying(Exception e) {
        if (health.state() != StageHealth.State.RETRYING) {
            LOG.warn("history: stands still, tries again and again: {}", reason(e));
        }
        health = new StageHealth(StageHealth.State.RETRYING, reason(e));
    }

    /** Who does not answer, and the beginning of what is said about it: Kafka lists every partition. */
    private String reason(Exception e) {
        String words = String.valueOf(e.getMessage());
        return (e instanceof KafkaException ? "Kafka" : address) + ": "
                + words.substring(0, Math.min(words.length(), MOST_WORDS));
    }

    private void closeSender() {
        RowSender open = sender;
        sender = null;
        if (open != null) {
            open.close();
        }
    }

    private void pause(long ms) {
        try {
            if (stopped.await(ms, TimeUnit.MILLISECONDS)) {
                LOG.debug("closed while waiting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }
}
