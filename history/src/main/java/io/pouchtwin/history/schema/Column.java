package io.pouchtwin.history.schema;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column and the field that it is taken from.
 *
 * @param name as in the database
 * @param type what it holds
 * @param path from the message down to the field
 */
public record Column(String name, ColumnType type, List<FieldDescriptor> path) {

    public Column {
        path = List.copyOf(path);
    }

    /** Whether it is the standard deviation of another column. */
    public boolean isSigma() {
        return name.endsWith("_sigma") || name.contains("_sigma_");
    }

    /** The value in a message: Double, Long, Boolean or String by {@link #type}; null where nobody said, or the number is not finite. */
    public @Nullable Object valueIn(Message message) {
        Message holder = message;
        for (int i = 0; i < path.size() - 1; i++) {
            if (!holder.hasField(path.get(i))) {
                return null;
            }
            holder = (Message) holder.getField(path.get(i));
        }
        FieldDescriptor field = path.get(path.size() - 1);
        if (field.isRepeated()) {
            return ((List<?>) holder.getField(field))
                    .stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        if (field.hasPresence() && !holder.hasField(field)) {
            return null;
        }
        return columnValue(field, holder.getField(field));
    }

    private static @Nullable Object columnValue(FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case DOUBLE, FLOAT -> {
                double number = ((Number) value).doubleValue();
                yield Double.isFinite(number) ? number : null;
            }
            case INT ->
                field.getType() == FieldDescriptor.Type.UINT32
                        ? Integer.toUnsignedLong((Integer) value)
                        : ((Integer) value).longValue();
            case LONG, BOOLEAN, STRING -> value;
            case ENUM -> EnumWord.of((EnumValueDescriptor) value);
            case BYTE_STRING, MESSAGE -> throw new IllegalArgumentException(field.getFullName() + " is no column");
        };
    }
}
