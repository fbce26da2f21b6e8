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
 */
record Truth(
        double voltageV,
        double temperatureK,
        double soc,
        double surfaceStoichiometry,
        double filmResistanceOhmCm2,
        double capacityAh,
        double leakSiemens) {}
