package io.pouchtwin.app.endtoend;

import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.full.StepReport;
import io.pouchtwin.cell.full.Stop;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A file in the Battery Data Format with what real ones have: an event row where a step begins, with the time stamp of the
 * last one of the step before; a gap; the current that falls during a hold; readings of the temperature that are missing; a
 * line without a number and a reading that is none.
 *
 * @param cell what its cell is called
 * @param design parameter set
 * @param nominalCapacityAh what 1 C refers to
 * @param path where it is
 */
record RecordedFile(String cell, String design, double nominalCapacityAh, Path path) {
    private static final double ZERO_CELSIUS_K = 273.15;
    private static final String HEADER =
            "Record Index / 1,Test Time / s,Voltage / V,Current / A,Step Count / 1,Cycle Count / 1,Surface Temperature / degC,"
                    + "Charging Capacity / Ah,Discharging Capacity / Ah";

    /** What the columns of other testers' files are called in the Battery Data Format. */
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("Test_Time", "Test Time / s"),
            Map.entry("total_time_s", "Test Time / s"),
            Map.entry("Voltage", "Voltage / V"),
            Map.entry("voltage_V", "Voltage / V"),
            Map.entry("Current", "Current / A"),
            Map.entry("current_mA", "Current / mA"),
            Map.entry("Step_Index", "Step Index / 1"),
            Map.entry("step_count", "Step Count / 1"),
            Map.entry("Cycle_Index", "Cycle Count / 1"),
            Map.entry("cycle_count", "Cycle Count / 1"),
            Map.entry("aux1_temperature_degC", "Surface Temperature / degC"));

    /** Three cycles of a coin, started at some state of charge. */
    static RecordedFile coin(Path directory, String cell, double soc, double cRate) throws IOException {
        String design = "coin-ncm523-ppla";
        CellParameters parameters = ParameterLibrary.shipped().cell(design);
        List<String> lines = new Writing(parameters, soc).cycles(3, cRate);
        Path path = directory.resolve(cell + ".bdf.csv");
        Files.write(path, withOddities(lines));
        return new RecordedFile(cell, design, parameters.oneCAmpere(), path);
    }

    /** The first rows of a file that a real tester wrote, its columns renamed where they are not the format's own. */
    static RecordedFile real(Path directory, Path source, String cell, double nominalCapacityAh, int rows)
            throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                source.toString().endsWith(".gz")
                        ? new GZIPInputStream(Files.newInputStream(source))
                        : Files.newInputStream(source),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null && lines.size() <= rows; line = reader.readLine()) {
                lines.add(lines.isEmpty() ? renamed(line) : line);
            }
        }
        Path path = directory.resolve(cell + ".bdf.csv");
        Files.write(path, lines);
        return new RecordedFile(cell, "pouch-5c-ncm523-ppla", nominalCapacityAh, path);
    }

    private static String renamed(String header) {
        List<String> labels = new ArrayList<>();
        for (String name : header.split(",", -1)) {
            labels.add(LABELS.getOrDefault(name, name));
        }
        return String.join(",", labels);
    }

    private static List<String> withOddities(List<String> rows) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int k = 0; k < rows.size(); k++) {
            boolean lost = k > 150 && k < 180;
            if (!lost) {
                lines.add(k % 97 == 50 ? rows.get(k).replaceFirst(",[^,]*,[^,]*$", ",,") : rows.get(k));
            }
        }
        lines.set(60, lines.get(60).replaceFirst("^([^,]*),[^,]*", "$1,at noon"));
        lines.set(90, lines.get(90).replaceFirst("^([^,]*,[^,]*),[^,]*", "$1,nan"));
        return lines;
    }

    /** A cell on a tester that writes a file. */
    private static final class Writing {
        private final CellParameters parameters;
        private final FullOrderCell cell;
        private final List<String> rows = new ArrayList<>();
        private double timeS;
        private double chargedAh;
        private double dischargedAh;
        private int steps;
        private int cycle = 1;

        Writing(CellParameters parameters, double soc) {
            this.parameters = parameters;
            double empty = parameters.dischargedStoichiometry();
            this.cell = FullOrderCell.at(
                    parameters, Mesh.COARSE, empty + soc * (parameters.chargedStoichiometry() - empty));
        }

        List<String> cycles(int count, double cRate) {
            double ampere = cRate * parameters.oneCAmpere();
            for (cycle = 1; cycle <= count; cycle++) {
                step(new Drive.Current(ampere), Limits.window(parameters), 36_000 / cRate, 40 / cRate);
                Drive hold = new Drive.Voltage(parameters.window().voltageMaxV());
                step(hold, Limits.NONE.withTaper(0.1 * parameters.oneCAmpere()), 3600, 30);
                step(Drive.rest(), Limits.NONE, 600, 20);
                step(new Drive.Current(-ampere), Limits.window(parameters), 36_000 / cRate, 40 / cRate);
                step(Drive.rest(), Limits.NONE, 600, 20);
            }
            return rows;
        }

        private void step(Drive drive, Limits limits, double lengthS, double everyS) {
            steps++;
            double end = timeS + lengthS;
            Stop stop = log(cell.advance(drive, 1e-4, limits));
            while (stop == Stop.TIME && timeS < end - 1e-9) {
                stop = log(cell.advance(drive, Math.min(everyS, end - timeS), limits));
            }
        }

        private Stop log(StepReport report) {
            timeS += report.elapsedS();
            chargedAh += Math.max(0, report.chargeC()) / 3600;
            dischargedAh += Math.max(0, -report.chargeC()) / 3600;
            rows.add(String.format(
                    Locale.ROOT,
                    "%d,%.3f,%.4f,%.8g,%d,%d,%s,%.9g,%.9g",
                    rows.size() + 1,
                    timeS,
                    report.voltageV(),
                    report.ampere(),
                    steps,
                    cycle,
                    rows.size() % 7 == 3
                            ? ""
                            : String.format(Locale.ROOT, "%.1f", report.temperatureK() - ZERO_CELSIUS_K),
                    chargedAh,
                    dischargedAh));
            return report.stop();
        }
    }
}
