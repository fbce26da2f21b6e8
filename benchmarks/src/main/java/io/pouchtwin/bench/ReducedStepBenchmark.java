package io.pouchtwin.bench;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.Workspace;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One step of one second of the reduced cell, per member, in an ensemble of 32: discharge and charge in turn, ten minutes each at 1 C and two at 5 C, so that sub-steps after a change of current count as often as in a test.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReducedStepBenchmark {
    static final int MEMBERS = 32;
    private static final int HALF_CYCLE = 600;
    private static final double AMBIENT_K = 298.15;

    /** Every shipped cell with a cathode. */
    @Param({
        "pouch-5c-ncm523-ppla",
        "coin-ncm523-ppla",
        "coin-ncm523-ppl",
        "coin-lrm-ppla",
        "coin-ncm523-pl",
        "coin-ncm523-ppla-15mg",
        "pouch-ncm523-ppla",
        "pouch-ncm811-ppla"
    })
    private String design = "pouch-5c-ncm523-ppla";

    /** Rate; above 1.5 C the reduced cell iterates once more. */
    @Param({"1", "5"})
    private int cRate = 1;

    private ReducedCell cell;
    private Ensemble ensemble;
    private Workspace workspace;
    private double ampere;
    private int step;

    /** For the framework, which sets the parameter and then calls {@link #start}. */
    public ReducedStepBenchmark() {
        CellParameters parameters = ParameterLibrary.shipped().cell(design);
        cell = ReducedCell.of(parameters);
        ensemble = cell.newEnsemble(MEMBERS);
        workspace = cell.newWorkspace(MEMBERS);
        ampere = cRate * parameters.oneCAmpere();
    }

    /** Builds the design's ensemble, half charged. */
    @Setup
    public void start() {
        CellParameters parameters = ParameterLibrary.shipped().cell(design);
        cell = ReducedCell.of(parameters);
        ensemble = cell.newEnsemble(MEMBERS);
        workspace = cell.newWorkspace(MEMBERS);
        ampere = cRate * parameters.oneCAmpere();
        step = 0;
    }

    /** One second. */
    @Benchmark
    @OperationsPerInvocation(MEMBERS)
    public double oneSecond() {
        double current = (step++ * cRate / HALF_CYCLE) % 2 == 0 ? -ampere : ampere;
        cell.step(ensemble, workspace, 1.0, current, current, AMBIENT_K);
        return ensemble.output(Output.VOLTAGE)[0];
    }
}
