package io.pouchtwin.cell.reduced.error;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The measured error of the reduced cell as a function of the current density, per cell and direction. */
public final class ModelErrorTable {
    private static final String FILE = "/io/pouchtwin/cell/reduced/model-error.csv";

    /** By design and direction, by rising magnitude of the current density. */
    private final Map<String, List<MeasuredError>> runs = new HashMap<>();

    /** A table of the given runs. */
    public ModelErrorTable(List<MeasuredError> all) {
        for (MeasuredError run : all) {
            String key = key(run.design(), run.currentDensityAPerM2());
            List<MeasuredError> before = runs.getOrDefault(key, List.of());
            runs.put(
                    key,
                    Stream.concat(before.stream(), Stream.of(run))
                            .sorted(Comparator.comparingDouble(r -> Math.abs(r.currentDensityAPerM2())))
                            .toList());
        }
    }

    /** The table that comes with the program. */
    public static ModelErrorTable shipped() {
        try (InputStream in = ModelErrorTable.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            return new ModelErrorTable(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.equals(MeasuredError.HEADER))
                    .map(MeasuredError::parse)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every run of a design, both directions; empty for a design that was not measured. */
    public List<MeasuredError> runs(String design) {
        return Stream.concat(
                        runs.getOrDefault(key(design, -1), List.of()).stream(),
                        runs.getOrDefault(key(design, 1), List.of()).stream())
                .toList();
    }

    /**
     * Standard deviation to count as the model's error [V]: the measured root mean square without the last twentieth of the run, straight lines between the measured current densities, from zero at rest; beyond the
     * largest, in proportion to the square of the current density. On the cliff at the end, where the open-circuit voltage falls by volts per percent, an error of a ten-thousandth in stoichiometry is what counts: see
     * {@link MeasuredError#rmsV} and {@link MeasuredError#maxV}.
     *
     * @param design parameter set
     * @param currentDensityAPerM2 positive on charge [A/m2]
     * @throws IllegalArgumentException for a design that was not measured
     */
    public double sigmaV(String design, double currentDensityAPerM2) {
        List<MeasuredError> measured = runs.get(key(design, currentDensityAPerM2));
        if (measured == null) {
            throw new IllegalArgumentException("model-error table: no runs of " + design);
        }
        double density = Math.abs(currentDensityAPerM2);
        double lowDensity = 0;
        double low = 0;
        for (MeasuredError run : measured) {
            double high = Math.abs(run.currentDensityAPerM2());
            if (density <= high) {
                return low + (run.bodyRmsV() - low) * (density - lowDensity) / (high - lowDensity);
            }
            lowDensity = high;
            low = run.bodyRmsV();
        }
        double ratio = density / lowDensity;
        return low * ratio * ratio;
    }

    private static String key(String design, double currentDensity) {
        return design + (currentDensity < 0 ? " discharge" : " charge");
    }
}
