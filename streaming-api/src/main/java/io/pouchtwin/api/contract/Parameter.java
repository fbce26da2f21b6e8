package io.pouchtwin.api.contract;

import io.pouchtwin.api.http.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Validator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One parameter of the path, the query or the header. */
final class Parameter {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,15}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?");
    private static final int SHOWN_CHARACTERS = 40;

    private final String name;
    private final String place;
    private final boolean required;
    private final String type;
    private final String expected;
    private final Validator validator;

    Parameter(JsonObject description) {
        this.name = description.getString("name");
        this.place = description.getString("in");
        this.required = description.getBoolean("required", false);
        JsonObject schema = description.getJsonObject("schema");
        this.type = schema.getString("type");
        this.expected = expected(schema);
        this.validator = Schemas.validator(schema);
    }

    String name() {
        return name;
    }

    String place() {
        return place;
    }

    /** Refuses a value that does not fit. */
    void check(@Nullable String text) {
        if (text == null) {
            if (required) {
                throw Problem.badParameter(name, "", expected);
            }
            return;
        }
        Object value = typed(text);
        if (value == null || !validator.validate(value).getValid()) {
            throw Problem.badParameter(name, shown(text), expected);
        }
    }

    /** The text as the schema's type; null if it is none. */
    private @Nullable Object typed(String text) {
        return switch (type) {
            case "integer" -> INTEGER.matcher(text).matches() ? Long.valueOf(text) : null;
            case "number" -> NUMBER.matcher(text).matches() ? Double.valueOf(text) : null;
            case "boolean" -> text.matches("true|false") ? Boolean.valueOf(text) : null;
            default -> text;
        };
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
    }

    /** What a schema asks for, in words; its own {@code x-expected} says more than can be told from it. */
    private static String expected(JsonObject schema) {
        if (schema.containsKey("x-expected")) {
            return schema.getString("x-expected");
        }
        if (schema.containsKey("enum")) {
            JsonArray words = schema.getJsonArray("enum");
            return (words.size() > 1 ? "one of " : "")
                    + words.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        return switch (schema.getString("type")) {
            case "integer" -> "a whole number" + range(schema);
            case "number" -> "a number" + range(schema);
            case "boolean" -> "true or false";
            default ->
                "date-time".equals(schema.getString("format"))
                        ? "a time in ISO 8601 with its zone, from 1970 to 9999: for example 2026-11-22T18:00:00Z"
                        : "a text" + length(schema);
        };
    }

    private static String range(JsonObject schema) {
        return schema.containsKey("minimum") && schema.containsKey("maximum")
                ? " from " + schema.getValue("minimum") + " to " + schema.getValue("maximum")
                : "";
    }

    private static String length(JsonObject schema) {
        if (!schema.containsKey("maxLength")) {
            return "";
        }
        return " of " + (schema.getInteger("minLength", 0) > 0 ? "1 to " : "at most ") + schema.getInteger("maxLength")
                + " characters";
    }
}
