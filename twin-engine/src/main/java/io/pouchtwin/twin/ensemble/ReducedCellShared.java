package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.parameters.ParameterValue;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.ReducedOptions;
import io.pouchtwin.cell.reduced.Workspace;
import io.pouchtwin.cell.reduced.error.ModelErrorTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What all twins of one design share: the model, its prior, and for each thread the rows to work in. */
final class ReducedCellShared {
    /** Members of an ensemble. */
    static final int MEMBERS = 32;

    /** How far beyond the cell's window a predicted voltage goes [V]. */
    private static final double BEYOND_WINDOW_V = 0.1;

    final CellDesign design;
    final ReducedCell cell;
    final CellPrior prior;
    final double referenceTemperatureK;
    final ModelError modelError;
    final String digest;
    final double chargedStoichiometry;
    final double dischargedStoichiometry;
    final double capacityAh;
    final double oneCDensity;
    final double lowestVoltageV;
    final double highestVoltageV;
    final SmallCurrentResistance resistance;
    final InverseCurve inverse;

    private final ThreadLocal<Workspace> workspaces;
    private final ThreadLocal<IndependentNoise> noises;

    ReducedCellShared(CellDesign design, ParameterSet set) {
        this.design = design;
        CellParameters parameters = set.toCellParameters();
        cell = ReducedCell.of(parameters, ReducedOptions.lockstep(parameters));
        prior = CellPrior.of(set, cell);
        referenceTemperatureK = parameters.referenceTemperatureK();
        digest = digest(set, prior);
        chargedStoichiometry = parameters.chargedStoichiometry();
        dischargedStoichiometry = parameters.dischargedStoichiometry();
        oneCDensity = parameters.oneCAmpere() / parameters.areaM2();
        modelError = new ModelError(ModelErrorTable.shipped(), design.parameterSet(), oneCDensity);
        lowestVoltageV = parameters.window().voltageMinV() - BEYOND_WINDOW_V;
        highestVoltageV = parameters.window().voltageMaxV() + BEYOND_WINDOW_V;
        inverse = new InverseCurve(cell, lowestVoltageV - 0.2, highestVoltageV + 0.5);
        CellParameters.Cathode cathode = parameters.requireCathode();
        capacityAh = cathode.arealChargeCPerM2()
                * parameters.areaM2()
                * (dischargedStoichiometry - chargedStoichiometry)
                / 3600;
        resistance = SmallCurrentResistance.of(parameters);
        workspaces = ThreadLocal.withInitial(() -> cell.newWorkspace(MEMBERS));
        noises = ThreadLocal.withInitial(() -> new IndependentNoise(MEMBERS));
    }

    /** Rows to work in that no other thread uses. */
    Workspace workspace() {
        return workspaces.get();
    }

    /** Noise to begin anew at each use, that no other thread uses. */
    IndependentNoise independentNoise() {
        return noises.get();
    }

    /** Lithium that an interval strips [mol/m2]; 0 on charge. */
    double strippedMolPerM2(Interval interval) {
        double areaM2 = design.areaCm2() * 1e-4;
        return Math.max(
                0, -interval.meanCurrentA() * interval.lengthS() / PhysicalConstants.FARADAY_C_PER_MOL / areaM2);
    }

    /** First 64 bits of the SHA-256 over all keys, values and spreads, and the calibrated prior. */
    private static String digest(ParameterSet set, CellPrior prior) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (ParameterValue value : set.values().values()) {
                sha.update(value.key().getBytes(StandardCharsets.UTF_8));
                sha.update(value.law().getBytes(StandardCharsets.UTF_8));
                sha.update(ByteBuffer.allocate(16)
                        .putDouble(value.isLaw() ? 0 : value.si())
                        .putDouble(value.spread().sigma())
                        .array());
            }
            for (SlowQuantity quantity : prior.quantities()) {
                sha.update(ByteBuffer.allocate(16)
                        .putDouble(quantity.centre())
                        .putDouble(quantity.sigma())
                        .array());
            }
            for (double lost : prior.age().lost()) {
                sha.update(ByteBuffer.allocate(8).putDouble(lost).array());
            }
            for (double inefficiencyLog : prior.age().inefficiencyLog()) {
                sha.update(ByteBuffer.allocate(8).putDouble(inefficiencyLog).array());
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
