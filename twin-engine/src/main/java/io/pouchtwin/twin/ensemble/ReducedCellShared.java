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

    /** How far beyond the cell's window a predicted voltage goes [V]. */
    private static final double BEYOND_WINDOW_V = 0.1;

    /**
     * Chosen by what the twin's own figures say on cells of the full-order model (validate estimation): innovations that
     * are chi-square and bands that cover. Half a millivolt per mA/cm2 that forgets itself, one that lasts.
     */
    private static final ModelError MODEL_ERROR = new ModelError(0.7e-3, 5e-5, 1e-4, 5e-4);

    final CellDesign design;
    final ReducedCell cell;
    final List<SlowQuantity> slow;
    final List<ActivationSpread> activations;
    final double referenceTemperatureK;
    final ModelError modelError;
    final String digest;
    final double chargedStoichiometry;
    final double dischargedStoichiometry;
    final double capacityAh;
    final double oneCDensity;
    final double lowestVoltageV;
    final double highestVoltageV;
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
        activations = CellPrior.activations(set, slow);
        referenceTemperatureK = parameters.referenceTemperatureK();
        modelError = MODEL_ERROR;
        digest = digest(set);
        chargedStoichiometry = parameters.chargedStoichiometry();
        dischargedStoichiometry = parameters.dischargedStoichiometry();
        oneCDensity = parameters.oneCAmpere() / parameters.areaM2();
        lowestVoltageV = parameters.window().voltageMinV() - BEYOND_WINDOW_V;
        highestVoltageV = parameters.window().voltageMaxV() + BEYOND_WINDOW_V;
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
