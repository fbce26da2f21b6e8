package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.CellParameters.ThermalModel;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.validation.ReferenceCase.Protocol;
import io.pouchtwin.cell.validation.ReferenceCase.StopReason;

/**
 * Runs the full-order cell through reference cases.
 *
 * <p>What the reference does not have is switched off: lithium never runs out and is never lost, and the cell has one temperature (heat
 * balance "lumped").
 */
public final class FullOrderComparison {
    /** More lithium than any case can strip [mol/m2]. */
    private static final double PLENTY_MOL_PER_M2 = 1e3;

    private final Mesh mesh;
    private final double toleranceV;

    /**
     * With a given resolution.
     *
     * @param mesh how fine
     * @param toleranceV error allowed per step in time [V]
     */
    public FullOrderComparison(Mesh mesh, double toleranceV) {
        this.mesh = mesh;
        this.toleranceV = toleranceV;
    }

    /** The resolution that the published figures are made with. */
    public static FullOrderComparison reference() {
        return new FullOrderComparison(Mesh.REFERENCE, FullOrderCell.DEFAULT_TOLERANCE_V);
    }

    /** Compares one case, with the parameters that it was made with or with others on purpose. */
    public CaseComparison compare(ReferenceCase reference, ParameterSet parameters) {
        CellParameters cell = likeTheReference(parameters.toCellParameters(), reference.temperatureK());
        ReferenceCurve curve = ReferenceLibrary.curve(reference);
        ReferenceRun run = new ReferenceRun(newCell(cell, reference), reference, curve);
        boolean followed = run.run();
        double[] time = curve.timeS();
        double[] theirs = curve.voltageV();
        int rest = run.restRow();
        int n = curve.size();
        CurveDistance loaded = CurveDistance.between(time, theirs, run.voltageV, 1, run.loadRows);
        CurveDistance heat = CurveDistance.between(time, curve.temperatureK(), run.temperatureK, 0, run.loadRows);
        CurveDistance rested =
                followed ? CurveDistance.between(time, theirs, run.voltageV, rest, n) : CurveDistance.NONE;
        CurveDistance cooling = followed
                ? CurveDistance.between(time, curve.temperatureK(), run.temperatureK, rest, n)
                : CurveDistance.NONE;
        return new CaseComparison(
                reference,
                followed ? loaded.rms() : Double.NaN,
                loaded.max(),
                rested.rms(),
                Math.max(heat.max(), cooling.max()),
                capacityError(run.stopS, reference),
                rest - run.loadRows,
                run.voltageV);
    }

    private static double capacityError(double stopS, ReferenceCase reference) {
        if (reference.protocol() == Protocol.DRIVE || reference.stop() == StopReason.OTHER) {
            return 0;
        }
        if (reference.stop() == StopReason.AT_ONCE) {
            return stopS == 0 ? 0 : Double.NaN;
        }
        return Math.abs(stopS - reference.stopTimeS()) / reference.stopTimeS();
    }

    private FullOrderCell newCell(CellParameters parameters, ReferenceCase reference) {
        FullOrderCell cell = FullOrderCell.at(parameters, mesh, reference.startStoichiometry(), toleranceV);
        cell.setLithiumInventory(PLENTY_MOL_PER_M2);
        cell.setEfficiency(1);
        return cell;
    }

    private static CellParameters likeTheReference(CellParameters cell, double kelvin) {
        return cell.withThermal(cell.thermal().withModel(ThermalModel.LUMPED).withAmbient(kelvin));
    }
}
