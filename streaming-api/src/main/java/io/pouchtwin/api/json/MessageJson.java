package io.pouchtwin.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.pouchtwin.history.schema.EnumWord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Writes the fields of a Protobuf message as JSON fields of the same names.
 *
 * <p>Every field is written, also when it has its default value. Enum values are written in lower case without their common prefix
 * ({@code STEP_TYPE_CC_CHARGE} becomes {@code cc_charge}). 64-bit counts are written as numbers: sequence numbers stay far below 2^53.
 */
public final class MessageJson {
    private static final String NOT_REPORTED = "not reported";
    private static final String NOT_FINITE = "not a finite number";

    private MessageJson() {}

    /** Writes a message's fields into the object that is open, then {@code null_reasons} for those that are null. */
    public static void writeFields(JsonGenerator json, Message message) throws IOException {
        writeFields(json, message, field -> true);
    }

    /** The same of some fields of the message alone; what is within them is written whole. */
    static void writeFields(JsonGenerator json, Message message, Predicate<FieldDescriptor> wanted) throws IOException {
        Map<String, String> nullReasons = new LinkedHashMap<>();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (wanted.test(field)) {
                writeField(json, message, field, "", nullReasons);
            }
        }
        json.writeObjectFieldStart("null_reasons");
        for (Map.Entry<String, String> reason : nullReasons.entrySet()) {
            json.writeStringField(reason.getKey(), reason.getValue());
        }
        json.writeEndObject();
    }

    private static void writeFields(JsonGenerator json, Message message, String path, Map<String, String> nullReasons)
            throws IOException {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            writeField(json, message, field, path, nullReasons);
        }
    }

    private static void writeField(
            JsonGenerator json, Message message, FieldDescriptor field, String path, Map<String, String> nullReasons)
            throws IOException {
        String name = field.getName();
        json.writeFieldName(name);
        if (field.isRepeated()) {
            json.writeStartArray();
            int i = 0;
            for (Object element : (List<?>) message.getField(field)) {
                writeValue(json, field, element, path + name + "[" + i++ + "]", nullReasons);
            }
            json.writeEndArray();
        } else if (field.hasPresence() && !message.hasField(field)) {
            json.writeNull();
            nullReasons.put(path + name, NOT_REPORTED);
        } else {
            writeValue(json, field, message.getField(field), path + name, nullReasons);
        }
    }

    private static void writeValue(
            JsonGenerator json, FieldDescriptor field, Object value, String path, Map<String, String> nullReasons)
            throws IOException {
        switch (field.getJavaType()) {
            case DOUBLE -> writeNumber(json, (Double) value, path, nullReasons);
            case FLOAT -> writeNumber(json, (Float) value, path, nullReasons);
            case INT -> {
                int number = (Integer) value;
                boolean unsigned = field.getType() == FieldDescriptor.Type.UINT32;
                json.writeNumber(unsigned ? Integer.toUnsignedLong(number) : number);
            }
            case LONG -> json.writeNumber((Long) value);
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case STRING -> json.writeString((String) value);
            case ENUM -> json.writeString(EnumWord.of((EnumValueDescriptor) value));
            case MESSAGE -> {
                json.writeStartObject();
                writeFields(json, (Message) value, path + ".", nullReasons);
                json.writeEndObject();
            }
            case BYTE_STRING -> throw new IllegalArgumentException(field.getFullName() + ": bytes have no place here");
        }
    }

    private static void writeNumber(JsonGenerator json, double value, String path, Map<String, String> nullReasons)
            throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
            nullReasons.put(path, NOT_FINITE);
        }
    }
}
