package io.pouchtwin.api.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.pouchtwin.history.schema.EnumWord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The JSON Schema (2020-12, as in OpenAPI 3.1) of what {@link MessageJson} writes. */
public final class MessageSchema {
    /** Endings of field names and the unit that each one stands for; the longest fitting ending counts. */
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("_v", "V"),
            Map.entry("_a", "A"),
            Map.entry("_s", "s"),
            Map.entry("_ah", "Ah"),
            Map.entry("_wh", "Wh"),
            Map.entry("_cm2", "cm2"),
            Map.entry("_degc", "degC"),
            Map.entry("_ma_cm2", "mA/cm2"),
            Map.entry("_mah_cm2", "mAh/cm2"),
            Map.entry("_ohm_cm2", "ohm cm2"),
            Map.entry("_ohm", "ohm"),
            Map.entry("_unix_us", "us since 1970-01-01 UTC"),
            Map.entry("_siemens", "S"),
            Map.entry("_time_s", "s"));

    private MessageSchema() {}

    /** Schema of an object with a message's fields and {@code null_reasons}. */
    public static JsonObject of(Descriptor message) {
        JsonObject schema = fields(message);
        schema.getJsonObject("properties")
                .put(
                        "null_reasons",
                        new JsonObject()
                                .put("type", "object")
                                .put("description", "why a field is null, by the field's path")
                                .put("additionalProperties", new JsonObject().put("type", "string")));
        schema.getJsonArray("required").add("null_reasons");
        return schema;
    }

    private static JsonObject fields(Descriptor message) {
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        for (FieldDescriptor field : message.getFields()) {
            JsonObject value = value(field);
            properties.put(
                    field.getName(),
                    field.isRepeated() ? new JsonObject().put("type", "array").put("items", value) : value);
            required.add(field.getName());
        }
        return new JsonObject()
                .put("type", "object")
                .put("properties", properties)
                .put("required", required);
    }

    private static JsonObject value(FieldDescriptor field) {
        boolean optional = field.hasPresence() && !field.isRepeated();
        return switch (field.getJavaType()) {
            // a number that is not finite is null
            case DOUBLE, FLOAT -> typed("number", true, field);
            case INT, LONG -> typed("integer", optional, field);
            case BOOLEAN -> typed("boolean", optional, field);
            case STRING -> typed("string", optional, field);
            case ENUM -> enumeration(field, optional);
            case MESSAGE -> {
                JsonObject object = fields(field.getMessageType());
                yield optional
                        ? object.put("type", new JsonArray().add("object").add("null"))
                        : object;
            }
            case BYTE_STRING -> throw new IllegalArgumentException(field.getFullName() + ": bytes have no place here");
        };
    }

    private static JsonObject enumeration(FieldDescriptor field, boolean optional) {
        JsonArray words = new JsonArray();
        for (EnumValueDescriptor value : field.getEnumType().getValues()) {
            words.add(EnumWord.of(value));
        }
        if (optional) {
            words.addNull();
        }
        return typed("string", optional, field).put("enum", words);
    }

    private static JsonObject typed(String type, boolean nullable, FieldDescriptor field) {
        JsonObject schema = new JsonObject()
                .put("type", nullable ? new JsonArray().add(type).add("null") : type);
        String unit = unit(field.getName());
        return unit.isEmpty() ? schema : schema.put("description", "[" + unit + "]");
    }

    private static String unit(String fieldName) {
        String longest = "";
        for (String ending : UNITS.keySet()) {
            if (fieldName.endsWith(ending) && ending.length() > longest.length()) {
                longest = ending;
            }
        }
        return UNITS.getOrDefault(longest, "");
    }
}
