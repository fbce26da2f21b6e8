package io.pouchtwin.cell.parameters;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The cells that come with the program, read from their files and checked.
 *
 * <p>The form of a file and the definition of every law are in README.md beside the files.
 */
public final class ParameterLibrary {
    private static final String FOLDER = "/io/pouchtwin/cell/parameters/";
    private static final List<String> HEADER = List.of("title", "kind", "note", "includes", "values");
    private static final int MAX_INCLUDE_DEPTH = 4;

    /** The shipped designs. */
    public static final List<String> DESIGNS = List.of(
            "pouch-ncm523-ppla",
            "pouch-ncm811-ppla",
            "pouch-5c-ncm523-ppla",
            "coin-ncm523-ppla",
            "coin-ncm523-ppl",
            "coin-ncm523-pl",
            "coin-ncm523-ppla-15mg",
            "coin-lrm-ppla",
            "symmetric-li-ppla",
            "symmetric-li-ppl",
            "symmetric-li-pl",
            "licu-ppla",
            "licu-ppl",
            "licu-pl",
            "xu2019-half-cell");

    private final PaperFacts facts;
    private final FileSource files;

    /** Where file texts come from; a test gives its own. */
    @FunctionalInterface
    public interface FileSource {
        /** The text of a file named relative to the parameters' folder; null if there is none. */
        @Nullable String text(String name);
    }

    /** Reads from a given place, checked against given facts. */
    public ParameterLibrary(PaperFacts facts, FileSource files) {
        this.facts = facts;
        this.files = files;
    }

    /** The library that comes with the program. */
    public static ParameterLibrary shipped() {
        return new ParameterLibrary(PaperFacts.load(), ParameterLibrary::resource);
    }

    /** One line per shipped design. */
    public List<Entry> list() {
        return DESIGNS.stream()
                .map(this::load)
                .map(s -> new Entry(s.design(), s.kind(), s.title()))
                .toList();
    }

    /** The parameter set of a design; throws {@link ParameterException} naming what is wrong with its files. */
    public ParameterSet load(String design) {
        String file = design + ".yaml";
        Map<String, Object> root = parse(file);
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        collect(file, root, values, 0);
        CellKind kind = kind(file, root.get("kind"));
        ParameterSet set = new ParameterSet(
                design,
                header(file, root, "title"),
                kind,
                Objects.toString(root.get("note"), ""),
                withoutStrayCoefficients(values));
        SetChecks.check(set, file);
        return set;
    }

    /** Shorthand: the form that the models take. */
    public CellParameters cell(String design) {
        return load(design).toCellParameters();
    }

    /** Keys whose values differ between two designs. */
    public List<Difference> compare(String left, String right) {
        ParameterSet a = load(left);
        ParameterSet b = load(right);
        TreeSet<String> keys = new TreeSet<>(a.values().keySet());
        keys.addAll(b.values().keySet());
        return keys.stream()
                .map(k -> new Difference(k, text(a, k), text(b, k)))
                .filter(d -> !d.left().equals(d.right()))
                .toList();
    }

    /** Checks every shipped design; a problem is reported, not thrown. */
    public List<Check> validate() {
        List<Check> checks = new ArrayList<>();
        for (String design : DESIGNS) {
            try {
                ParameterSet set = load(design);
                set.toCellParameters();
                checks.add(new Check(design, set.values().size(), ""));
            } catch (ParameterException e) {
                checks.add(new Check(design, 0, Objects.toString(e.getMessage(), "")));
            }
        }
        return checks;
    }

    /** A shipped design in one line. */
    public record Entry(String design, CellKind kind, String title) {}

    /** A key whose value differs; a value that a design does not have is "-". */
    public record Difference(String key, String left, String right) {}

    /** Result of checking a design: how many values it has, and the problem (empty if there is none). */
    public record Check(String design, int values, String problem) {
        /** True if the design can be used. */
        public boolean ok() {
            return problem.isEmpty();
        }
    }

    private static String text(ParameterSet set, String key) {
        return set.find(key)
                .map(v -> v.isLaw() ? v.law() : v.value() + " " + v.unit().symbol())
                .orElse("-");
    }

    private void collect(String file, Map<String, Object> root, Map<String, ParameterValue> values, int depth) {
        if (depth > MAX_INCLUDE_DEPTH) {
            throw new ParameterException(file, "includes", "depth " + depth, "at most " + MAX_INCLUDE_DEPTH);
        }
        if (root.get("includes") instanceof List<?> includes) {
            for (Object include : includes) {
                String name = String.valueOf(include);
                collect(name, parse(name), values, depth + 1);
            }
        }
        ParameterReader reader = new ParameterReader(facts, file);
        if (!(root.get("values") instanceof Map<?, ?> own)) {
            throw new ParameterException(file, "values", root.get("values"), "a map of keys to values");
        }
        own.forEach((key, node) -> {
            ParameterValue value = reader.read(String.valueOf(key), node);
            values.put(value.key(), value);
        });
    }

    /** Drops coefficients that a replaced law left behind, so that no one reads a number that means nothing. */
    private static Map<String, ParameterValue> withoutStrayCoefficients(Map<String, ParameterValue> values) {
        return values.entrySet().stream()
                .filter(e -> !SetChecks.isStray(e.getKey(), values))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, LinkedHashMap::new));
    }

    private static CellKind kind(String file, @Nullable Object node) {
        return Arrays.stream(CellKind.values())
                .filter(k -> k.label().equals(node))
                .findFirst()
                .orElseThrow(() ->
                        new ParameterException(file, "kind", node, "one of half-cell, symmetric, lithium-copper"));
    }

    private static String header(String file, Map<String, Object> root, String key) {
        Object node = root.get(key);
        if (node == null || node.toString().isBlank()) {
            throw new ParameterException(file, key, "nothing", "one line of text");
        }
        return node.toString();
    }

    private Map<String, Object> parse(String file) {
        String text = files.text(file);
        if (text == null) {
            throw new ParameterException(file, "(file)", "not found", "a parameter file; designs are " + DESIGNS);
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object root;
        try {
            root = new Yaml(new SafeConstructor(options)).load(text);
        } catch (YAMLException e) {
            throw new ParameterException(file, "(text)", e.getMessage(), "well-formed YAML without repeated keys");
        }
        if (!(root instanceof Map<?, ?> map)) {
            throw new ParameterException(file, "(text)", root, "a map with " + HEADER);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!HEADER.contains(String.valueOf(key))) {
                throw new ParameterException(file, String.valueOf(key), value, "one of " + HEADER);
            }
            if (value != null) {
                fields.put(String.valueOf(key), value);
            }
        });
        return fields;
    }

    private static @Nullable String resource(String name) {
        try (InputStream in = ParameterLibrary.class.getResourceAsStream(FOLDER + name)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
