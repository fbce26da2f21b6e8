package io.pouchtwin.cell.full;

import io.pouchtwin.cell.ElectrolyteTransport;
import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;
import java.util.Arrays;

/** Conductances of the electrolyte between neighbouring cells, from the bulk laws at the cells' salt concentrations. */
final class ElectrolyteFaces {
    final double[] logSalt;
    final double[] saltConductance;
    final double[] saltConductancePerHere;
    final double[] saltConductancePerNext;
    final double[] chargeConductance;
    final double[] chargeConductancePerHere;
    final double[] chargeConductancePerNext;
    double chiThermal;
    double firstHalfResistance;
    double firstHalfSaltResistance;
    private final CellParameters cell;
    private final CellGrid grid;
    private final double[] charge;
    private final double[] chargeSlope;
    private final double[] salt;
    private final double[] saltSlope;
    private double membraneFactor = 1;

    ElectrolyteFaces(CellParameters cell, CellGrid grid) {
        this.cell = cell;
        this.grid = grid;
        int n = grid.cells;
        logSalt = new double[n];
        saltConductance = new double[n];
        saltConductancePerHere = new double[n];
        saltConductancePerNext = new double[n];
        chargeConductance = new double[n];
        chargeConductancePerHere = new double[n];
        chargeConductancePerNext = new double[n];
        charge = new double[n];
        chargeSlope = new double[n];
        salt = new double[n];
        saltSlope = new double[n];
    }

    void limitMembrane(double factor) {
        membraneFactor = factor;
    }

    /** Conductances of faces at the relative salt concentrations and a temperature. */
    void evaluate(double[] relativeSalt, double kelvin) {
        chiThermal = 2 * (1 - cell.electrolyte().transference()) * PhysicalConstants.thermalVoltage(kelvin);
        laws(relativeSalt, kelvin);
        for (int k = 0; k < grid.cells; k++) {
            logSalt[k] = Math.log(relativeSalt[k] + StageSolver.RESIDUAL_SALT);
        }
        faces(charge, chargeSlope, chargeConductance, chargeConductancePerHere, chargeConductancePerNext);
        faces(salt, saltSlope, saltConductance, saltConductancePerHere, saltConductancePerNext);
        firstHalfResistance = half(charge, 0);
        firstHalfSaltResistance = half(salt, 0);
    }

    private void laws(double[] relativeSalt, double kelvin) {
        ElectrolyteTransport law = cell.electrolyte().transport();
        double scale = cell.electrolyte().concentrationMolPerM3();
        if (law instanceof ElectrolyteTransport.Constant) {
            Arrays.fill(charge, law.conductivity(scale, kelvin));
            Arrays.fill(salt, law.diffusivity(scale, kelvin));
            return;
        }
        for (int k = 0; k < grid.cells; k++) {
            double c = scale * relativeSalt[k];
            double step = 1e-5 * c;
            charge[k] = law.conductivity(c, kelvin);
            chargeSlope[k] = (law.conductivity(c + step, kelvin) - charge[k]) / step * scale;
            salt[k] = law.diffusivity(c, kelvin);
            saltSlope[k] = (law.diffusivity(c + step, kelvin) - salt[k]) / step * scale;
        }
    }

    /** Resistance of half a cell. */
    private double half(double[] bulk, int k) {
        double factor = k < grid.membraneCells ? membraneFactor : 1;
        return grid.width[k] / (2 * grid.efficiency[k] * factor * bulk[k]);
    }

    private void faces(double[] bulk, double[] slope, double[] face, double[] perHere, double[] perNext) {
        for (int k = 0; k + 1 < grid.cells; k++) {
            double here = half(bulk, k);
            double next = half(bulk, k + 1);
            double conductance = 1 / (here + next);
            face[k] = conductance;
            perHere[k] = conductance * conductance * here * slope[k] / bulk[k];
            perNext[k] = conductance * conductance * next * slope[k + 1] / bulk[k + 1];
        }
    }
}
