package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.parameters.ParameterValue;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.Workspace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What all twins of one design share: the model, its prior, and for each thread the rows to work in. */
final class ReducedCellShared {
    /** Members of an ensemble. */
    static final int MEMBERS = 32;

    /** Assumed until the reduced model's error is measured for the design [V]; per multiple of 1 C. */
    private static final ModelError MODEL_ERROR = new ModelError(1.0e-3, 1.5e-3);

    final CellDesign design;
    final ReducedCell cell;
    final List<SlowQuantity> slow;
    final ModelError modelError;
    final String digest;
    final double chargedStoichiometry;
    final double dischargedStoichiometry;
    final double capacityAh;
    final double nominalResistanceOhmM2;

    /** Shares of the small-current resistance that scale with a member's parameters [ohm m2]. */
    final double lithiumResistanceOhmM2;

    final double membraneResistanceOhmM2;
    final double cathodeResistanceOhmM2;
    final double poreResistanceOhmM2;

    private final ThreadLocal<Workspace> workspaces;

    ReducedCellShared(CellDesign design, ParameterSet set) {
        this.design = design;
        CellParameters parameters = set.toCellParameters();
        cell = ReducedCell.of(parameters);
        slow = CellPrior.slowQuantities(set, cell);
        modelError = MODEL_ERROR;
        digest = digest(set);
        chargedStoichiometry = parameters.chargedStoichiometry();
        dischargedStoichiometry = parameters.dischargedStoichiometry();
        CellParameters.Cathode cathode = parameters.requireCathode();
        capacityAh = cathode.arealChargeCPerM2()
                * parameters.areaM2()
                * (dischargedStoichiometry - chargedStoichiometry)
                / 3600;
        double t = parameters.referenceTemperatureK();
        double thermalVoltage = PhysicalConstants.GAS_J_PER_MOL_K * t / PhysicalConstants.FARADAY_C_PER_MOL;
        double c0 = parameters.electrolyte().concentrationMolPerM3();
        double conductivity = parameters.electrolyte().transport().conductivity(c0, t);
        double middle = 0.5 * (chargedStoichiometry + dischargedStoichiometry);
        lithiumResistanceOhmM2 =
                thermalVoltage / parameters.lithium().exchangeCurrent().at(1, t);
        membraneResistanceOhmM2 = parameters.membrane().thicknessM()
                / (conductivity * parameters.membrane().transportEfficiency());
        cathodeResistanceOhmM2 = thermalVoltage
                / (cathode.exchangeCurrent().at(1, middle, t)
                        * cathode.surfacePerVolume()
                        * cathode.layer().thicknessM());
        poreResistanceOhmM2 = cathode.layer().thicknessM()
                / (3 * conductivity * cathode.layer().transportEfficiency());
        nominalResistanceOhmM2 = lithiumResistanceOhmM2
                + membraneResistanceOhmM2
                + cathodeResistanceOhmM2
                + poreResistanceOhmM2
                + parameters.lithium().filmResistanceOhmM2()
                + parameters.contactResistanceOhmM2();
        workspaces = ThreadLocal.withInitial(() -> cell.newWorkspace(MEMBERS));
    }

    /** Rows to work in that no other thread uses. */
    Workspace workspace() {
        return workspaces.get();
    }

    /** First 64 bits of the SHA-256 over all keys, values and spreads. */
    private static String digest(ParameterSet set) {
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
            return HexFormat.of().formatHex(sha.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
