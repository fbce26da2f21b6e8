package io.pouchtwin.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.ingest.segment.SegmenterFeed;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.stage.TopicSetup;
import io.pouchtwin.stage.TopicSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures ingest alone, in samples per second: the arithmetic on one thread (Protobuf in and out), then the whole role over an embedded broker (exactly once, state in the changelog).
 * Arguments: channels, samples per channel, samples per batch.
 */
public final class IngestThroughput {
    private static final int PARTITIONS = 4;

    private IngestThroughput() {}

    public static void main(String[] args) throws Exception {
        int channels = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        int perChannel = args.length > 1 ? Integer.parseInt(args[1]) : 5_000;
        int perBatch = args.length > 2 ? Integer.parseInt(args[2]) : 10;
        List<RawSample> rows = Rows.cycles(perChannel / 400, 100);
        for (int round = 0; round < 3; round++) {
            arithmetic(channels, rows, perBatch);
        }
        overKafka(channels, rows, perBatch);
    }

    private static void arithmetic(int channels, List<RawSample> rows, int perBatch)
            throws InvalidProtocolBufferException {
        List<byte[]> batches =
                batches(rows, perBatch, 0).stream().map(RawBatch::toByteArray).toList();
        long begun = System.nanoTime();
        long bytesOut = 0;
        for (int channel = 0; channel < channels; channel++) {
            SegmenterFeed feed = new SegmenterFeed();
            for (byte[] batch : batches) {
                for (CleanBatch clean : feed.accept(RawBatch.parseFrom(batch))) {
                    bytesOut += clean.toByteArray().length;
                }
            }
        }
        tell("arithmetic, 1 thread (" + bytesOut / 1_000_000 + " MB out)", (long) channels * rows.size(), begun);
    }

    private static void overKafka(int channels, List<RawSample> rows, int perBatch)
            throws IOException, InterruptedException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (EmbeddedKafka broker =
                EmbeddedKafka.start(BrokerSettings.local(Files.createTempDirectory("ingest-throughput"), 0))) {
            KafkaSettings kafka = KafkaSettings.plain(broker.bootstrapServers());
            TopicSetup.ensure(
                    kafka,
                    Arrays.stream(Topic.values())
                            .map(topic -> topic.compacted()
                                    ? TopicSpec.table(topic.topicName(), PARTITIONS)
                                    : TopicSpec.log(topic.topicName(), PARTITIONS))
                            .toList());
            produce(kafka, channels, rows, perBatch);
            long total = (long) channels * rows.size();
            long begun = System.nanoTime();
            try (Ingest ingest = Ingest.start(IngestConfig.defaults(), kafka, meters)) {
                while (meters.get("pouchtwin.ingest.accepted").counter().count() < total) {
                    Thread.sleep(20);
                }
                tell("over Kafka, broker in the same process, from start to last commit", total, begun);
                System.out.printf(
                        "commit mean %.1f ms, %s%n",
                        meters.get("pouchtwin.stage.commit").timer().mean(TimeUnit.MILLISECONDS), ingest.health());
            }
        }
    }

    private static void produce(KafkaSettings kafka, int channels, List<RawSample> rows, int perBatch) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                kafka.with(Map.of("linger.ms", 5, "batch.size", 131_072)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int channel = 0; channel < channels; channel++) {
                byte[] cell = Rows.registration().toBuilder()
                        .setCell("cell-" + channel)
                        .setChannel("c" + channel)
                        .build()
                        .toByteArray();
                var unused = producer.send(new ProducerRecord<>(
                        Topic.CELL_REGISTRY.topicName(), ("cell-" + channel).getBytes(StandardCharsets.UTF_8), cell));
            }
            producer.flush();
            for (int channel = 0; channel < channels; channel++) {
                for (RawBatch batch : batches(rows, perBatch, channel)) {
                    var unused = producer.send(new ProducerRecord<>(
                            Topic.TELEMETRY_RAW.topicName(),
                            ("bts/c" + channel).getBytes(StandardCharsets.UTF_8),
                            batch.toByteArray()));
                }
            }
        }
    }

    private static List<RawBatch> batches(List<RawSample> rows, int perBatch, int channel) {
        List<RawBatch> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += perBatch) {
            batches.add(Rows.batch(rows.subList(from, Math.min(rows.size(), from + perBatch))).toBuilder()
                    .setChannel("c" + channel)
                    .build());
        }
        return batches;
    }

    private static void tell(String what, long samples, long begunNanos) {
        double seconds = (System.nanoTime() - begunNanos) * 1e-9;
        System.out.printf("%s: %d samples in %.2f s, %.0f samples/s%n", what, samples, seconds, samples / seconds);
    }
}
