package io.pouchtwin.cell.reduced;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;

/**
 * How finely the reduced model resolves the cell.
 *
 * @param nodes particles through the cathode's thickness, at least 1
 * @param shells of each particle, at least 4
 * @param membraneCells volumes of the membrane, at least 1
 * @param saltPerNode volumes of salt in each node's pores, at least 1
 * @param chargePerSubStep share of the nominal charge that may pass in a sub-step, above 0 [1]
 * @param growth sub-step over the time since the current changed, above 0 [1]
 */
public record ReducedOptions(
        int nodes, int shells, int membraneCells, int saltPerNode, double chargePerSubStep, double growth) {
    /** At the steep end of a curve the diffusivity must not lag. */
    private static final double CHARGE_PER_SUB_STEP = 0.0005;
    /** Implicit steps let a profile relax too slowly: at half of the elapsed time the rest of a pouch was 1 mV off after a minute, at a tenth 0.2 mV. */
    private static final double GROWTH = 0.1;
    /** Good enough for charges: voltages right after a change of the current are not asked for. */
    private static final double LONG_GROWTH = 0.5;

    /** For a cathode through which the reaction runs unevenly. */
    public static final ReducedOptions THICK = new ReducedOptions(4, 16, 2, 3);

    /**
     * For a thick cathode that is followed to where its salt runs out: the reaction then stops node by node from the foil on, and with four nodes the end of a discharge of PyBaMM's at 2 C was half a volt off, with eight
     * some millivolts. Twice the time of a step.
     */
    public static final ReducedOptions FINE = new ReducedOptions(8, 16, 2, 2);

    /** For a cathode whose reaction is nearly even. */
    public static final ReducedOptions THIN = new ReducedOptions(2, 16, 2, 3);

    /** Above this ohmic loss through the pores at 1 C a cathode counts as thick [V]; two nodes then err by more than 1 mV at 1 C. */
    private static final double EVEN_BELOW_V = 0.01;
    /** Above this fall of the salt through the pores at 1 C, over the initial salt, it counts as thick, too [1]: at 5 C the pores run dry. */
    private static final double WET_BELOW = 0.15;

    /** What a cell needs: the ohmic loss through its pores, i L / kappa, tells how uneven the reaction will be; the fall of the salt, (1 - t+) i L / (2 F D c0), where it will stop. */
    public static ReducedOptions standard(CellParameters cell) {
        CellParameters.Layer pores = cell.requireCathode().layer();
        CellParameters.Electrolyte electrolyte = cell.electrolyte();
        double salt = electrolyte.concentrationMolPerM3();
        double passing = cell.oneCAmpere() / cell.areaM2() * pores.thicknessM() / pores.transportEfficiency();
        double loss = passing / electrolyte.transport().conductivity(salt, cell.referenceTemperatureK());
        double fall = (1 - electrolyte.transference())
                * passing
                / (2
                        * PhysicalConstants.FARADAY_C_PER_MOL
                        * electrolyte.transport().diffusivity(salt, cell.referenceTemperatureK())
                        * salt);
        return loss > EVEN_BELOW_V || fall > WET_BELOW ? THICK : THIN;
    }

    /** What a twin needs that follows a cell wherever it goes. */
    public static ReducedOptions lockstep(CellParameters cell) {
        return THICK.equals(standard(cell)) ? FINE : THIN;
    }

    /** Refuses what cannot be built. */
    public ReducedOptions {
        if (nodes < 1
                || shells < 4
                || membraneCells < 1
                || saltPerNode < 1
                || !(chargePerSubStep > 0)
                || !(growth > 0)) {
            throw new IllegalArgumentException("nodes " + nodes + ", shells " + shells + ", membraneCells "
                    + membraneCells + ", saltPerNode " + saltPerNode + ", chargePerSubStep " + chargePerSubStep
                    + ", growth " + growth + ": expected at least 1, 4, 1, 1, above 0, above 0");
        }
    }

    /** With sub-steps as the twin takes them. */
    public ReducedOptions(int nodes, int shells, int membraneCells, int saltPerNode) {
        this(nodes, shells, membraneCells, saltPerNode, CHARGE_PER_SUB_STEP, GROWTH);
    }

    /** The same with another number of nodes. */
    public ReducedOptions withNodes(int other) {
        return new ReducedOptions(other, shells, membraneCells, saltPerNode, chargePerSubStep, growth);
    }

    /** The same with longer sub-steps, which may carry another share of the nominal charge: for what a whole charge or discharge gives. */
    public ReducedOptions withLongSubSteps(double share) {
        return new ReducedOptions(nodes, shells, membraneCells, saltPerNode, share, LONG_GROWTH);
    }
}
