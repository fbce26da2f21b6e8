package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A cell with drawn parameters that PyBaMM's DFN cycled, and what was read of it without noise: {@code
 * cell-model/reference/make_drawn_cells.py}.
 *
 * @param name of the cell
 * @param parameters what it is made of
 * @param curve its readings
 * @param step number of the tester's step, of each row
 * @param cycle number of the cycle, of each row
 */
@SuppressWarnings("ArrayRecordComponent") // rows of numbers, read in loops, never compared
public record DrawnReference(String name, ParameterSet parameters, ReferenceCurve curve, int[] step, int[] cycle) {
    private static final String FOLDER = "/io/pouchtwin/cell/reference/drawn/";
    private static final int COLUMNS = 8;

    /** All cells' names, in the order in which they were drawn within each design. */
    public static List<String> names() {
        return List.copyOf(parameterSets().keySet());
    }

    /** A cell by its name. */
    public static DrawnReference load(String name) {
        ParameterSet parameters = parameterSets().get(name);
        if (parameters == null) {
            throw new IllegalArgumentException("drawn cell '" + name + "', expected one of " + names());
        }
        List<String> lines = lines(name + ".csv.gz");
        double[][] columns = new double[COLUMNS][lines.size() - 1];
        for (int row = 1; row < lines.size(); row++) {
            String[] cells = lines.get(row).split(",", -1);
            if (cells.length != COLUMNS) {
                throw new IllegalStateException(
                        name + " line " + (row + 1) + ": " + cells.length + " values, expected " + COLUMNS);
            }
            for (int c = 0; c < COLUMNS; c++) {
                columns[c][row - 1] = Double.parseDouble(cells[c]);
            }
        }
        ReferenceCurve curve =
                new ReferenceCurve(columns[0], columns[3], columns[4], columns[5], columns[6], columns[7]);
        return new DrawnReference(name, parameters, curve, whole(columns[1]), whole(columns[2]));
    }

    private static int[] whole(double[] values) {
        int[] all = new int[values.length];
        for (int k = 0; k < all.length; k++) {
            all[k] = (int) values[k];
        }
        return all;
    }

    private static Map<String, ParameterSet> parameterSets() {
        Map<String, ParameterSet> sets = new LinkedHashMap<>();
        List<String> lines = lines("cells.csv");
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            ParameterSet before = sets.get(cells[0]);
            ParameterSet set = before == null ? ParameterLibrary.shipped().load(cells[1]) : before;
            sets.put(cells[0], set.with(cells[2], Double.parseDouble(cells[3])));
        }
        return sets;
    }

    private static List<String> lines(String file) {
        InputStream in = DrawnReference.class.getResourceAsStream(FOLDER + file);
        if (in == null) {
            throw new IllegalStateException(FOLDER + file + " is missing");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                file.endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.US_ASCII))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
