package io.pouchtwin.bench;

import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A whole 1 C discharge of the full-order cell from the upper to the lower voltage limit, its own steps in time, making of the cell included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FullDischargeBenchmark {
    private static final double TWO_HOURS_S = 7200;

    /** A coin and the thick pouches. */
    @Param({"coin-ncm523-ppla", "pouch-ncm523-ppla", "pouch-ncm811-ppla"})
    private String design = "coin-ncm523-ppla";

    /** REFERENCE is what the validations use, COARSE what many virtual cells at once use. */
    @Param({"REFERENCE", "COARSE"})
    private String mesh = "REFERENCE";

    /** One discharge; the charge it gave [C]. */
    @Benchmark
    public double discharge() {
        CellParameters parameters = ParameterLibrary.shipped().cell(design);
        Mesh resolution = "REFERENCE".equals(mesh) ? Mesh.REFERENCE : Mesh.COARSE;
        FullOrderCell cell = FullOrderCell.charged(parameters, resolution);
        return cell.advance(new Drive.Current(-parameters.oneCAmpere()), TWO_HOURS_S, Limits.window(parameters))
                .chargeC();
    }
}
