package io.pouchtwin.cell.calibration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link Posterior} as a small CSV file: comment lines {@code # key: text}, a line of column names, the most probable cell, then the members; the first column says which ({@code map}, {@code 0}, {@code 1} ...). Numbers carry ten
 * digits.
 */
public final class PosteriorFile {
    private static final String VERSION = "1";
    private static final MathContext DIGITS = new MathContext(10);
    private static final String FOLDER = "/io/pouchtwin/cell/posterior/";

    private PosteriorFile() {}

    /** The posterior that comes with the program for a design, if there is one. */
    public static Optional<Posterior> shipped(String design) {
        try (InputStream in = PosteriorFile.class.getResourceAsStream(FOLDER + design + ".csv")) {
            if (in == null) {
                return Optional.empty();
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return Optional.of(parse(design, reader.lines().toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's text. */
    public static String text(Posterior posterior) {
        StringBuilder text = new StringBuilder();
        text.append("# format: ").append(VERSION).append('\n');
        text.append("# design: ").append(posterior.design()).append('\n');
        posterior
                .provenance()
                .forEach((key, value) ->
                        text.append("# ").append(key).append(": ").append(value).append('\n'));
        text.append("member,").append(String.join(",", posterior.columns())).append('\n');
        row(text, "map", posterior.mostProbable());
        for (int k = 0; k < posterior.members().size(); k++) {
            row(text, Integer.toString(k), posterior.members().get(k));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, double[] values) {
        text.append(name);
        for (double v : values) {
            text.append(',').append(new BigDecimal(v).round(DIGITS).stripTrailingZeros());
        }
        text.append('\n');
    }

    /** Reads what {@link #text} wrote; refuses anything else, naming line, value and expectation. */
    public static Posterior parse(String design, List<String> lines) {
        Map<String, String> provenance = new LinkedHashMap<>();
        List<String> columns = List.of();
        double[] mostProbable = new double[0];
        List<double[]> members = new ArrayList<>();
        for (int n = 0; n < lines.size(); n++) {
            String line = lines.get(n);
            String where = design + " posterior, line " + (n + 1);
            if (line.startsWith("#")) {
                int colon = line.indexOf(':');
                require(colon > 0, where, line, "# key: text");
                provenance.put(
                        line.substring(1, colon).strip(),
                        line.substring(colon + 1).strip());
            } else if (columns.isEmpty()) {
                List<String> names = Arrays.asList(line.split(",", -1));
                require(names.get(0).equals("member") && names.size() > 1, where, line, "member,<columns>");
                columns = List.copyOf(names.subList(1, names.size()));
            } else {
                String[] cells = line.split(",", -1);
                require(cells.length == columns.size() + 1, where, line, columns.size() + 1 + " cells");
                double[] row = new double[columns.size()];
                for (int k = 0; k < row.length; k++) {
                    row[k] = number(cells[k + 1], where);
                }
                if (cells[0].equals("map")) {
                    mostProbable = row;
                } else {
                    members.add(row);
                }
            }
        }
        require(VERSION.equals(provenance.remove("format")), design + " posterior", "format", VERSION);
        require(design.equals(provenance.remove("design")), design + " posterior", "design", design);
        require(mostProbable.length > 0 && !members.isEmpty(), design + " posterior", "rows", "map and members");
        return new Posterior(design, provenance, columns, mostProbable, List.copyOf(members));
    }

    private static double number(String cell, String where) {
        double value;
        try {
            value = Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(where + ": " + cell + ", expected a number", e);
        }
        require(Double.isFinite(value), where, cell, "a finite number");
        return value;
    }

    private static void require(boolean holds, String where, String found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(where + ": " + found + ", expected " + expected);
        }
    }
}
