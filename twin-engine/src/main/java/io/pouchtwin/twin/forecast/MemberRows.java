package io.pouchtwin.twin.forecast;

import com.google.protobuf.ByteString;
import io.pouchtwin.cell.reduced.MemberParameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The ensemble's parameters as they travel: names, then rows of little-endian doubles. */
final class MemberRows {
    private MemberRows() {}

    /** Rows one after the other. */
    static ByteString pack(Iterable<double[]> rows, int values) {
        ByteBuffer buffer = ByteBuffer.allocate(values * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double[] row : rows) {
            for (double value : row) {
                buffer.putDouble(value);
            }
        }
        buffer.flip();
        return ByteString.copyFrom(buffer);
    }

    /** The doubles that {@link #pack} wrote. */
    static double[] unpack(ByteString bytes) {
        double[] values = new double[bytes.size() / Double.BYTES];
        bytes.asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(values);
        return values;
    }

    /** Rows by parameter; names that this version does not know are left out. */
    static Map<MemberParameter, double[]> byParameter(List<String> names, ByteString bytes, int members) {
        double[] values = unpack(bytes);
        if (values.length != names.size() * members) {
            throw new IllegalArgumentException("member_values: " + values.length + " numbers, expected " + names.size()
                    + " rows of " + members + " members");
        }
        Map<MemberParameter, double[]> rows = new EnumMap<>(MemberParameter.class);
        for (int k = 0; k < names.size(); k++) {
            double[] row = new double[members];
            System.arraycopy(values, k * members, row, 0, members);
            for (MemberParameter parameter : MemberParameter.values()) {
                if (parameter.name().equals(names.get(k))) {
                    rows.put(parameter, row);
                }
            }
        }
        return rows;
    }
}
