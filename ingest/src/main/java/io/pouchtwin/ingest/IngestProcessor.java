package io.pouchtwin.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pouchtwin.contracts.RecordHeader;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.ChannelState;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.CycleSummary;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.ingest.segment.BatchOutput;
import io.pouchtwin.ingest.segment.ChannelSegmenter;
import io.pouchtwin.ingest.segment.Fault;
import io.pouchtwin.ingest.segment.RejectCode;
import io.pouchtwin.stage.Output;
import io.pouchtwin.stage.PartitionProcessor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The channels of one partition of {@code telemetry.raw}: bytes in, messages out; the judgement is {@link ChannelSegmenter}'s. */
final class IngestProcessor implements PartitionProcessor {
    private final CellRegistry registry;
    private final IngestTally tally;
    private final IngestTally inHand;
    private final Map<String, ChannelSegmenter> channels = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    /** The channel in hand and its state before the record in hand. */
    private String key = "";

    private @Nullable ChannelState before;

    IngestProcessor(CellRegistry registry, IngestTally.Meters meters) {
        this.registry = registry;
        this.tally = new IngestTally(meters);
        this.inHand = new IngestTally(meters);
    }

    @Override
    public void restore(byte[] restoredKey, byte @Nullable [] value, long nextOffset) {
        String name = new String(restoredKey, StandardCharsets.UTF_8);
        if (value == null) {
            channels.remove(name);
            return;
        }
        try {
            channels.put(name, ChannelSegmenter.load(ChannelState.parseFrom(value)));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("The saved state of channel " + name + " cannot be read", e);
        }
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record, Output output) {
        key = "";
        RawBatch batch = parse(record, output);
        if (batch != null) {
            process(record, batch, output);
        }
        tally.take(inHand);
    }

    private void process(ConsumerRecord<byte[], byte[]> record, RawBatch batch, Output output) {
        registry.requireReady();
        key = Ingest.channelKey(batch.getTester(), batch.getChannel());
        ChannelSegmenter channel = channels.get(key);
        if (channel == null) {
            before = null;
            channel = new ChannelSegmenter(batch.getTester(), batch.getChannel());
            channels.put(key, channel);
        } else {
            before = channel.save();
        }
        changed.add(key);
        channel.accept(batch, registry.upTo(record.timestamp()), new Sending(record, batch, output));
    }

    @Override
    public void undo(ConsumerRecord<byte[], byte[]> record) {
        inHand.forget();
        tally.rejected(RejectCode.UNEXPECTED_FAILURE);
        if (key.isEmpty()) {
            return;
        }
        if (before == null) {
            channels.remove(key);
            changed.remove(key);
        } else {
            channels.put(key, ChannelSegmenter.load(before));
        }
    }

    @Override
    public void beforeCommit(Output output) {
        for (String name : changed) {
            ChannelSegmenter channel = channels.get(name);
            if (channel != null) {
                output.changelog(
                        name.getBytes(StandardCharsets.UTF_8), channel.save().toByteArray());
            }
        }
        changed.clear();
    }

    @Override
    public void afterCommit() {
        tally.publish();
    }

    private @Nullable RawBatch parse(ConsumerRecord<byte[], byte[]> record, Output output) {
        RawBatch batch;
        try {
            batch = RawBatch.parseFrom(record.value() == null ? new byte[0] : record.value());
        } catch (InvalidProtocolBufferException e) {
            refuse(
                    record,
                    output,
                    RejectCode.NOT_PROTOBUF,
                    "The record is not a RawBatch in Protobuf (" + e.getMessage()
                            + "). Check which program writes to this topic.",
                    "value",
                    "",
                    "a pouchtwin.v1.RawBatch");
            return null;
        }
        if (batch.getTester().isEmpty() || batch.getChannel().isEmpty()) {
            refuse(
                    record,
                    output,
                    RejectCode.CHANNEL_MISSING,
                    "The batch does not say which channel it is of. Check which program writes to this topic.",
                    batch.getTester().isEmpty() ? "tester" : "channel",
                    "",
                    "a name");
            return null;
        }
        String expected = Ingest.channelKey(batch.getTester(), batch.getChannel());
        String actual = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (!actual.equals(expected)) {
            refuse(
                    record,
                    output,
                    RejectCode.KEY_MISMATCH,
                    "The record's key is not its channel, so it may be on another partition than the channel's other records. Key it by tester/channel.",
                    "key",
                    actual,
                    expected);
            return null;
        }
        return batch;
    }

    private void refuse(
            ConsumerRecord<byte[], byte[]> record,
            Output output,
            RejectCode code,
            String reason,
            String field,
            String value,
            String expected) {
        inHand.rejected(code);
        output.send(Rejections.ofBytes(record, new Fault(code, reason, field, value, expected)));
    }

    /** Turns what becomes of one batch into records. */
    private final class Sending implements BatchOutput {
        private final ConsumerRecord<byte[], byte[]> record;
        private final RawBatch batch;
        private final Output output;

        Sending(ConsumerRecord<byte[], byte[]> record, RawBatch batch, Output output) {
            this.record = record;
            this.batch = batch;
            this.output = output;
        }

        @Override
        public void sample(Sample sample) {
            inHand.accepted();
        }

        @Override
        public void refused(RawSample row, String cell, Fault fault) {
            inHand.rejected(fault.code());
            output.send(Rejections.ofRow(record, batch, row, cell, fault));
        }

        @Override
        public void duplicate() {
            inHand.duplicate();
        }

        @Override
        public void gap() {
            inHand.gap();
        }

        @Override
        public void cycle(CycleSummary summary) {
            output.send(Ingest.record(Topic.CYCLE_SUMMARY, record, summary.getCell(), summary));
        }

        @Override
        public void batchRefused(Fault fault) {
            inHand.rejected(fault.code());
            output.send(Rejections.ofBatch(record, batch, fault));
        }

        @Override
        public void clean(CleanBatch clean) {
            ProducerRecord<byte[], byte[]> made = Ingest.record(Topic.TELEMETRY_CLEAN, record, clean.getCell(), clean);
            if (batch.getReceivedUnixUs() != 0) {
                made.headers()
                        .add(
                                RecordHeader.RECEIVED_UNIX_US,
                                ByteBuffer.allocate(Long.BYTES)
                                        .putLong(batch.getReceivedUnixUs())
                                        .array());
            }
            output.send(made);
        }
    }
}
