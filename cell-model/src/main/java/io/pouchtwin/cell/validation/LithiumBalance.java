package io.pouchtwin.cell.validation;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.full.StepReport;
import io.pouchtwin.cell.parameters.CellParameters;

/**
 * Where the lithium is, before and after a cycle.
 *
 * @param cell design
 * @param imbalanceRatio change of all lithium (cathode, metal, lost, salt) over all of it
 * @param chargeRatio difference between the charge that passed and the lithium that moved, over that charge
 * @param saltRatio change of the salt over all of it
 */
record LithiumBalance(String cell, double imbalanceRatio, double chargeRatio, double saltRatio) {
    private static final double REST_S = 600;
    private static final double LONGEST_S = 36_000;

    /** Discharges from full, rests, charges to full, rests, and counts. */
    static LithiumBalance overACycle(CellParameters parameters, double cRate) {
        FullOrderCell cell = FullOrderCell.charged(parameters, Mesh.REFERENCE);
        double before = total(cell);
        double filling = cell.cathodeLithiumMolPerM2();
        double ampere = cRate * parameters.oneCAmpere();
        Limits limits = Limits.window(parameters);
        StepReport discharge = cell.advance(new Drive.Current(-ampere), LONGEST_S, limits);
        double moved = cell.cathodeLithiumMolPerM2() - filling;
        double passed = -discharge.chargeC() / parameters.areaM2() / PhysicalConstants.FARADAY_C_PER_MOL;
        cell.advance(Drive.rest(), REST_S, Limits.NONE);
        cell.advance(new Drive.Current(ampere), LONGEST_S, limits);
        cell.advance(Drive.rest(), REST_S, Limits.NONE);
        return new LithiumBalance(
                parameters.design(),
                Math.abs(total(cell) - before) / before,
                Math.abs(moved - passed) / passed,
                Math.abs(cell.relativeSalt() - 1));
    }

    /** All lithium per electrode area [mol/m2]. */
    private static double total(FullOrderCell cell) {
        CellParameters p = cell.parameters();
        CellParameters.Layer cathode = p.requireCathode().layer();
        double electrolyteM =
                p.membrane().thicknessM() * p.membrane().porosity() + cathode.thicknessM() * cathode.porosity();
        double salt = electrolyteM * p.electrolyte().concentrationMolPerM3() * cell.relativeSalt();
        return cell.cathodeLithiumMolPerM2() + cell.lithiumInventoryMolPerM2() + cell.lostLithiumMolPerM2() + salt;
    }
}
