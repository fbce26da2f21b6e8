package io.pouchtwin.cell.parameters;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All values of one cell, as its files state them.
 *
 * @param design the name of the file without its ending, e.g. {@code pouch-ncm523-ppla}
 * @param title one line for people
 * @param kind what is assembled
 * @param note free text, may be empty
 * @param values by key, in the files' order
 */
public record ParameterSet(
        String design, String title, CellKind kind, String note, Map<String, ParameterValue> values) {
    private static final int MOST_ATTEMPTS = 100;

    /** Keeps its own unmodifiable copy. */
    public ParameterSet {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The value with this key, if the set has it. */
    public Optional<ParameterValue> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The number with this key in SI; throws if the set does not have it. */
    public double si(String key) {
        return find(key)
                .orElseThrow(() -> new ParameterException(design, key, "nothing", "a value"))
                .si();
    }

    /** The number with this key in SI, or another if the set does not have it. */
    public double si(String key, double otherwise) {
        return find(key).map(ParameterValue::si).orElse(otherwise);
    }

    /** The law with this key. */
    public String law(String key) {
        return find(key)
                .orElseThrow(() -> new ParameterException(design, key, "nothing", "a law"))
                .law();
    }

    /** The same set with one number replaced, given in SI; the key must be there. */
    public ParameterSet with(String key, double si) {
        ParameterValue old =
                find(key).orElseThrow(() -> new ParameterException(design, key, "nothing", "a key of this set"));
        Map<String, ParameterValue> changed = new LinkedHashMap<>(values);
        changed.put(key, old.withSi(si));
        return new ParameterSet(design, title, kind, note, changed);
    }

    /**
     * A cell drawn from the spread of its parameters. The draw of a key depends only on the seed and the key, so it does not
     * change when other keys are added; it is held within the key's plausible range. A draw whose values cannot stand together
     * (solids and pores beyond the whole volume) is no cell: another is drawn in its place, the same one for the same seed.
     */
    public ParameterSet draw(long seed) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            ParameterSet drawn = drawOnce(KeyedDraw.retry(seed, attempt));
            if (SetChecks.standsTogether(drawn)) {
                return drawn;
            }
        }
        throw new ParameterException(design, "draw", "seed " + seed, "spreads that leave room for a cell");
    }

    private ParameterSet drawOnce(long seed) {
        Map<String, ParameterValue> drawn = new LinkedHashMap<>(values);
        values.forEach((key, value) -> {
            if (value.spread().law() != Spread.Law.NONE) {
                ParameterKey known = ParameterSchema.key(key).orElseThrow();
                double deviate = KeyedDraw.normal(seed, key);
                double si = value.unit().toSi(value.spread().displaced(value.value(), deviate));
                drawn.put(key, value.withSi(Math.min(Math.max(si, known.minSi()), known.maxSi())));
            }
        });
        return new ParameterSet(design, title, kind, note, drawn);
    }

    /** The values in the form that the models take. */
    public CellParameters toCellParameters() {
        return CellAssembly.assemble(this);
    }
}
