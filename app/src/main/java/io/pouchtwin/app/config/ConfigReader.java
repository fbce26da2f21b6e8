package io.pouchtwin.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration record from layers, the later over the earlier: defaults, YAML file, environment, flags.
 *
 * <p>A key is written {@code api.port}; its environment variable is {@code POUCHTWIN_API_PORT} (dots and hyphens become
 * underscores); its flag is {@code --set api.port=8081}.
 */
public final class ConfigReader {

    private static final String ENVIRONMENT_PREFIX = "POUCHTWIN_";

    /** Variables of the launcher script, which are not part of the configuration. */
    private static final Set<String> LAUNCHER_VARIABLES = Set.of("POUCHTWIN_HEAP", "POUCHTWIN_JAVA_OPTIONS");

    private static final Pattern SECRET = Pattern.compile(
            "password|passphrase|secret|jaas|private|token|credential|keystore\\.key|keystore\\.certificate");
    private static final Pattern CAMEL_HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private final YAMLMapper mapper = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .addModule(new QuantityModule())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(MapperFeature.BLOCK_UNSAFE_POLYMORPHIC_BASE_TYPES)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert))
            .build();
    private final ObjectNode merged;
    private String origin;

    /**
     * Starts from defaults.
     *
     * @param defaults a configuration record, or any tree that Jackson can write
     */
    public ConfigReader(Object defaults) {
        this.merged = mapper.valueToTree(defaults);
        this.origin = "defaults";
    }

    /** Lays a YAML file over what is there. */
    public ConfigReader file(Path file) {
        origin = file.toString();
        if (!Files.isReadable(file)) {
            throw new ConfigException(origin, "the file does not exist or cannot be read");
        }
        try {
            JsonNode tree = mapper.readTree(Files.readString(file));
            if (tree instanceof ObjectNode object) {
                merge(merged, object);
            } else if (!tree.isMissingNode() && !tree.isNull()) {
                throw new ConfigException(
                        origin, "the file holds " + tree.getNodeType() + ", expected keys and values");
            }
        } catch (JsonProcessingException e) {
            throw new ConfigException(origin, "not valid YAML: " + firstLine(e.getOriginalMessage()) + where(e));
        } catch (IOException e) {
            throw new ConfigException(origin, "the file cannot be read: " + e.getMessage());
        }
        return this;
    }

    /**
     * Gives the elements of a list what they leave out.
     *
     * @param key the list, e.g. {@code gateway.testers}
     * @param template an element with every value set
     * @param required names that an element has to give itself
     */
    public ConfigReader elementDefaults(String key, Object template, String... required) {
        JsonNode list = merged.at("/" + key.replace('.', '/'));
        if (list instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof ObjectNode element) {
                    ObjectNode whole = mapper.valueToTree(template);
                    whole.remove(List.of(required));
                    merge(whole, element);
                    array.set(i, whole);
                }
            }
        }
        return this;
    }

    /** Lays environment variables over what is there. Only keys that exist can be set; lists are set in the file. */
    public ConfigReader environment(Map<String, String> environment) {
        Map<String, String> keys = new TreeMap<>();
        collectKeys("", merged, keys);
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            if (!variable.getKey().startsWith(ENVIRONMENT_PREFIX) || LAUNCHER_VARIABLES.contains(variable.getKey())) {
                continue;
            }
            String key = keys.get(variable.getKey());
            if (key == null) {
                throw new ConfigException(
                        "environment",
                        variable.getKey(),
                        "not known", // its value may be a secret under a misspelt name
                        "one of the known variables " + keys.keySet());
            }
            set(key, variable.getValue());
        }
        return this;
    }

    /** Lays {@code key=value} flags over what is there. */
    public ConfigReader flags(List<String> assignments) {
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals <= 0) {
                throw new ConfigException(
                        "flag", "--set", "without a value or a key", "key=value, for example api.port=8081");
            }
            set(
                    assignment.substring(0, equals).strip(),
                    assignment.substring(equals + 1).strip());
        }
        return this;
    }

    /** Sets one key; the value is read as YAML, so numbers, booleans and lists work. */
    public ConfigReader set(String key, String yamlValue) {
        JsonNode value;
        try {
            value = yamlValue.isBlank() ? JsonNodeFactory.instance.textNode("") : mapper.readTree(yamlValue);
        } catch (JsonProcessingException e) {
            value = JsonNodeFactory.instance.textNode(yamlValue);
        }
        String[] names = key.split("\\.", -1);
        JsonNode parent = merged;
        for (int i = 0; i < names.length - 1; i++) {
            parent = child(parent, names[i], key);
        }
        String last = names[names.length - 1];
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode array) {
            array.set(index(array, last, key), value);
        } else {
            throw new ConfigException("flag", key, shownOf(key, yamlValue), "a key that exists");
        }
        return this;
    }

    /**
     * Binds what has been read.
     *
     * @throws ConfigException naming key, value and expectation
     */
    public <T> T bind(Class<T> type) {
        try {
            return mapper.treeToValue(merged, type);
        } catch (UnrecognizedPropertyException e) {
            throw new ConfigException(
                    origin,
                    path(e),
                    "unknown",
                    "one of "
                            + (e.getKnownPropertyIds() == null
                                    ? "nothing"
                                    : e.getKnownPropertyIds().stream()
                                            .map(String::valueOf)
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        } catch (InvalidFormatException e) {
            throw new ConfigException(
                    origin, path(e), shownOf(path(e), String.valueOf(e.getValue())), kind(e.getTargetType()));
        } catch (MismatchedInputException e) {
            throw new ConfigException(origin, path(e), shown(path(e)), kind(e.getTargetType()));
        } catch (JsonMappingException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigException(
                    origin, path(e) + ": " + asWritten(firstLine(String.valueOf(cause.getMessage()))));
        } catch (JsonProcessingException e) {
            throw new ConfigException(origin, firstLine(e.getOriginalMessage()));
        }
    }

    /** The merged configuration as YAML, for people to read; secrets are left out. */
    public String toYaml() {
        try {
            ObjectNode shown = merged.deepCopy();
            hideSecrets(shown);
            return mapper.writeValueAsString(shown);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void hideSecrets(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (SECRET.matcher(entry.getKey()).find() && entry.getValue().isValueNode()) {
                    entry.setValue(JsonNodeFactory.instance.textNode("(not shown)"));
                }
            });
        }
        node.forEach(ConfigReader::hideSecrets);
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        from.properties().forEach(entry -> {
            JsonNode present = into.get(entry.getKey());
            if (present instanceof ObjectNode target && entry.getValue() instanceof ObjectNode source) {
                merge(target, source);
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private static void collectKeys(String prefix, JsonNode node, Map<String, String> keys) {
        node.properties().forEach(entry -> {
            String key = prefix + entry.getKey();
            if (entry.getValue() instanceof ObjectNode object) {
                collectKeys(key + ".", object, keys);
            } else if (!(entry.getValue() instanceof ArrayNode)) {
                keys.put(ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), key);
            }
        });
    }

    private static JsonNode child(JsonNode parent, String name, String key) {
        JsonNode child = parent instanceof ArrayNode array ? array.get(index(array, name, key)) : parent.get(name);
        if (child == null || child.isNull()) {
            throw new ConfigException("flag", key, "unknown at " + quoted(name), "a key that exists");
        }
        return child;
    }

    private static int index(ArrayNode array, String name, String key) {
        if (!name.matches("\\d{1,6}") || Integer.parseInt(name) >= array.size()) {
            throw new ConfigException("flag", key, "index " + quoted(name), "0 to " + (array.size() - 1));
        }
        return Integer.parseInt(name);
    }

    private String shown(String path) {
        JsonNode node = merged.at("/" + path.replaceAll("\\[(\\d+)]", "/$1").replace('.', '/'));
        return node.isMissingNode() || node.isNull()
                ? "missing"
                : shownOf(path, node.isValueNode() ? node.asText() : "keys and values");
    }

    /** A value as errors show it; that of a secret is not. */
    private static String shownOf(String key, String value) {
        return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find() ? "(not shown)" : quoted(value);
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "(top)" : path.toString();
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "another form";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == Duration.class) {
            return QuantityModule.DURATION_EXPECTED;
        }
        if (type == ZoneId.class) {
            return QuantityModule.ZONE_EXPECTED;
        }
        if (List.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type.isEnum()) {
            return "one of " + List.of(type.getEnumConstants());
        }
        return type == String.class ? "text" : "keys and values";
    }

    /** A record's component is written with hyphens in the file: so is the name that an error begins with. */
    private static String asWritten(String message) {
        int end = message.indexOf(' ') < 0 ? message.length() : message.indexOf(' ');
        return CAMEL_HUMP.matcher(message.substring(0, end)).replaceAll("-").toLowerCase(Locale.ROOT)
                + message.substring(end);
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }

    private static String quoted(String value) {
        return '"' + value + '"';
    }
}
