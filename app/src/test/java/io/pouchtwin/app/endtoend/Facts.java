package io.pouchtwin.app.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody was told, as a flat map: each number or word by its name. A field within another has both names with an underscore between them; an estimate's
 * value has that of the estimate; an element of a list is named by its place. What is not known is not in it. This says again, on purpose, how a message is to be read: it uses none of the code that writes answers.
 */
final class Facts {
    private Facts() {}

    /** Of a message. */
    static Map<String, Object> of(Message message) {
        Map<String, Object> facts = new TreeMap<>();
        collect(message, "", facts);
        return facts;
    }

    /** Of an answer in JSON. */
    static Map<String, Object> of(JsonNode object) {
        Map<String, Object> facts = new TreeMap<>();
        collect(object, "", facts);
        return facts;
    }

    /** As the database has them in one row: yes and no are words there, and an empty text is nothing. */
    static Map<String, Object> asColumns(Map<String, Object> facts) {
        Map<String, Object> columns = new TreeMap<>(facts);
        columns.replaceAll((name, value) -> value instanceof Boolean ? value.toString() : value);
        columns.values().removeIf(""::equals);
        return columns;
    }

    private static void collect(Message message, String prefix, Map<String, Object> facts) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            String name = name(prefix, field.getName());
            if (field.isRepeated()) {
                List<?> elements = (List<?>) message.getField(field);
                for (int i = 0; i < elements.size(); i++) {
                    collectValue(elements.get(i), name + "_" + i, facts);
                }
            } else if (!field.hasPresence() || message.hasField(field)) {
                collectValue(message.getField(field), name, facts);
            }
        }
    }

    private static void collectValue(Object value, String name, Map<String, Object> facts) {
        if (value instanceof Message inner) {
            collect(inner, name, facts);
        } else {
            put(facts, name, value instanceof EnumValueDescriptor word ? word(word) : value);
        }
    }

    private static void collect(JsonNode object, String prefix, Map<String, Object> facts) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            collectValue(field.getValue(), name(prefix, field.getKey()), facts);
        }
    }

    private static void collectValue(JsonNode value, String name, Map<String, Object> facts) {
        if (value.isObject()) {
            collect(value, name, facts);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                collectValue(value.get(i), name + "_" + i, facts);
            }
        } else if (value.isNumber()) {
            put(facts, name, value.numberValue());
        } else if (!value.isNull()) {
            put(facts, name, value.isBoolean() ? value.booleanValue() : value.asText());
        }
    }

    private static String name(String prefix, String name) {
        if (prefix.isEmpty()) {
            return name;
        }
        return name.equals("value") ? prefix : prefix + "_" + name;
    }

    private static void put(Map<String, Object> facts, String name, Object value) {
        if (value instanceof Number number) {
            double asDouble = number.doubleValue();
            if (Double.isFinite(asDouble)) {
                facts.put(name, asDouble);
            }
        } else {
            facts.put(name, value);
        }
    }

    /** {@code STEP_TYPE_CC_CHARGE} of {@code StepType} is {@code cc_charge}; {@code EVEN} of {@code Verdict} is {@code even}. */
    private static String word(EnumValueDescriptor value) {
        String common =
                value.getType().getName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT) + "_";
        String name = value.getName();
        return (name.startsWith(common) ? name.substring(common.length()) : name).toLowerCase(Locale.ROOT);
    }
}
