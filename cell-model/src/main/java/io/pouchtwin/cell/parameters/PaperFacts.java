package io.pouchtwin.cell.parameters;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers that the paper states (Nie et al., Adv. Mater. 2025, 10.1002/adma.202504092), each with its conditions and place.
 *
 * <p>The parameter files quote them by id, and the loader checks the quotation.
 */
public final class PaperFacts {
    private static final String RESOURCE = "/io/pouchtwin/cell/facts.csv";
    private static final int COLUMNS = 8;

    private final Map<String, Fact> facts;

    private PaperFacts(Map<String, Fact> facts) {
        this.facts = facts;
    }

    /**
     * One stated number.
     *
     * @param id stable name
     * @param subject what it is about
     * @param quantity what was measured
     * @param value as printed; usually a number
     * @param unit as printed
     * @param qualifier =, &gt;= or &lt;=
     * @param conditions under which it holds
     * @param where section and figure of the paper
     */
    public record Fact(
            String id,
            String subject,
            String quantity,
            String value,
            String unit,
            String qualifier,
            String conditions,
            String where) {}

    /** Reads the project's own list. */
    public static PaperFacts load() {
        try (InputStream in = PaperFacts.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    static PaperFacts parse(String csv) {
        Map<String, Fact> facts = new LinkedHashMap<>();
        List<String> lines = csv.lines().skip(1).filter(l -> !l.isBlank()).toList();
        for (String line : lines) {
            String[] f = line.split(",", -1);
            if (f.length != COLUMNS) {
                throw new ParameterException("facts.csv", f[0], line, COLUMNS + " columns");
            }
            facts.put(f[0], new Fact(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]));
        }
        return new PaperFacts(facts);
    }

    /** The fact with this id, if there is one. */
    public Optional<Fact> find(String id) {
        return Optional.ofNullable(facts.get(id));
    }

    /** All facts in the file's order. */
    public List<Fact> all() {
        return List.copyOf(facts.values());
    }

    /** The numeric value of a fact in SI; throws if the fact is unknown or not a number with a known unit. */
    public double si(String id) {
        Fact fact = find(id).orElseThrow(() -> new ParameterException("facts.csv", id, "nothing", "a known fact"));
        Unit unit = Unit.of(fact.unit())
                .orElseThrow(() -> new ParameterException("facts.csv", id, fact.unit(), "a known unit"));
        try {
            return unit.toSi(Double.parseDouble(fact.value()));
        } catch (NumberFormatException e) {
            throw new ParameterException("facts.csv", id, fact.value(), "a number");
        }
    }
}
