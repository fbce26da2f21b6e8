package io.pouchtwin.stage;

import static io.pouchtwin.stage.Broker.bytes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Puts out for each number "number:sum of its key so far": any record lost or done twice shows in every sum that follows. */
final class RunningSum implements PartitionProcessor {
    private final String outputTopic;
    private final Map<String, Long> sums = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    RunningSum(String outputTopic) {
        this.outputTopic = outputTopic;
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value, long nextOffset) {
        if (value != null) {
            sums.put(text(key), Long.parseLong(text(value)));
        }
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record, Output output) {
        output.send(new ProducerRecord<>(
                outputTopic, bytes("begun"), record.value())); // dropped again if what follows fails
        String key = text(record.key());
        long number = Long.parseLong(text(record.value()));
        long sum = sums.merge(key, number, Long::sum);
        changed.add(key);
        output.send(new ProducerRecord<>(outputTopic, record.key(), bytes(number + ":" + sum)));
    }

    @Override
    public void beforeCommit(Output output) {
        changed.forEach(key -> output.changelog(bytes(key), bytes(String.valueOf(sums.get(key)))));
        changed.clear();
    }

    static Map<String, List<String>> expected(int count, int keys) {
        Map<String, List<String>> expected = new TreeMap<>();
        Map<String, Long> sums = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String key = "k" + i % keys;
            long sum = sums.merge(key, (long) i, Long::sum);
            expected.computeIfAbsent(key, k -> new ArrayList<>()).add(i + ":" + sum);
        }
        return expected;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
