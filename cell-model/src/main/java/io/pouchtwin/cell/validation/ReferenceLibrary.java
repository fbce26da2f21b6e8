package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.parameters.PaperFacts;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.parameters.ParameterValue;
import io.pouchtwin.cell.validation.ReferenceCase.Model;
import io.pouchtwin.cell.validation.ReferenceCase.Protocol;
import io.pouchtwin.cell.validation.ReferenceCase.StopReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reference curves that come with the program, and the parameter values that they were made with. */
public final class ReferenceLibrary {
    private static final String FOLDER = "/io/pouchtwin/cell/reference/";
    private static final String INDEX = "cases.csv";
    private static final String ENDING = ".yaml";
    private static final int COLUMNS = 6;

    private ReferenceLibrary() {}

    /** All cases, in the index's order. */
    public static List<ReferenceCase> cases() {
        List<String> lines = text(INDEX).lines().toList();
        List<String> names = List.of(lines.get(0).split(",", -1));
        return lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> caseOf(names, line))
                .toList();
    }

    /** The curve of a case. */
    public static ReferenceCurve curve(ReferenceCase reference) {
        List<String> lines = text(reference.file()).lines().skip(1).toList();
        double[][] columns = new double[COLUMNS][lines.size()];
        for (int row = 0; row < lines.size(); row++) {
            String[] cells = lines.get(row).split(",", -1);
            if (cells.length != COLUMNS) {
                throw new IllegalStateException(
                        reference.file() + " line " + (row + 2) + ": " + cells.length + " values, expected " + COLUMNS);
            }
            for (int c = 0; c < COLUMNS; c++) {
                columns[c][row] = Double.parseDouble(cells[c]);
            }
        }
        return new ReferenceCurve(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5]);
    }

    /** The values that a cell's curves were made with. */
    public static ParameterSet parameters(String cell) {
        return new ParameterLibrary(PaperFacts.load(), ReferenceLibrary::frozenFile).load(cell);
    }

    /** Keys whose shipped value is no longer the one that the cell's curves were made with. */
    public static List<String> changedSince(String cell) {
        ParameterSet then = parameters(cell);
        ParameterSet now = ParameterLibrary.shipped().load(cell);
        return then.values().values().stream()
                .filter(value -> now.find(value.key())
                        .map(v -> v.si() != value.si() || !v.law().equals(value.law()))
                        .orElse(true))
                .map(ParameterValue::key)
                .toList();
    }

    private static @Nullable String frozenFile(String name) {
        String folder = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        return text(folder + "/parameters.yaml");
    }

    private static ReferenceCase caseOf(List<String> names, String line) {
        String[] cells = line.split(",", -1);
        Map<String, String> row = new HashMap<>();
        for (int c = 0; c < names.size(); c++) {
            row.put(names.get(c), cells[c]);
        }
        double cutOff = number(row, "cut_off_v");
        return new ReferenceCase(
                field(row, "cell"),
                Model.valueOf(field(row, "model").toUpperCase(Locale.ROOT)),
                Protocol.valueOf(field(row, "protocol").toUpperCase(Locale.ROOT)),
                number(row, "c_rate"),
                number(row, "current_a"),
                number(row, "temperature_k"),
                number(row, "start_stoichiometry"),
                Double.isNaN(cutOff) ? Optional.empty() : Optional.of(cutOff),
                stop(field(row, "stop")),
                number(row, "stop_time_s"),
                number(row, "capacity_ah"),
                number(row, "salt_min_mol_per_m3"),
                field(row, "file"));
    }

    private static StopReason stop(String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(StopReason.values())
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElse(StopReason.OTHER);
    }

    private static double number(Map<String, String> row, String name) {
        String text = field(row, name);
        return text.equals("nan") ? Double.NaN : Double.parseDouble(text);
    }

    private static String field(Map<String, String> row, String name) {
        String value = row.get(name);
        if (value == null) {
            throw new IllegalStateException(INDEX + ": no column " + name);
        }
        return value;
    }

    private static String text(String name) {
        try (InputStream in = ReferenceLibrary.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "reference curves: " + name + " is missing; make_reference.py writes it");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
