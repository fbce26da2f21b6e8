package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.ReducedOptions;
import io.pouchtwin.cell.reduced.Workspace;

/**
 * The reduced cell with the true parameters beside the full-order one. It gives the truth of what the full-order model
 * does not split by itself, the parts of the voltage; the two models' voltages differ by a fraction of a millivolt
 * ({@code docs/model-validation.md}), but on the cliff of the open-circuit curve, where some ten-thousandths of the
 * stoichiometry at the particles' surface are tenths of a volt: it takes the surface from the other cell.
 */
final class ShadowCell {
    private final ReducedCell cell;
    private final Ensemble ensemble;
    private final Workspace workspace;
    private final double ambientK;

    ShadowCell(CellParameters parameters, double stoichiometry) {
        cell = ReducedCell.of(parameters, ReducedOptions.lockstep(parameters));
        ensemble = cell.newEnsemble(1);
        workspace = cell.newWorkspace(1);
        ambientK = parameters.thermal().ambientK();
        cell.startAtRest(ensemble, new double[] {stoichiometry}, ambientK);
        ensemble.state(cell.layout().inventory())[0] = cell.freshInventoryMolPerM2(stoichiometry);
    }

    void set(MemberParameter parameter, double value) {
        ensemble.parameter(parameter)[0] = value;
    }

    /**
     * Follows the other cell over a step.
     *
     * @param surfaceStoichiometry the other's at the end, mean over the thickness: the parts are those of a cell with this surface [1]
     */
    void step(double seconds, double chargeC, double endAmpere, double surfaceStoichiometry) {
        double mean = seconds > 0 ? chargeC / seconds : endAmpere;
        cell.step(ensemble, workspace, seconds, mean, endAmpere, ambientK);
        double[] offset = ensemble.parameter(MemberParameter.SURFACE_STOICHIOMETRY_OFFSET);
        offset[0] += surfaceStoichiometry - ensemble.output(Output.SURFACE_STOICHIOMETRY)[0];
        cell.hold(ensemble);
        cell.evaluate(ensemble, workspace, endAmpere);
    }

    double[] parts() {
        return Output.PARTS.stream()
                .mapToDouble(part -> ensemble.output(part)[0])
                .toArray();
    }
}
