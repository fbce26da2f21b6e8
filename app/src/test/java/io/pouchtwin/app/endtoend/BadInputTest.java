package io.pouchtwin.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.gateway.emulator.Fault;
import io.pouchtwin.stage.TailReader;
import io.pouchtwin.stage.TailStart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bad thing stays alone: each kind of malformed input is named, counted and contained. */
class BadInputTest {

    private static final int CELLS = 4;
    private static final int BAD_SEQUENCE = 20;
    private static final int POINTS = 60;
    private static final int HUGE_FRAME_BYTES = 3 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Map<String, Rejected> rejectedByCode = new ConcurrentHashMap<>();

    @TempDir
    Path directory;

    @Test
    void eachKindOfMalformedInputIsRejectedWithAReasonAndTheOtherChannelsGoOn() throws Exception {
        try (WholeSystem whole = new WholeSystem(directory, CELLS);
                StreamReader stream = whole.subscribe();
                TailReader reader = followRejected(whole)) {
            reader.caughtUp().get(30, TimeUnit.SECONDS);
            List<String> channels = whole.tester.channels();
            whole.tester.inject(new Fault.NotANumber(channels.get(0), BAD_SEQUENCE, BAD_SEQUENCE));
            whole.tester.inject(new Fault.MilliVolts(channels.get(1), BAD_SEQUENCE, BAD_SEQUENCE));
            whole.tester.inject(new Fault.TimeBackwards(channels.get(2), BAD_SEQUENCE, BAD_SEQUENCE, 3_600_000));
            whole.startGateway();
            awaitStates(stream, whole.cells());
            whole.tester.inject(new Fault.Garbage());
            whole.tester.inject(new Fault.HugeFrame(HUGE_FRAME_BYTES));
            sendFromUnknownChannel(whole);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(rejectedByCode.keySet())
                            .contains(
                                    "voltage-not-finite",
                                    "voltage-out-of-range",
                                    "time-backwards",
                                    "unknown-channel",
                                    "not-protobuf",
                                    "not-xml",
                                    "frame-too-large"));
            awaitStates(stream, whole.cells());

            assertThat(rejectedByCode.values())
                    .allSatisfy(rejected -> assertThat(rejected.getReason()).isNotBlank());
            assertThat(rejectedByCode.get("voltage-out-of-range"))
                    .satisfies(rejected -> assertThat(rejected.getReason()).contains("millivolts"))
                    .satisfies(rejected -> assertThat(rejected.getSequence()).isEqualTo(BAD_SEQUENCE))
                    .satisfies(rejected -> assertThat(rejected.getCell())
                            .isEqualTo(whole.cells().get(1)));
            assertOnlyTheBadSampleIsMissing(whole, stream);
            assertThat(whole.roles.meters().scrape())
                    .contains("pouchtwin_ingest_rejected_total{reason=\"voltage-out-of-range\"}")
                    .contains("pouchtwin_gateway_rejected_total{reason=\"frame-too-large\"");
        }
    }

    private static void assertOnlyTheBadSampleIsMissing(WholeSystem whole, StreamReader stream) {
        for (int place = 0; place < CELLS; place++) {
            boolean healthy = place == CELLS - 1;
            List<Long> sequences = stream.statesOf(whole.cells().get(place)).stream()
                    .map(state -> state.path("sequence").asLong())
                    .toList();
            assertThat(sequences)
                    .isEqualTo(LongStream.rangeClosed(1, sequences.get(sequences.size() - 1))
                            .filter(sequence -> healthy || sequence != BAD_SEQUENCE)
                            .boxed()
                            .toList());
        }
    }

    private static void awaitStates(StreamReader stream, List<String> cells) {
        List<Integer> before =
                cells.stream().map(cell -> stream.statesOf(cell).size()).toList();
        await().atMost(PATIENCE).until(() -> {
            for (int i = 0; i < cells.size(); i++) {
                List<JsonNode> states = stream.statesOf(cells.get(i));
                if (states.size() < before.get(i) + POINTS) {
                    return false;
                }
            }
            return true;
        });
    }

    private TailReader followRejected(WholeSystem whole) {
        return TailReader.start(
                "rejected",
                whole.roles.kafka(),
                List.of(Topic.TELEMETRY_REJECTED.topicName()),
                new TailStart.Beginning(),
                1000,
                records -> {
                    records.forEach(this::note);
                    return CompletableFuture.completedFuture(null);
                },
                whole.roles.meters());
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        try {
            Rejected rejected = Rejected.parseFrom(record.value());
            rejectedByCode.put(rejected.getCode(), rejected);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sendFromUnknownChannel(WholeSystem whole) throws Exception {
        byte[] key = "demo/27-99-9-9".getBytes(StandardCharsets.UTF_8);
        byte[] batch = RawBatch.newBuilder()
                .setTester("demo")
                .setChannel("27-99-9-9")
                .setTestRun("1")
                .setTimeZone("UTC")
                .addSamples(RawSample.newBuilder()
                        .setSequence(1)
                        .setStepTimeS(0)
                        .setVoltageV(3.7)
                        .setCurrentA(0))
                .build()
                .toByteArray();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                whole.roles.kafka().with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            String topic = Topic.TELEMETRY_RAW.topicName();
            producer.send(new ProducerRecord<>(topic, key, batch)).get(10, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(topic, key, new byte[] {1, 2, 3}))
                    .get(10, TimeUnit.SECONDS);
        }
    }
}
