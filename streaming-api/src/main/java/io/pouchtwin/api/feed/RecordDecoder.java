package io.pouchtwin.api.feed;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.api.store.Contact;
import io.pouchtwin.api.store.StateRecord;
import io.pouchtwin.contracts.RecordHeader;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.TwinState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns Kafka records into what the store takes. A record that cannot be read is left out, counted and, at first, logged. */
final class RecordDecoder {
    private static final int MOST_LOGGED = 10;
    private static final Logger LOG = LoggerFactory.getLogger(RecordDecoder.class);

    private final Counter undecodable;

    RecordDecoder(MeterRegistry registry) {
        undecodable = Counter.builder("pouchtwin.api.undecodable")
                .description("records that could not be read and were left out")
                .register(registry);
    }

    List<StateRecord> states(List<ConsumerRecord<byte[], byte[]>> records) {
        List<StateRecord> states = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                continue;
            }
            try {
                // nobody else holds the array: Kafka made it for this record
                ByteString bytes = UnsafeByteOperations.unsafeWrap(record.value());
                TwinState state = TwinState.parseFrom(bytes);
                if (state.getCell().isEmpty()) {
                    leaveOut(record, "it names no cell");
                } else {
                    states.add(new StateRecord(state, bytes, receivedUnixUs(record)));
                }
            } catch (InvalidProtocolBufferException e) {
                leaveOut(record, e.toString());
            }
        }
        return states;
    }

    /** Messages of any kind. */
    <M extends MessageLite> List<M> messages(List<ConsumerRecord<byte[], byte[]>> records, Parser<M> parser) {
        List<M> messages = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                if (record.value() != null) {
                    messages.add(parser.parseFrom(record.value()));
                }
            } catch (InvalidProtocolBufferException e) {
                leaveOut(record, e.toString());
            }
        }
        return messages;
    }

    /** States out of the live view, which does not say when they were received. */
    List<StateRecord> states(Collection<ByteString> messages) {
        List<StateRecord> states = new ArrayList<>(messages.size());
        for (ByteString message : messages) {
            try {
                states.add(new StateRecord(TwinState.parseFrom(message), message, 0));
            } catch (InvalidProtocolBufferException e) {
                undecodable.increment();
            }
        }
        return states;
    }

    /** The latest sign of life of each cell. */
    Map<String, Contact> contacts(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, Contact> contacts = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                continue;
            }
            try {
                CleanBatch batch = CleanBatch.parseFrom(record.value());
                if (!batch.getCell().isEmpty()) {
                    contacts.put(batch.getCell(), contact(batch, record));
                }
            } catch (InvalidProtocolBufferException e) {
                leaveOut(record, e.toString());
            }
        }
        return contacts;
    }

    private static Contact contact(CleanBatch batch, ConsumerRecord<byte[], byte[]> record) {
        long received = receivedUnixUs(record);
        return new Contact(
                received > 0 ? received : record.timestamp() * 1000,
                batch.getTestRun(),
                batch.hasLive() ? Optional.of(batch.getLive()) : Optional.empty(),
                batch.getRunComplete());
    }

    private void leaveOut(ConsumerRecord<byte[], byte[]> record, String why) {
        undecodable.increment();
        if (undecodable.count() <= MOST_LOGGED) {
            LOG.warn("{}-{}@{} is left out: {}", record.topic(), record.partition(), record.offset(), why);
        }
    }

    private static long receivedUnixUs(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(RecordHeader.RECEIVED_UNIX_US);
        if (header == null || header.value() == null) {
            return 0;
        }
        byte[] value = header.value();
        if (value.length == Long.BYTES) {
            return ByteBuffer.wrap(value).getLong();
        }
        String digits = new String(value, StandardCharsets.US_ASCII);
        return digits.matches("[0-9]{9,18}") ? Long.parseLong(digits) : 0;
    }
}
