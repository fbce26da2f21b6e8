package io.pouchtwin.app.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody was told, as a flat map: each number or word by its name. A field within another has both names with an underscore between them; an estimate's
 * value has that of the estimate. What is not known is not in it. This says again, on purpose, how a message is to be read: it uses none of the code that writes answers.
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

    private static void collect(Message message, String prefix, Map<String, Object> facts) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                throw new IllegalArgumentException(field + " is a list, which a state has none of");
            }
            if (field.hasPresence() && !message.hasField(field)) {
                continue;
            }
            Object value = message.getField(field);
            String name = name(prefix, field.getName());
            if (value instanceof Message inner) {
                collect(inner, name, facts);
            } else {
                put(facts, name, value instanceof EnumValueDescriptor word ? word(word) : value);
            }
        }
    }

    private static void collect(JsonNode object, String prefix, Map<String, Object> facts) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            String name = name(prefix, field.getKey());
            if (value.isObject()) {
                collect(value, name, facts);
            } else if (value.isNumber()) {
                put(facts, name, value.numberValue());
            } else if (!value.isNull()) {
                put(facts, name, value.isBoolean() ? value.booleanValue() : value.asText());
            }
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

    /** {@code STEP_TYPE_CC_CHARGE} of {@code StepType} is {@code cc_charge}. */
    private static String word(EnumValueDescriptor value) {
        String common = value.getType().getName().replaceAll("(?<=[a-z])(?=[A-Z])", "_");
        return value.getName().substring(common.length() + 1).toLowerCase(Locale.ROOT);
    }
}
