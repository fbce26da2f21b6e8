package io.pouchtwin.twin;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Doubles as little-endian bytes, exact to the bit. */
final class DoubleBytes {
    private DoubleBytes() {}

    static ByteString pack(double[] values) {
        byte[] bytes = new byte[values.length * Double.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    /**
     * Back again.
     *
     * @throws SnapshotRefusedException when the number of bytes is not that of {@code length} doubles
     */
    static double[] unpack(String field, ByteString bytes, int length) throws SnapshotRefusedException {
        if (bytes.size() != length * Double.BYTES) {
            throw new SnapshotRefusedException(
                    field, bytes.size() + " bytes", length * Double.BYTES + " bytes (" + length + " numbers)");
        }
        double[] values = new double[length];
        bytes.asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(values);
        return values;
    }
}
