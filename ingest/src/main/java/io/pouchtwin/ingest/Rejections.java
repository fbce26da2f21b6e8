package io.pouchtwin.ingest;

import com.google.protobuf.ByteString;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.ingest.segment.Fault;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the records of {@code telemetry.rejected}. */
final class Rejections {
    private static final int MOST_RAW_BYTES = 65_536;

    private Rejections() {}

    /** For a row of a batch. */
    static ProducerRecord<byte[], byte[]> ofRow(
            ConsumerRecord<byte[], byte[]> record, RawBatch batch, RawSample row, String cell, Fault fault) {
        Rejected.Builder rejected = describe(record, fault)
                .setTester(batch.getTester())
                .setChannel(batch.getChannel())
                .setTestRun(batch.getTestRun())
                .setCell(cell)
                .setSequence(row.getSequence())
                .setRaw(cut(row.toByteString()));
        return send(record, Ingest.channelKey(batch.getTester(), batch.getChannel()), rejected);
    }

    /** For a batch as a whole. */
    static ProducerRecord<byte[], byte[]> ofBatch(ConsumerRecord<byte[], byte[]> record, RawBatch batch, Fault fault) {
        Rejected.Builder rejected = describe(record, fault)
                .setTester(batch.getTester())
                .setChannel(batch.getChannel())
                .setTestRun(batch.getTestRun())
                .setRaw(raw(record));
        return send(record, Ingest.channelKey(batch.getTester(), batch.getChannel()), rejected);
    }

    /** For something that is no batch. */
    static ProducerRecord<byte[], byte[]> ofBytes(ConsumerRecord<byte[], byte[]> record, Fault fault) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        return send(record, key, describe(record, fault).setRaw(raw(record)));
    }

    private static Rejected.Builder describe(ConsumerRecord<byte[], byte[]> record, Fault fault) {
        return Rejected.newBuilder()
                .setCode(fault.code().code())
                .setReason(fault.reason())
                .setField(fault.field())
                .setValue(fault.value())
                .setExpected(fault.expected())
                .setOrigin(record.topic() + "-" + record.partition() + "@" + record.offset());
    }

    private static ByteString raw(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? ByteString.EMPTY : cut(ByteString.copyFrom(record.value()));
    }

    private static ByteString cut(ByteString raw) {
        return raw.size() > MOST_RAW_BYTES ? raw.substring(0, MOST_RAW_BYTES) : raw;
    }

    private static ProducerRecord<byte[], byte[]> send(
            ConsumerRecord<byte[], byte[]> record, String key, Rejected.Builder rejected) {
        return Ingest.record(Topic.TELEMETRY_REJECTED, record, key, rejected.build());
    }
}
