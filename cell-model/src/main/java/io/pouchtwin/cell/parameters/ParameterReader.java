package io.pouchtwin.cell.parameters;

import io.pouchtwin.cell.parameters.Spread.Law;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one entry of a parameter file and refuses what is incomplete, unknown or implausible. */
final class ParameterReader {
    private static final Set<String> FIELDS = Set.of("value", "unit", "source", "status", "spread", "note");
    private static final Pattern FACT = Pattern.compile("fact:([A-Za-z0-9_.]*[A-Za-z0-9])");
    /** A quoted number may differ from the paper's by rounding only. */
    private static final double QUOTATION_TOLERANCE = 1e-9;

    private final PaperFacts facts;
    private final String file;

    ParameterReader(PaperFacts facts, String file) {
        this.facts = facts;
        this.file = file;
    }

    ParameterValue read(String key, @Nullable Object node) {
        ParameterKey known = ParameterSchema.key(key)
                .orElseThrow(() -> new ParameterException(file, key, "(key)", "one of the keys of README.md"));
        if (!(node instanceof Map<?, ?> map)) {
            throw new ParameterException(file, key, node, "a map of value, unit, source, status");
        }
        Map<String, Object> fields = fields(key, map);
        Unit unit = unit(key, fields.get("unit"), known.quantity());
        String source = text(key, "source", fields.get("source"));
        Status status = status(key, fields.get("status"));
        Spread spread = spread(key, fields.get("spread"));
        String note = Objects.toString(fields.get("note"), "");
        if (known.quantity() == Quantity.LAW) {
            String law = text(key, "value", fields.get("value"));
            if (!ParameterSchema.lawsOf(key).containsKey(law)) {
                throw new ParameterException(
                        file, key, law, "one of " + ParameterSchema.lawsOf(key).keySet());
            }
            checkFacts(key, source, Optional.empty());
            return new ParameterValue(key, 0, law, unit, source, status, Spread.NONE, note, file);
        }
        double value = number(key, fields.get("value"));
        ParameterValue read = new ParameterValue(key, value, "", unit, source, status, spread, note, file);
        checkRange(known, read);
        checkFacts(key, source, Optional.of(read));
        return read;
    }

    private Map<String, Object> fields(String key, Map<?, ?> map) {
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (name == null || !FIELDS.contains(name.toString())) {
                throw new ParameterException(file, key + "." + name, value, "one of the fields " + FIELDS);
            }
            if (value != null) {
                fields.put(name.toString(), value);
            }
        });
        return fields;
    }

    private Unit unit(String key, @Nullable Object node, Quantity quantity) {
        String symbol = text(key, "unit", node);
        Unit unit = Unit.of(symbol).orElseThrow(() -> new ParameterException(file, key, symbol, "a known unit"));
        if (unit.quantity() != quantity) {
            throw new ParameterException(
                    file,
                    key,
                    symbol,
                    "a unit of " + quantity.name().toLowerCase(Locale.ROOT) + " such as " + quantity.siUnit());
        }
        return unit;
    }

    private String text(String key, String field, @Nullable Object node) {
        String text = node == null ? "" : node.toString().strip();
        if (text.isEmpty()) {
            throw new ParameterException(file, key, "(no " + field + ")", "a " + field + " for every value");
        }
        return text;
    }

    private double number(String key, @Nullable Object node) {
        if (!(node instanceof Number number)) {
            throw new ParameterException(file, key, node, "a number");
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new ParameterException(file, key, value, "a finite number");
        }
        return value;
    }

    private Status status(String key, @Nullable Object node) {
        return named(Status.values(), key, "status", text(key, "status", node));
    }

    private <E extends Enum<E>> E named(E[] values, String key, String field, String text) {
        return Arrays.stream(values)
                .filter(v -> v.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        file,
                        key + "." + field,
                        text,
                        Arrays.stream(values)
                                .map(v -> v.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ", "one of ", ""))));
    }

    private Spread spread(String key, @Nullable Object node) {
        if (node == null) {
            return Spread.NONE;
        }
        if (!(node instanceof Map<?, ?> map)) {
            throw new ParameterException(file, key + ".spread", node, "a map of law and sigma");
        }
        for (Object name : map.keySet()) {
            if (!List.of("law", "sigma").contains(String.valueOf(name))) {
                throw new ParameterException(file, key + ".spread", name, "law and sigma only");
            }
        }
        Law law = named(Law.values(), key, "spread.law", text(key, "spread.law", map.get("law")));
        if (law == Law.NONE) {
            return Spread.NONE;
        }
        double sigma = number(key + ".spread.sigma", map.get("sigma"));
        if (sigma <= 0) {
            throw new ParameterException(file, key + ".spread.sigma", sigma, "a positive standard deviation");
        }
        return new Spread(law, sigma);
    }

    private void checkRange(ParameterKey known, ParameterValue read) {
        double si = read.si();
        if (!(si >= known.minSi() && si <= known.maxSi())) {
            throw new ParameterException(
                    file,
                    known.name(),
                    read.value() + " " + read.unit().symbol(),
                    "a plausible value between " + read.unit().fromSi(known.minSi()) + " and "
                            + read.unit().fromSi(known.maxSi()));
        }
    }

    private void checkFacts(String key, String source, Optional<ParameterValue> read) {
        Matcher matcher = FACT.matcher(source);
        while (matcher.find()) {
            String id = matcher.group(1);
            if (facts.find(id).isEmpty()) {
                throw new ParameterException(file, key, "fact:" + id, "the id of a fact in facts.csv");
            }
            if (matcher.group().equals(source) && read.isPresent()) {
                double quoted = facts.si(id);
                double si = read.get().si();
                if (Math.abs(si - quoted) > QUOTATION_TOLERANCE * Math.abs(quoted)) {
                    throw new ParameterException(
                            file,
                            key,
                            read.get().value() + " " + read.get().unit().symbol(),
                            "the quoted fact " + id + " = " + read.get().unit().fromSi(quoted) + " "
                                    + read.get().unit().symbol());
                }
            }
        }
    }
}
