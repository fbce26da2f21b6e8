package io.pouchtwin.history.schema;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of a message: one for each field that holds one value, those of nested messages included. Lists of messages and bytes are no columns. */
final class MessageColumns {
    /** Texts of which nearly each is another one. */
    private static final Set<String> FREE_TEXTS = Set.of(
            "title", "likely_cause", "suggested_action", "link", "note", "detail", "warning", "reason", "operator");

    private final Map<String, Column> columns = new LinkedHashMap<>();

    private MessageColumns() {}

    static List<Column> of(Descriptor message) {
        MessageColumns found = new MessageColumns();
        found.collect(message, "", List.of());
        return List.copyOf(found.columns.values());
    }

    private void collect(Descriptor message, String prefix, List<FieldDescriptor> path) {
        for (FieldDescriptor field : message.getFields()) {
            List<FieldDescriptor> whole = new ArrayList<>(path);
            whole.add(field);
            String name = name(prefix, field);
            switch (field.getJavaType()) {
                case MESSAGE -> {
                    if (!field.isRepeated()) {
                        collect(field.getMessageType(), name, whole);
                    }
                }
                case BYTE_STRING -> {
                    // not to be looked at as a number or a word
                }
                default -> add(new Column(name, field.isRepeated() ? ColumnType.VARCHAR : type(field), whole));
            }
        }
    }

    private void add(Column column) {
        Column before = columns.put(column.name(), column);
        if (before != null) {
            throw new IllegalArgumentException(
                    "two fields would be the column " + column.name() + ": " + before.path() + " and " + column.path());
        }
    }

    private static String name(String prefix, FieldDescriptor field) {
        if (prefix.isEmpty()) {
            return field.getName();
        }
        return field.getName().equals("value") ? prefix : prefix + "_" + field.getName();
    }

    private static ColumnType type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case DOUBLE, FLOAT -> ColumnType.DOUBLE;
            case INT, LONG -> ColumnType.LONG;
            case BOOLEAN -> ColumnType.BOOLEAN;
            case ENUM -> ColumnType.SYMBOL;
            default -> FREE_TEXTS.contains(field.getName()) ? ColumnType.VARCHAR : ColumnType.SYMBOL;
        };
    }
}
