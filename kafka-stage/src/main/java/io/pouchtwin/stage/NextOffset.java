package io.pouchtwin.stage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The place in the input up to which a changelog record has seen, carried in a header of every changelog record. Comparing the largest one restored with the
 * committed offset shows at once when state and offsets do not belong together.
 *
 * <p>Each transaction also writes one record under a key of the stage's own, so that the place is known even when no state changed. Its value says from which offset on the input has to be
 * replayed to get from the changelog's state to that place.
 */
final class NextOffset {
    static final String HEADER = "next-offset";
    private static final byte[] POSITION_KEY = "\0next-offset".getBytes(StandardCharsets.UTF_8);

    private NextOffset() {}

    static byte[] positionKey() {
        return POSITION_KEY.clone();
    }

    static boolean isPosition(byte[] key) {
        return Arrays.equals(key, POSITION_KEY);
    }

    static byte[] positionValue(long replayFrom) {
        return bytes(replayFrom);
    }

    /** From where to replay, as a position record says. */
    static long replayFrom(ConsumerRecord<byte[], byte[]> position) {
        byte[] value = position.value();
        // An empty value is of a version that replayed nothing.
        return value == null || value.length != Long.BYTES
                ? read(position)
                : ByteBuffer.wrap(value).getLong();
    }

    private static byte[] bytes(long offset) {
        return ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
    }

    static void write(Headers headers, long nextOffset) {
        headers.add(HEADER, bytes(nextOffset));
    }

    static long read(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(HEADER);
        if (header == null || header.value() == null || header.value().length != Long.BYTES) {
            throw new StageException("The changelog record " + record.topic() + "-" + record.partition() + "@"
                    + record.offset() + " has no header \"" + HEADER
                    + "\": something else writes to this topic. Give the stage a topic of its own.");
        }
        return ByteBuffer.wrap(header.value()).getLong();
    }
}
