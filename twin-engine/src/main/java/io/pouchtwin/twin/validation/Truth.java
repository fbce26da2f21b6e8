package io.pouchtwin.twin.validation;

/**
 * What a simulated cell really is at a sample.
 *
 * @param voltageV voltage at the terminals, without noise [V]
 * @param temperatureK temperature of its surface [K]
 * @param soc state of charge: 1 at the upper voltage limit at rest, 0 at the lower [1]
 * @param surfaceStoichiometry lithium fraction at the surface of the particles, mean over the thickness [1]
 * @param filmResistanceOhmCm2 of the film on lithium at the reference temperature [ohm cm2]
 * @param capacityAh charge between the voltage limits at vanishing current [Ah]
 * @param leakSiemens conductance past the cell [S]
 * @param resistanceRatio resistance at small current over that of the design [1]
 * @param inventoryMilliampHourPerCm2 lithium that can still be stripped [mAh/cm2]
 * @param efficiency share of plated lithium that can be stripped again [1]
 * @param partsV where the voltage goes, in the order of {@link io.pouchtwin.cell.reduced.Output#PARTS} [V]
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record Truth(
        double voltageV,
        double temperatureK,
        double soc,
        double surfaceStoichiometry,
        double filmResistanceOhmCm2,
        double capacityAh,
        double leakSiemens,
        double resistanceRatio,
        double inventoryMilliampHourPerCm2,
        double efficiency,
        double[] partsV) {}
