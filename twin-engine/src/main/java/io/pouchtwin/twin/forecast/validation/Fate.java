package io.pouchtwin.twin.forecast.validation;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.Philox;

/**
 * What becomes of a simulated cell: constants of its ageing, drawn from wide ranges that the twin does not know. Where resistance or the cathode leads, lives are shortened by ageing that is some ten to a hundred times that of the paper's
 * cells, else each would take thousands of simulated cycles. Where lithium runs out nothing is shortened: the foil is the designed one, and what is lost of the plated lithium lies between the paper's Li||Cu cell and what its pouch needs to
 * have lasted.
 *
 * @param mode what leads
 * @param design of the cell
 * @param growthVPerCycle film growth in a first cycle, as voltage at the programme's current [V]
 * @param growthChargeExponent power of the plated charge with which growth goes [1]
 * @param growthDrift change of the growth per cycle, of itself [1/cycle]
 * @param lossPerCycle loss of active material in a first cycle [1]
 * @param lossDepthExponent power of the depth with which loss goes [1]
 * @param lithiumLoss share of plated lithium that cannot be stripped again [1]
 * @param foilM lithium foil; the twin knows the design's 20 um [m]
 * @param leakFromCycle first cycle with a soft short; beyond the last for none
 * @param leakGrowthPerCycle growth of the leak's logarithm per cycle [1]
 * @param leakStartCRate leak current at the start over that of 1 C [1]
 * @param cycles how many cycles at most
 */
record Fate(
        Mode mode,
        String design,
        double growthVPerCycle,
        double growthChargeExponent,
        double growthDrift,
        double lossPerCycle,
        double lossDepthExponent,
        double lithiumLoss,
        double foilM,
        int leakFromCycle,
        double leakGrowthPerCycle,
        double leakStartCRate,
        int cycles) {
    /** What leads to the end. */
    enum Mode {
        RESISTANCE("resistance"),
        CATHODE("cathode loss"),
        INVENTORY("lithium runs out"),
        SHORT("soft, then hard short"),
        NONE("none");

        private final String label;

        Mode(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private static final String POUCH = "pouch-5c-ncm523-ppla";
    private static final String COIN = "coin-ncm523-ppla";
    private static final double FOIL_M = 20e-6;
    /** Share of plated lithium that the paper's Li||Cu cell loses [1]. */
    private static final double LOSS_LI_CU = 1 - 0.9519;
    /** The same of a pouch whose foil lasts as the paper's did, the least of the lives that lithium ends [1]. */
    private static final double LOSS_GOOD = 0.01;

    private static final int LONGEST = 260;
    private static final int LONGEST_FOR_LITHIUM = 620;
    /** Every so manieth life that resistance, the cathode or a short ends is a coin's. */
    private static final int COIN_EACH = 3;

    /** The fate of a cell. */
    static Fate draw(Mode mode, long seed) {
        Philox random = Philox.of(seed, "fate-" + mode);
        double fast = 4.5e-3 * positive(random, 0, 0.35);
        double slow = 6e-5 * positive(random, 1, 0.5);
        double wearing = 2.8e-3 * positive(random, 2, 0.3);
        double lasting = 1.5e-4 * positive(random, 3, 0.5);
        double growth = mode == Mode.RESISTANCE ? fast : slow;
        double loss = mode == Mode.CATHODE ? wearing : lasting;
        boolean empties = mode == Mode.INVENTORY;
        boolean coin = !empties && mode != Mode.NONE && seed % COIN_EACH == COIN_EACH - 1;
        double between =
                LOSS_GOOD * Elementary.exp(random.uniform(0, 0, 1, 12) * Elementary.log(LOSS_LI_CU / LOSS_GOOD));
        int from = mode == Mode.SHORT ? 12 + (int) (30 * random.uniform(0, 0, 1, 4)) : Integer.MAX_VALUE;
        return new Fate(
                mode,
                coin ? COIN : POUCH,
                growth,
                0.5 + 1.5 * random.uniform(0, 0, 1, 5),
                0.002 * random.normal(0, 0, 1, 6),
                loss,
                1 + random.uniform(0, 0, 1, 7),
                empties ? between : 0.008 * positive(random, 8, 0.3),
                FOIL_M * (1 + 0.05 * random.normal(0, 0, 1, 9)),
                from,
                0.1 + 0.25 * random.uniform(0, 0, 1, 10),
                1.0 / 400 * positive(random, 11, 0.5),
                mode == Mode.NONE ? 50 : empties ? LONGEST_FOR_LITHIUM : LONGEST);
    }

    private static double positive(Philox random, int index, double sigmaOfLog) {
        return Elementary.exp(sigmaOfLog * random.normal(0, 0, 1, index));
    }

    /** The same, watched for another number of cycles at most. */
    Fate withCycles(int other) {
        return new Fate(
                mode,
                design,
                growthVPerCycle,
                growthChargeExponent,
                growthDrift,
                lossPerCycle,
                lossDepthExponent,
                lithiumLoss,
                foilM,
                leakFromCycle,
                leakGrowthPerCycle,
                leakStartCRate,
                other);
    }
}
