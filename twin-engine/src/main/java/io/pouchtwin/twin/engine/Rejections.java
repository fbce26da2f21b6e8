package io.pouchtwin.twin.engine;

import com.google.protobuf.ByteString;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.twin.TwinOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the messages of topic telemetry.rejected. */
final class Rejections {
    private static final int MOST_BYTES = 64 * 1024;

    private Rejections() {}

    static byte[] key(CleanBatch batch) {
        return (batch.getTester() + "/" + batch.getChannel()).getBytes(StandardCharsets.UTF_8);
    }

    /** One sample that its twin refused. */
    static Rejected ofSample(
            CleanBatch batch, Sample sample, TwinOutcome.Refused refused, ConsumerRecord<byte[], byte[]> record) {
        return of(batch, record)
                .setCode(refused.code())
                .setReason(refused.reason() + "; the twin is as it was before this sample")
                .setField(refused.field())
                .setValue(refused.value())
                .setExpected(refused.expected())
                .setSequence(sample.getSequence())
                .setRaw(sample.toByteString())
                .build();
    }

    /** A record that could not be processed at all. */
    static ProducerRecord<byte[], byte[]> deadLetter(ConsumerRecord<byte[], byte[]> record, RuntimeException problem) {
        CleanBatch batch = CleanBatch.getDefaultInstance();
        String code = "engine-error";
        if (problem instanceof TwinRejectedException rejected) {
            batch = rejected.batch();
            code = rejected.code();
        }
        Rejected rejected = of(batch, record)
                .setCode(code)
                .setReason(Objects.toString(
                        problem.getMessage(), problem.getClass().getName()))
                .setRaw(ByteString.copyFrom(record.value(), 0, Math.min(record.value().length, MOST_BYTES)))
                .build();
        return new ProducerRecord<>(Topic.TELEMETRY_REJECTED.topicName(), key(batch), rejected.toByteArray());
    }

    /** The end of a cycle that no forecast could be made from. */
    static ProducerRecord<byte[], byte[]> ofBasis(
            String cell, ConsumerRecord<byte[], byte[]> record, RuntimeException problem) {
        byte[] raw = record.value() == null ? new byte[0] : record.value();
        Rejected rejected = of(CleanBatch.newBuilder().setCell(cell).build(), record)
                .setCode("forecast-error")
                .setReason(Objects.toString(
                        problem.getMessage(), problem.getClass().getName()))
                .setRaw(ByteString.copyFrom(raw, 0, Math.min(raw.length, MOST_BYTES)))
                .build();
        return new ProducerRecord<>(
                Topic.TELEMETRY_REJECTED.topicName(), cell.getBytes(StandardCharsets.UTF_8), rejected.toByteArray());
    }

    private static Rejected.Builder of(CleanBatch batch, ConsumerRecord<byte[], byte[]> record) {
        return Rejected.newBuilder()
                .setTester(batch.getTester())
                .setChannel(batch.getChannel())
                .setTestRun(batch.getTestRun())
                .setCell(batch.getCell())
                .setOrigin(record.topic() + "-" + record.partition() + "@" + record.offset());
    }
}
