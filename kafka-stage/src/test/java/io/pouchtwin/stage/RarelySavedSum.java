package io.pouchtwin.stage;

import static io.pouchtwin.stage.Broker.bytes;
import static io.pouchtwin.stage.RunningSum.text;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The sums of {@link RunningSum}, of which one is put into the changelog at each commit, the one that has waited longest; the rest is replay. */
final class RarelySavedSum implements PartitionProcessor {
    private final String outputTopic;
    private final AtomicInteger replayed;
    private final Map<String, Long> sums = new HashMap<>();
    private final Map<String, Long> seenBefore = new HashMap<>();
    /** First record of each key that the changelog has not seen, in their order. */
    private final Map<String, Long> unsaved = new LinkedHashMap<>();

    private boolean running;

    RarelySavedSum(String outputTopic, AtomicInteger replayed) {
        this.outputTopic = outputTopic;
        this.replayed = replayed;
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value, long nextOffset) {
        if (value != null) {
            sums.put(text(key), Long.parseLong(text(value)));
            seenBefore.put(text(key), nextOffset);
        }
    }

    @Override
    public void replay(ConsumerRecord<byte[], byte[]> record) {
        if (running) {
            throw new StageException("replayed after a new record");
        }
        if (record.offset() >= seenBefore.getOrDefault(text(record.key()), 0L)) {
            add(record);
            replayed.incrementAndGet();
        }
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record, Output output) {
        running = true;
        long sum = add(record);
        output.send(new ProducerRecord<>(outputTopic, record.key(), bytes(text(record.value()) + ":" + sum)));
    }

    private long add(ConsumerRecord<byte[], byte[]> record) {
        long number = Long.parseLong(text(record.value()));
        unsaved.putIfAbsent(text(record.key()), record.offset());
        return sums.merge(text(record.key()), number, Long::sum);
    }

    @Override
    public void beforeCommit(Output output) {
        unsaved.keySet().stream().findFirst().ifPresent(key -> {
            output.changelog(bytes(key), bytes(String.valueOf(sums.get(key))));
            unsaved.remove(key);
        });
    }

    @Override
    public long replayFrom(long nextOffset) {
        return unsaved.values().stream().findFirst().orElse(nextOffset);
    }
}
